package io.drivemark.datasets.coding;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.RawLabels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * A look-up from stored values to small numbers: an array below 65536, a small hash table above.
 * Immutable and thread-safe.
 */
final class ValueTable {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int DIRECT = 1 << 16;

  /** Pixels of one call: what is called often is compiled whole, from its first pixel on. */
  private static final int PIECE = 1 << 13;

  /** In {@link #ofByte}, beside what the pixel becomes: it is none of the results. */
  private static final int OTHERWISE = 1 << 8;

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
      int value = lookUp(key);
      ofByte[key] = value <= LabelSpace.VOID ? value : OTHERWISE | LabelSpace.VOID;
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
   * Looks every pixel up. Neighbours mostly repeat, so files of one byte a pixel are read eight
   * pixels at a time, and a word that repeats is looked up once.
   *
   * @param out where the results go, one a pixel
   * @param otherwise receives each pixel whose result is no index or void; it becomes void
   */
  byte[] lookUp(RawLabels raw, byte[] out, IntConsumer otherwise) {
    for (int from = 0; from < out.length; from += PIECE) {
      int to = Math.min(from + PIECE, out.length);
      int done = raw.bytesPerPixel() == 1 ? words(raw.bytes(), out, from, to, otherwise) : from;
      single(raw, out, done, to, otherwise);
    }
    return out;
  }

  private int words(byte[] raw, byte[] out, int from, int to, IntConsumer otherwise) {
    int[] table = ofByte;
    int end = to & ~7;
    long word = 0;
    long result = 0;
    boolean known = false;
    for (int i = from; i < end; i += 8) {
      long next = (long) WORDS.get(raw, i);
      if (next != word || !known) {
        int a = table[(int) next & 0xFF];
        int b = table[(int) (next >>> 8) & 0xFF];
        int c = table[(int) (next >>> 16) & 0xFF];
        int d = table[(int) (next >>> 24) & 0xFF];
        int e = table[(int) (next >>> 32) & 0xFF];
        int f = table[(int) (next >>> 40) & 0xFF];
        int g = table[(int) (next >>> 48) & 0xFF];
        int h = table[(int) (next >>> 56)];
        int first = (a & 0xFF) | (b & 0xFF) << 8 | (c & 0xFF) << 16 | d << 24;
        int second = (e & 0xFF) | (f & 0xFF) << 8 | (g & 0xFF) << 16 | h << 24;
        word = next;
        result = first & 0xFFFFFFFFL | (long) second << 32;
        known = (a | b | c | d | e | f | g | h) <= LabelSpace.VOID;
        for (int k = 0; !known && k < 8; k++) {
          if (table[raw[i + k] & 0xFF] > LabelSpace.VOID) {
            otherwise.accept(i + k);
          }
        }
      }
      WORDS.set(out, i, result);
      while (known && i <= end - 32 && repeats(raw, i, word)) {
        WORDS.set(out, i + 8, result);
        WORDS.set(out, i + 16, result);
        WORDS.set(out, i + 24, result);
        i += 24;
      }
    }
    return end;
  }

  /** Whether the three words after this one are the same. */
  private static boolean repeats(byte[] raw, int i, long word) {
    long second = (long) WORDS.get(raw, i + 8) ^ word;
    long third = (long) WORDS.get(raw, i + 16) ^ word;
    return (second | third | (long) WORDS.get(raw, i + 24) ^ word) == 0;
  }

  private void single(RawLabels raw, byte[] out, int from, int to, IntConsumer otherwise) {
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
