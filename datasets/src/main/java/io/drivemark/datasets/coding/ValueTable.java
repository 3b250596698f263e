package io.drivemark.datasets.coding;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.RawLabels;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * A look-up from stored values to small numbers: an array below 65536, a small hash table above.
 * Immutable and thread-safe.
 */
final class ValueTable {
  private static final int DIRECT = 1 << 16;

  /** Pixels of one call: what is called often is compiled whole, from its first pixel on. */
  private static final int PIECE = 1 << 13;

  private final short[] direct;
  private final int[] ofByte = new int[256];
  private final int[] keys;
  private final short[] values;
  private final short absent;

  /** Every value that is not a key gives {@code absent}; keys must not be negative. */
  ValueTable(Map<Integer, Integer> entries, int absent) {
    this.absent = (short) absent;
    int most = entries.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    this.direct = new short[Math.min(most + 1, DIRECT)];
    Arrays.fill(direct, this.absent);
    int capacity = Integer.highestOneBit(Math.max(16, 4 * entries.size())) << 1;
    this.keys = new int[capacity];
    this.values = new short[capacity];
    Arrays.fill(keys, -1);
    entries.forEach(
        (key, value) -> {
          if (key < 0) {
            throw new IllegalArgumentException("a stored value cannot be negative: " + key);
          }
          if (key < direct.length) {
            direct[key] = value.shortValue();
          } else {
            int slot = slot(key);
            keys[slot] = key;
            values[slot] = value.shortValue();
          }
        });
    for (int key = 0; key < ofByte.length; key++) {
      ofByte[key] = Math.min(lookUp(key), LabelMap.UNKNOWN);
    }
  }

  /**
   * Whether a file of one byte a pixel that holds nothing but class indices and 255 has its meaning
   * as it is: every index below {@code classes} is declared as itself and 255 as void. One index
   * that nobody declared makes it false, else that index would be counted.
   */
  boolean keepsIndices(int classes) {
    for (int index = 0; index < classes; index++) {
      if (lookUp(index) != index) {
        return false;
      }
    }
    return lookUp(LabelSpace.VOID) == LabelSpace.VOID;
  }

  int lookUp(int key) {
    if (key < direct.length) {
      return direct[key];
    }
    int slot = slot(key);
    return keys[slot] == key ? values[slot] : absent;
  }

  /**
   * Looks every pixel up.
   *
   * @param space whose indices the results are
   * @param out where the results go, one a pixel; the map's from now on
   * @param otherwise receives each pixel whose result is no index or void; it becomes void
   */
  LabelMap map(LabelSpace space, RawLabels raw, byte[] out, IntConsumer otherwise) {
    if (raw.bytesPerPixel() == 1) {
      return LabelMap.ofStored(
          space, raw.height(), raw.width(), raw.bytes(), ofByte, out, otherwise);
    }
    for (int from = 0; from < out.length; from += PIECE) {
      piece(raw, out, from, Math.min(from + PIECE, out.length), otherwise);
    }
    return LabelMap.of(space, raw.height(), raw.width(), out);
  }

  private void piece(RawLabels raw, byte[] out, int from, int to, IntConsumer otherwise) {
    for (int i = from; i < to; i++) {
      int value = lookUp(raw.value(i));
      if (value > LabelSpace.VOID) {
        otherwise.accept(i);
      }
      out[i] = (byte) Math.min(value, LabelSpace.VOID);
    }
  }

  private int slot(int key) {
    int mask = keys.length - 1;
    int slot = (key * 0x9E3779B9 >>> 7) & mask;
    while (keys[slot] != -1 && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
