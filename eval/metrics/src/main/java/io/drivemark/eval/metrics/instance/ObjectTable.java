package io.drivemark.eval.metrics.instance;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.LowestBit;
import io.drivemark.eval.metrics.instance.InstanceCounts.Group;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one frame while it is counted: a hash table with open addressing, looked up once
 * for pixels of one object and label that follow each other. Eight predicted pixels are compared at
 * a time. Used once, by one thread.
 */
final class ObjectTable {
  private static final long NONE = -1;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BYTE_ONES = 0x0101010101010101L;

  /** Pixels that are looked at together. */
  private static final int WORD = 8;

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

  void count(byte[] truth, byte[] prediction, Instances numbers) {
    numbers.forEachRun((number, from, to) -> countRun(truth, prediction, number, from, to));
  }

  /** Counts pixels of one object, those of one label after the other. */
  private void countRun(byte[] truth, byte[] prediction, int number, int from, int to) {
    int i = from;
    while (i < to) {
      int end = labelEnd(truth, i, to);
      countPiece(truth[i], prediction, number, i, end);
      i = end;
    }
  }

  /** Where the run of one label that begins here ends. */
  private static int labelEnd(byte[] truth, int from, int end) {
    long label = (truth[from] & 0xFF) * BYTE_ONES;
    int i = from + 1;
    for (; i <= end - WORD; i += WORD) {
      long change = (long) WORDS.get(truth, i) ^ label;
      if (change != 0) {
        return i + (LowestBit.of(change) >>> 3);
      }
    }
    while (i < end && truth[i] == truth[from]) {
      i++;
    }
    return i;
  }

  private void countPiece(byte label, byte[] prediction, int number, int from, int to) {
    int slot = slot(number, label & 0xFF);
    if (slot < 0) {
      return;
    }
    int category = categoryOfKind[kinds[slot]];
    boolean rightIsOfCategory = categoryOfClass[label & 0xFF] == category;
    long allRight = (label & 0xFF) * BYTE_ONES;
    int same = 0;
    int sameCategory = 0;
    int i = from;
    while (i < to) {
      if (i <= to - WORD && (long) WORDS.get(prediction, i) == allRight) {
        same += WORD;
        sameCategory += rightIsOfCategory ? WORD : 0;
        i += WORD;
        continue;
      }
      for (int end = Math.min(i + WORD, to); i < end; i++) {
        same += prediction[i] == label ? 1 : 0;
        sameCategory += categoryOfClass[prediction[i] & 0xFF] == category ? 1 : 0;
      }
    }
    sizes[slot] += to - from;
    // An object of a class without a score is void truth, which no prediction matches.
    right[slot] += (label & 0xFF) == LabelSpace.VOID ? 0 : same;
    rightCategory[slot] += sameCategory;
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
