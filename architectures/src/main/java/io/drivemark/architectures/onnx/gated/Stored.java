package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** Reads stored tensors. Stateless. */
final class Stored {
  private Stored() {}

  /** The values of an int64 tensor. */
  static long[] longs(TensorProto tensor) {
    if (tensor.getInt64DataCount() > 0) {
      return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
    }
    LongBuffer from =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long[] values = new long[from.remaining()];
    from.get(values);
    return values;
  }
}
