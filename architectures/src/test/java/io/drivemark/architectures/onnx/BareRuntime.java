package io.drivemark.architectures.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file in ONNX Runtime as it stands: what our reading of it must agree with. */
final class BareRuntime {
  private BareRuntime() {}

  /**
   * The first output for one image [1, 3, height, width] of whole values, repeated where the file
   * takes several; of several answers the first.
   */
  static float[] run(Path file, int height, int width, float[] image) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      try (OrtSession session = environment.createSession(file.toString(), options)) {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        int batch = 1;
        for (NodeInfo input : session.getInputInfo().values()) {
          TensorInfo info = (TensorInfo) input.getInfo();
          long[] extents = info.getShape().clone();
          if (extents.length == 4 || extents.length == 0) {
            batch = extents.length == 0 ? 1 : (int) Math.max(1, extents[0]);
            extents = new long[] {batch, 3, height, width};
          }
          inputs.put(input.getName(), tensor(environment, info.type, extents, image));
        }
        try (OrtSession.Result result = session.run(inputs)) {
          float[] all = floats((OnnxTensor) result.get(0));
          float[] first = new float[all.length / batch];
          System.arraycopy(all, 0, first, 0, first.length);
          return first;
        } finally {
          inputs.values().forEach(OnnxTensor::close);
        }
      }
    }
  }

  private static OnnxTensor tensor(
      OrtEnvironment environment, OnnxJavaType type, long[] extents, float[] image)
      throws OrtException {
    int n = 1;
    for (long extent : extents) {
      n *= (int) extent;
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(8 * n).order(ByteOrder.nativeOrder());
    List<Number> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      values.add(image[i % image.length]);
    }
    for (Number value : values) {
      switch (type) {
        case FLOAT -> bytes.putFloat(value.floatValue());
        case DOUBLE -> bytes.putDouble(value.doubleValue());
        case FLOAT16 -> bytes.putShort(half(value.floatValue()));
        case UINT8, INT8 -> bytes.put(value.byteValue());
        case INT32 -> bytes.putInt(value.intValue());
        case INT64 -> bytes.putLong(value.longValue());
        default -> throw new IllegalArgumentException(type.toString());
      }
    }
    ByteBuffer own = ByteBuffer.allocateDirect(bytes.position()).order(ByteOrder.nativeOrder());
    own.put(bytes.flip()).rewind();
    return OnnxTensor.createTensor(environment, own, extents, type);
  }

  /** A number from 2^-14 to 65504, or 0, as the nearest float16, ties to even. */
  private static short half(float value) {
    if (value == 0) {
      return 0;
    }
    int exponent = Math.getExponent(value);
    int fraction = (int) Math.rint(Math.abs(value) * Math.pow(2, 10 - exponent)) - 1024;
    return (short) ((value < 0 ? 0x8000 : 0) | (exponent + 15 << 10) + fraction);
  }

  private static float[] floats(OnnxTensor tensor) {
    OnnxJavaType type = tensor.getInfo().type;
    if (type == OnnxJavaType.FLOAT || type == OnnxJavaType.FLOAT16) {
      FloatBuffer values = tensor.getFloatBuffer();
      float[] all = new float[values.remaining()];
      values.get(all);
      return all;
    }
    ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
    float[] all = new float[bytes.remaining() / type.size];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          switch (type) {
            case DOUBLE -> (float) bytes.getDouble();
            case BOOL, INT8 -> bytes.get();
            case UINT8 -> bytes.get() & 0xFF;
            case INT16 -> bytes.getShort();
            case INT32 -> bytes.getInt();
            case INT64 -> bytes.getLong();
            default -> throw new IllegalArgumentException(type.toString());
          };
    }
    return all;
  }
}
