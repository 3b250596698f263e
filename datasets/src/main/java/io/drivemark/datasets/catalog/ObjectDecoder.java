package io.drivemark.datasets.catalog;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.RawLabels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns the stored values of object files into object numbers. Objects are regions, so four pixels
 * of 16 bits are looked at together, and four that repeat the last one are decoded at once.
 * Immutable and thread-safe.
 */
final class ObjectDecoder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SHORT_ONES = 0x0001000100010001L;
  private static final int BYTE_ONES = 0x01010101;

  private final ObjectNumbers numbers;
  private final boolean[] counted = new boolean[256]; // by label: whether its class has instances

  ObjectDecoder(ObjectNumbers numbers, LabelSpace space) {
    this.numbers = numbers;
    for (int c = 0; c < space.size(); c++) {
      counted[c] = space.classes().get(c).instances();
    }
  }

  /**
   * Decodes one frame.
   *
   * @param raw one channel
   * @param labels class indices of the same pixels
   * @param out takes a number for each pixel
   */
  void decode(RawLabels raw, byte[] labels, int[] out) {
    int done = raw.bytesPerPixel() == 2 ? fours(raw, labels, out) : 0;
    for (int i = done; i < out.length; i++) {
      out[i] = object(raw, labels, i);
    }
  }

  private int fours(RawLabels raw, byte[] labels, int[] out) {
    byte[] bytes = raw.bytes();
    int end = out.length & ~3;
    long values = 0; // of four pixels alike
    int classes = 0;
    int number = 0;
    boolean known = false;
    for (int i = 0; i < end; i += 4) {
      long nextValues = (long) LONGS.get(bytes, 2 * i);
      int nextClasses = (int) INTS.get(labels, i);
      if (!known || nextValues != values || nextClasses != classes) {
        values = (nextValues & 0xFFFF) * SHORT_ONES;
        classes = (nextClasses & 0xFF) * BYTE_ONES;
        known = nextValues == values && nextClasses == classes;
        number = object(raw, labels, i);
      }
      out[i] = number;
      out[i + 1] = known ? number : object(raw, labels, i + 1);
      out[i + 2] = known ? number : object(raw, labels, i + 2);
      out[i + 3] = known ? number : object(raw, labels, i + 3);
    }
    return end;
  }

  private int object(RawLabels raw, byte[] labels, int pixel) {
    return numbers.object(raw.value(pixel), counted[labels[pixel] & 0xFF]);
  }
}
