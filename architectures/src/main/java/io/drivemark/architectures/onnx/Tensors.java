package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads ONNX tensors. */
final class Tensors {
  private Tensors() {}

  /**
   * The values of a float32 or int64 tensor; empty for any other element type.
   *
   * @param source the file, for messages
   * @throws BadInputException if the data does not fit the extents, or lies in another file
   */
  static Optional<Tensor> read(TensorProto proto, String source) {
    int type = proto.getDataType();
    boolean isFloat = type == TensorProto.DataType.FLOAT_VALUE;
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new BadInputException(
          source
              + ": tensor "
              + proto.getName()
              + " lies in another file; save the model again with all data in one file");
    }
    Shape shape = shape(proto, source);
    int n;
    try {
      n = Math.toIntExact(shape.elements());
      if (!isFloat && type != TensorProto.DataType.INT64_VALUE) {
        checkSize(proto, source, shape);
        return Optional.empty();
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new BadInputException(
          source + ": tensor " + proto.getName() + " " + shape + " is too large", e);
    }
    if (proto.hasRawData()) {
      check(proto, source, shape, (long) n * (isFloat ? 4 : 8), proto.getRawData().size(), "bytes");
      ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      if (isFloat) {
        float[] values = new float[n];
        raw.asFloatBuffer().get(values);
        return Optional.of(Tensor.sharing(shape, values));
      }
      long[] values = new long[n];
      raw.asLongBuffer().get(values);
      return Optional.of(Tensor.ofLongs(shape, values));
    }
    if (isFloat) {
      check(proto, source, shape, n, proto.getFloatDataCount(), "values");
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = proto.getFloatData(i);
      }
      return Optional.of(Tensor.sharing(shape, values));
    }
    check(proto, source, shape, n, proto.getInt64DataCount(), "values");
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = proto.getInt64Data(i);
    }
    return Optional.of(Tensor.ofLongs(shape, values));
  }

  static Shape shape(TensorProto proto, String source) {
    int[] extents = new int[proto.getDimsCount()];
    for (int i = 0; i < extents.length; i++) {
      long extent = proto.getDims(i);
      if (extent < 0 || extent > Integer.MAX_VALUE) {
        throw new BadInputException(
            source + ": tensor " + proto.getName() + " has the extent " + extent);
      }
      extents[i] = (int) extent;
    }
    return Shape.of(extents);
  }

  /** That a tensor has the data that its extents and type take, whatever the type. */
  private static void checkSize(TensorProto proto, String source, Shape shape) {
    TensorProto.DataType type = ElementTypes.of(proto.getDataType());
    long n = shape.elements();
    if (proto.hasRawData()) {
      if (ElementTypes.bits(type) > 0) {
        long bytes = ElementTypes.bytes(type, n);
        check(proto, source, shape, bytes, proto.getRawData().size(), "bytes");
      }
    } else if (type != TensorProto.DataType.UNDEFINED) {
      ElementTypes.Listed listed = ElementTypes.listed(proto, n);
      check(proto, source, shape, listed.needed(), listed.found(), "values");
    }
  }

  private static void check(
      TensorProto proto, String source, Shape shape, long expected, long found, String unit) {
    if (expected != found) {
      throw new BadInputException(
          source
              + ": tensor "
              + proto.getName()
              + " "
              + shape
              + " takes "
              + expected
              + " "
              + unit
              + ", found "
              + found
              + "; the file is damaged: copy or export it again");
    }
  }
}
