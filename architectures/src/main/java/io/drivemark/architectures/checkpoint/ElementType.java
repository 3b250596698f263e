package io.drivemark.architectures.checkpoint;

import java.nio.ByteBuffer;
import java.util.Optional;

/** How a number of a checkpoint is stored, little-endian. */
enum ElementType {
  FLOAT64(8, true, "DoubleStorage", "F64", "f8"),
  FLOAT32(4, true, "FloatStorage", "F32", "f4"),
  FLOAT16(2, true, "HalfStorage", "F16", "f2"),
  BFLOAT16(2, true, "BFloat16Storage", "BF16", "-"),
  INT64(8, false, "LongStorage", "I64", "i8"),
  INT32(4, false, "IntStorage", "I32", "i4"),
  INT16(2, false, "ShortStorage", "I16", "i2"),
  INT8(1, false, "CharStorage", "I8", "i1"),
  UINT8(1, false, "ByteStorage", "U8", "u1"),
  BOOL(1, false, "BoolStorage", "BOOL", "b1");

  private final int width;
  private final boolean isFloat;
  private final String storage;
  private final String safetensors;
  private final String numpy;

  ElementType(int width, boolean isFloat, String storage, String safetensors, String numpy) {
    this.width = width;
    this.isFloat = isFloat;
    this.storage = storage;
    this.safetensors = safetensors;
    this.numpy = numpy;
  }

  /** The type of PyTorch's {@code torch.FloatStorage} and its like. */
  static Optional<ElementType> ofStorage(String name) {
    return find(t -> t.storage.equals(name));
  }

  /** The type that a safetensors header calls so. */
  static Optional<ElementType> ofSafetensors(String name) {
    return find(t -> t.safetensors.equals(name));
  }

  /** The type that NumPy calls so, without its byte order. */
  static Optional<ElementType> ofNumpy(String name) {
    return find(t -> t.numpy.equals(name));
  }

  private static Optional<ElementType> find(java.util.function.Predicate<ElementType> wanted) {
    for (ElementType type : values()) {
      if (wanted.test(type)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Bytes a number takes. */
  int width() {
    return width;
  }

  boolean isFloat() {
    return isFloat;
  }

  /** As people write it: float16. */
  String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The floating-point number at a byte. */
  float real(ByteBuffer data, int at) {
    return switch (this) {
      case FLOAT32 -> data.getFloat(at);
      case FLOAT64 -> (float) data.getDouble(at);
      case FLOAT16 -> half(data.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(data.getShort(at) << 16);
      default -> throw new IllegalStateException(this + " holds whole numbers");
    };
  }

  /** The whole number at a byte; false and true are 0 and 1. */
  long whole(ByteBuffer data, int at) {
    return switch (this) {
      case INT64 -> data.getLong(at);
      case INT32 -> data.getInt(at);
      case INT16 -> data.getShort(at);
      case INT8 -> data.get(at);
      case UINT8, BOOL -> data.get(at) & 0xFF;
      default -> throw new IllegalStateException(this + " holds floating-point numbers");
    };
  }

  /** IEEE 754 half precision. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude =
        exponent == 0
            ? fraction * 0x1p-24f
            : exponent == 0x1F
                ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    return bits < 0 ? -magnitude : magnitude;
  }
}
