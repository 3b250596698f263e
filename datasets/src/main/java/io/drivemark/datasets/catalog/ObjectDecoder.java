package io.drivemark.datasets.catalog;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.RawLabels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns the stored values of object files into object numbers: runs of one number or, of a frame
 * that has too many runs, pixel by pixel. Objects are regions, so four pixels of 16 bits are looked
 * at together, and four that repeat the last one are decoded at once. Immutable and thread-safe.
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

  /** What {@link #runs} says of a frame with too many of them. */
  static final int TOO_MANY = -1;

  /**
   * Decodes one frame into runs of pixels with one number.
   *
   * @param raw one channel
   * @param labels class indices of the same pixels
   * @param starts takes the first pixel of each run
   * @param ofRuns takes the number of each run; as long as {@code starts}
   * @return how many runs there are, or {@link #TOO_MANY} for the arrays
   */
  int runs(RawLabels raw, byte[] labels, int[] starts, int[] ofRuns) {
    boolean byClass = numbers.dependOnClass();
    byte[] bytes = raw.bytes();
    int end = raw.bytesPerPixel() == 2 ? labels.length & ~3 : 0;
    int runs = 0;
    int number = -1; // of the run at hand
    long same = 0; // the last pixel's value four times
    int sameClass = 0;
    for (int i = 0; i < labels.length; ) {
      int next = i + 1;
      if (i < end) {
        long values = (long) LONGS.get(bytes, 2 * i);
        int classes = byClass ? (int) INTS.get(labels, i) : 0;
        if (values == same && classes == sameClass && runs > 0) {
          i += 4;
          continue;
        }
        same = (values >>> 48) * SHORT_ONES;
        sameClass = (classes >>> 24) * BYTE_ONES;
        next = i + 4;
      }
      for (; i < next; i++) {
        int found = object(raw, labels, i);
        if (found != number) {
          if (runs == starts.length) {
            return TOO_MANY;
          }
          starts[runs] = i;
          ofRuns[runs++] = found;
          number = found;
        }
      }
    }
    return runs;
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
