package io.drivemark.datasets.catalog;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.LowestBit;
import io.drivemark.datasets.RepeatedBytes;
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
  /** What {@link #runs} says of a frame with too many of them. */
  static final int TOO_MANY = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SHORT_ONES = 0x0001000100010001L;
  private static final int BYTE_ONES = 0x01010101;

  /** Pixels of one call: what is called often is compiled whole, from its first pixel on. */
  private static final int PIECE = 1 << 13;

  private final ObjectNumbers numbers;
  private final boolean[] counted = new boolean[256]; // by label: whether its class has instances

  ObjectDecoder(ObjectNumbers numbers, LabelSpace space) {
    this.numbers = numbers;
    for (int c = 0; c < space.size(); c++) {
      counted[c] = space.classes().get(c).instances();
    }
  }

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
    Runs runs = new Runs(raw, labels, starts, ofRuns);
    boolean fits = true;
    for (int from = 0; fits && from < labels.length; from += PIECE) {
      fits = runs.find(from, Math.min(from + PIECE, labels.length));
    }
    return fits ? runs.count : TOO_MANY;
  }

  /** The runs of a frame as far as they are found. */
  private final class Runs {
    private final RawLabels raw;
    private final byte[] labels;
    private final int[] starts;
    private final int[] ofRuns;
    private final boolean byClass = numbers.dependOnClass();
    private int count;
    private int number; // of the run at hand

    Runs(RawLabels raw, byte[] labels, int[] starts, int[] ofRuns) {
      this.raw = raw;
      this.labels = labels;
      this.starts = starts;
      this.ofRuns = ofRuns;
    }

    /** Goes on; false if the runs are too many for the arrays. */
    boolean find(int from, int to) {
      int end = raw.bytesPerPixel() == 2 ? to & ~3 : from;
      return (byClass ? foursByClass(from, end) : fours(from, end)) && single(end, to);
    }

    /** Pixel after pixel only where a value changes. */
    private boolean fours(int from, int end) {
      byte[] bytes = raw.bytes();
      long same = 0; // the last pixel's value four times
      boolean known = false;
      for (int i = from; i < end; i += 4) {
        long values = (long) LONGS.get(bytes, 2 * i);
        long changes = known ? values ^ same : -1;
        if (changes == 0) {
          if (i <= end - 16 && repeats(bytes, i, same)) {
            i += 12 + 4 * RepeatedBytes.words(bytes, 2 * i + 32, 2 * end);
          }
          continue;
        }
        while (changes != 0) {
          int shift = LowestBit.of(changes) & -Short.SIZE;
          long stored = values >>> shift & 0xFFFF;
          int value = Short.toUnsignedInt(Short.reverseBytes((short) stored));
          if (!next(i + shift / Short.SIZE, numbers.object(value, false))) {
            return false;
          }
          same = stored * SHORT_ONES;
          changes = (values ^ same) & -1L << shift;
        }
        known = true;
      }
      return true;
    }

    private boolean foursByClass(int from, int end) {
      byte[] bytes = raw.bytes();
      long same = 0; // the last pixel's value and class, four times each
      int sameClass = 0;
      boolean known = false;
      for (int i = from; i < end; i += 4) {
        long values = (long) LONGS.get(bytes, 2 * i);
        int classes = (int) INTS.get(labels, i);
        if (known && values == same && classes == sameClass) {
          continue;
        }
        for (int k = 0; k < 4; k++) {
          if (!next(i + k, object(raw, labels, i + k))) {
            return false;
          }
        }
        same = (values >>> 48) * SHORT_ONES;
        sameClass = (classes >>> 24) * BYTE_ONES;
        known = true;
      }
      return true;
    }

    /** Whether the twelve pixels after the four here are of their value, too. */
    private boolean repeats(byte[] bytes, int pixel, long values) {
      long second = (long) LONGS.get(bytes, 2 * pixel + 8) ^ values;
      long third = (long) LONGS.get(bytes, 2 * pixel + 16) ^ values;
      return (second | third | (long) LONGS.get(bytes, 2 * pixel + 24) ^ values) == 0;
    }

    private boolean single(int from, int to) {
      for (int i = from; i < to; i++) {
        if (!next(i, object(raw, labels, i))) {
          return false;
        }
      }
      return true;
    }

    private boolean next(int pixel, int found) {
      if (found != number || count == 0) {
        if (count == starts.length) {
          return false;
        }
        starts[count] = pixel;
        ofRuns[count++] = found;
        number = found;
      }
      return true;
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
