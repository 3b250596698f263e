package io.drivemark.architectures.checkpoint;

import java.util.List;
import java.util.Optional;

/** What a pickled state dict may consist of besides plain Java values. */
final class PickleValues {
  private PickleValues() {}

  /** Python's None. */
  enum None {
    NONE
  }

  /** A Python tuple. */
  record Tuple(List<Object> items) {
    Tuple {
      items = List.copyOf(items);
    }

    Object get(int index) {
      return items.get(index);
    }

    int size() {
      return items.size();
    }
  }

  /** A function or class a state dict may name, and the only ones that are known. */
  enum Global {
    ORDERED_DICT("collections", "OrderedDict"),
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor"),
    REBUILD_TENSOR_V2("torch._utils", "_rebuild_tensor_v2"),
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter"),
    FLOAT_STORAGE("torch", "FloatStorage"),
    DOUBLE_STORAGE("torch", "DoubleStorage"),
    HALF_STORAGE("torch", "HalfStorage"),
    BFLOAT16_STORAGE("torch", "BFloat16Storage"),
    LONG_STORAGE("torch", "LongStorage"),
    INT_STORAGE("torch", "IntStorage"),
    SHORT_STORAGE("torch", "ShortStorage"),
    CHAR_STORAGE("torch", "CharStorage"),
    BYTE_STORAGE("torch", "ByteStorage"),
    BOOL_STORAGE("torch", "BoolStorage"),
    SIZE("torch", "Size");

    private final String module;
    private final String attribute;

    Global(String module, String attribute) {
      this.module = module;
      this.attribute = attribute;
    }

    static Optional<Global> of(String module, String attribute) {
      for (Global global : values()) {
        if (global.module.equals(module) && global.attribute.equals(attribute)) {
          return Optional.of(global);
        }
      }
      return Optional.empty();
    }

    boolean isStorage() {
      return name().endsWith("_STORAGE");
    }

    /** Bytes an element of this storage takes in the file. */
    int width() {
      return switch (this) {
        case DOUBLE_STORAGE, LONG_STORAGE -> 8;
        case FLOAT_STORAGE, INT_STORAGE -> 4;
        case HALF_STORAGE, BFLOAT16_STORAGE, SHORT_STORAGE -> 2;
        default -> 1;
      };
    }

    @Override
    public String toString() {
      return module + "." + attribute;
    }
  }

  /** A run of numbers that stands elsewhere in the file. */
  record StorageRef(Global type, String key, long elements) {}

  /** A view on a storage. */
  record TensorRef(StorageRef storage, long offset, long[] size, long[] stride) {}
}
