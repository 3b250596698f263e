package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Locale;

/** The element types of ONNX: names for people and sizes. Stateless. */
final class ElementTypes {
  private ElementTypes() {}

  /** Type of a number in a file; UNDEFINED for one that is not known. */
  static DataType of(int number) {
    DataType type = DataType.forNumber(number);
    return type == null ? DataType.UNDEFINED : type;
  }

  /** As people call it: {@code float32}, {@code uint8}. */
  static String name(DataType type) {
    return switch (type) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      default -> type.name().toLowerCase(Locale.ROOT);
    };
  }

  /** Bits of one element, 0 where elements have no fixed size. */
  static int bits(DataType type) {
    return switch (type) {
      case INT4, UINT4 -> 4;
      case BOOL, INT8, UINT8, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> 8;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 16;
      case FLOAT, INT32, UINT32 -> 32;
      case DOUBLE, INT64, UINT64, COMPLEX64 -> 64;
      case COMPLEX128 -> 128;
      default -> 0;
    };
  }

  /** Bytes of this many elements as raw data. */
  static long bytes(DataType type, long elements) {
    return (Math.multiplyExact(elements, bits(type)) + 7) / 8;
  }

  /** How many numbers a tensor without raw data needs, and how many it has. */
  record Listed(long needed, long found) {}

  static Listed listed(TensorProto proto, long elements) {
    return switch (of(proto.getDataType())) {
      case FLOAT -> new Listed(elements, proto.getFloatDataCount());
      case COMPLEX64 -> new Listed(2 * elements, proto.getFloatDataCount());
      case INT64 -> new Listed(elements, proto.getInt64DataCount());
      case DOUBLE -> new Listed(elements, proto.getDoubleDataCount());
      case COMPLEX128 -> new Listed(2 * elements, proto.getDoubleDataCount());
      case UINT32, UINT64 -> new Listed(elements, proto.getUint64DataCount());
      case STRING -> new Listed(elements, proto.getStringDataCount());
      case INT4, UINT4 -> new Listed((elements + 1) / 2, proto.getInt32DataCount());
      default -> new Listed(elements, proto.getInt32DataCount());
    };
  }
}
