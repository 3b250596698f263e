package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.StoredTensor.StorageRef;
import java.util.List;

/**
 * What a pickle is read into besides texts, numbers, lists and dictionaries. None of these compares
 * or prints what it holds, so that values that share parts a thousandfold cost nothing.
 */
final class PickleValues {
  private PickleValues() {}

  /** Python's None. */
  enum None {
    NONE
  }

  /** A Python tuple. */
  static final class Tuple {
    private final List<Object> items;

    Tuple(List<Object> items) {
      this.items = List.copyOf(items);
    }

    List<Object> items() {
      return items;
    }

    Object get(int index) {
      return items.get(index);
    }

    int size() {
      return items.size();
    }
  }

  /** A key of a dictionary that is neither a short text nor a whole number. */
  static final class OtherKey {}

  /** A function or class that the file names; nothing of it is run. */
  static final class Callable {
    private final String module;
    private final String attribute;
    private final String name;

    Callable(String module, String attribute) {
      this.module = module;
      this.attribute = attribute;
      this.name = module + "." + attribute;
    }

    String module() {
      return module;
    }

    String attribute() {
      return attribute;
    }

    String name() {
      return name;
    }
  }

  /** What a class that is not known would have made, and the attributes it was given. */
  static final class Foreign {
    private final String type;
    private Object state = None.NONE;

    Foreign(String type) {
      this.type = type;
    }

    String type() {
      return type;
    }

    Object state() {
      return state;
    }

    void build(Object attributes) {
      state = attributes;
    }
  }

  /** A NumPy element type, for example f4, and its byte order. */
  static final class Dtype {
    private final String name;
    private boolean bigEndian;

    Dtype(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    boolean bigEndian() {
      return bigEndian;
    }

    void build(boolean big) {
      bigEndian = big;
    }
  }

  /** A NumPy array: what its attributes say once they are there. */
  static final class Array {
    private List<Object> state = List.of();

    List<Object> state() {
      return state;
    }

    void build(Tuple attributes) {
      state = attributes.items();
    }
  }

  /** A view on a storage, as the file describes it: unchecked. */
  static final class TensorRef {
    private final StorageRef storage;
    private final long offset;
    private final long[] size;
    private final long[] stride;

    TensorRef(StorageRef storage, long offset, long[] size, long[] stride) {
      this.storage = storage;
      this.offset = offset;
      this.size = size;
      this.stride = stride;
    }

    StorageRef storage() {
      return storage;
    }

    long offset() {
      return offset;
    }

    long[] size() {
      return size;
    }

    long[] stride() {
      return stride;
    }
  }
}
