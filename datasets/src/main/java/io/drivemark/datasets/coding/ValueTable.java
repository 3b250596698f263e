package io.drivemark.datasets.coding;

import java.util.Arrays;
import java.util.Map;

/**
 * A look-up from stored values to small numbers: an array below 65536, a small hash table above.
 * Immutable and thread-safe.
 */
final class ValueTable {
  private static final int DIRECT = 1 << 16;

  private final short[] direct;
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
  }

  int lookUp(int key) {
    if (key < direct.length) {
      return direct[key];
    }
    int slot = slot(key);
    return keys[slot] == key ? values[slot] : absent;
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
