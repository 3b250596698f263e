package io.drivemark.architectures.engine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Outputs that are not float32 as float32. Stateless. */
final class OutputValues {
  private OutputValues() {}

  /**
   * Copies the values of a tensor, each as the nearest float32: whole numbers up to 2^24, float16
   * and bfloat16 exactly; false and true as 0 and 1.
   *
   * @param from lies on a buffer that the runtime wrote to
   * @param to as many floats as the tensor has elements, from position 0
   */
  static void copy(OnnxTensor from, FloatBuffer to) {
    ByteBuffer bytes =
        ((ByteBuffer) from.getBufferRef().orElseThrow()).duplicate().order(ByteOrder.nativeOrder());
    int n = Math.toIntExact(from.getInfo().getNumElements());
    switch (from.getInfo().type) {
      case INT64 -> {
        LongBuffer values = bytes.asLongBuffer();
        for (int i = 0; i < n; i++) {
          to.put(i, (float) values.get(i)); // classes, exact below 2^24
        }
      }
      case INT32 -> {
        IntBuffer values = bytes.asIntBuffer();
        for (int i = 0; i < n; i++) {
          to.put(i, values.get(i));
        }
      }
      case UINT8 -> {
        for (int i = 0; i < n; i++) {
          to.put(i, bytes.get(i) & 0xFF);
        }
      }
      case INT16 -> {
        for (int i = 0; i < n; i++) {
          to.put(i, bytes.getShort(2 * i));
        }
      }
      case DOUBLE -> {
        for (int i = 0; i < n; i++) {
          to.put(i, (float) bytes.getDouble(8 * i));
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < n; i++) {
          to.put(i, half(bytes.getShort(2 * i)));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < n; i++) {
          to.put(i, Float.intBitsToFloat(bytes.getShort(2 * i) << 16));
        }
      }
      case INT8, BOOL -> {
        for (int i = 0; i < n; i++) {
          to.put(i, bytes.get(i));
        }
      }
      default -> throw new IllegalArgumentException("outputs of " + from.getInfo().type);
    }
  }

  /** IEEE 754 half precision: a sign, five bits of exponent, ten of fraction. */
  static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      float small = fraction * 0x1p-24f;
      return sign == 0 ? small : -small;
    }
    int wide = exponent == 0x1F ? 0xFF : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
