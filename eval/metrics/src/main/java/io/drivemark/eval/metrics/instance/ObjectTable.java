package io.drivemark.eval.metrics.instance;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.instance.InstanceCounts.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one frame while it is counted: a hash table with open addressing, looked up where
 * an object begins in a row and not for each pixel. Used once, by one thread.
 */
final class ObjectTable {
  private static final long NONE = -1;

  private final InstanceRules rules;
  private final int[] categoryOfClass = new int[256];
  private final int[] categoryOfKind;
  private long[] keys = new long[256]; // object number and truth label
  private int[] slots = new int[256]; // of the objects below, −1 = does not count
  private int used;
  private int objects;
  private int[] kinds = new int[64];
  private long[] sizes = new long[64];
  private long[] right = new long[64];
  private long[] rightCategory = new long[64];

  /** Told each object. */
  interface Sink {
    void object(int kind, long size, Group group);
  }

  ObjectTable(InstanceRules rules) {
    this.rules = rules;
    Arrays.fill(keys, NONE);
    Map<String, Integer> categories = new HashMap<>();
    Arrays.fill(categoryOfClass, -1);
    LabelSpace space = rules.space();
    for (int c = 0; c < space.size(); c++) {
      categoryOfClass[c] =
          categories.computeIfAbsent(space.classes().get(c).category(), n -> categories.size());
    }
    List<Integer> ofKind = new ArrayList<>();
    for (InstanceRules.Kind kind : rules.kinds()) {
      ofKind.add(categories.computeIfAbsent(kind.category(), n -> categories.size()));
    }
    categoryOfKind = ofKind.stream().mapToInt(Integer::intValue).toArray();
  }

  void count(byte[] truth, byte[] prediction, int[] numbers) {
    int number = 0;
    int label = 0;
    int slot = -1;
    int category = -1;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == 0) {
        continue;
      }
      int labelHere = truth[i] & 0xFF;
      if (numbers[i] != number || labelHere != label) {
        number = numbers[i];
        label = labelHere;
        slot = slot(number, label);
        category = slot < 0 ? -1 : categoryOfKind[kinds[slot]];
      }
      if (slot >= 0) {
        int predicted = prediction[i] & 0xFF;
        sizes[slot]++;
        // An object of a class without a score is void truth, which no prediction matches.
        if (predicted == label && label != LabelSpace.VOID) {
          right[slot]++;
        }
        if (categoryOfClass[predicted] == category) {
          rightCategory[slot]++;
        }
      }
    }
  }

  void forEach(Sink sink) {
    for (int i = 0; i < objects; i++) {
      sink.object(kinds[i], sizes[i], new Group(1, right[i], rightCategory[i]));
    }
  }

  private int slot(int number, int label) {
    long key = (long) number << 8 | label;
    int at = find(keys, key);
    if (keys[at] == key) {
      return slots[at];
    }
    int kind = rules.kindOf(label, number);
    int slot = kind < 0 ? -1 : newObject(kind);
    keys[at] = key;
    slots[at] = slot;
    used++;
    if (2 * used > keys.length) {
      grow();
    }
    return slot;
  }

  private int newObject(int kind) {
    if (objects == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * objects);
      sizes = Arrays.copyOf(sizes, 2 * objects);
      right = Arrays.copyOf(right, 2 * objects);
      rightCategory = Arrays.copyOf(rightCategory, 2 * objects);
    }
    kinds[objects] = kind;
    return objects++;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldSlots = slots;
    keys = new long[2 * oldKeys.length];
    slots = new int[keys.length];
    Arrays.fill(keys, NONE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != NONE) {
        int at = find(keys, oldKeys[i]);
        keys[at] = oldKeys[i];
        slots[at] = oldSlots[i];
      }
    }
  }

  /** Where the key is or belongs. */
  private static int find(long[] keys, long key) {
    int mask = keys.length - 1;
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 33) & mask;
    while (keys[at] != NONE && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
