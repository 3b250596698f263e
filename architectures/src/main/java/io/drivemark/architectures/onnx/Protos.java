package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Makes the small pieces of an ONNX file. */
final class Protos {
  private Protos() {}

  static AttributeProto of(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto of(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto of(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto ofAll(String name, long... values) {
    AttributeProto.Builder b =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      b.addInts(value);
    }
    return b.build();
  }

  static AttributeProto ofAll(String name, List<Integer> values) {
    return ofAll(name, values.stream().mapToLong(Integer::longValue).toArray());
  }

  /** A tensor under other extents of the same number of elements. */
  static TensorProto tensor(String name, Tensor tensor, Shape dims) {
    TensorProto.Builder b = TensorProto.newBuilder().setName(name);
    for (int extent : dims.extents()) {
      b.addDims(extent);
    }
    if (tensor.isFloat()) {
      float[] values = tensor.sharedFloats();
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      b.setDataType(TensorProto.DataType.FLOAT_VALUE).setRawData(ByteString.copyFrom(bytes));
    } else {
      long[] values = tensor.longs();
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(8, values.length)).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asLongBuffer().put(values);
      b.setDataType(TensorProto.DataType.INT64_VALUE).setRawData(ByteString.copyFrom(bytes));
    }
    return b.build();
  }
}
