package io.drivemark.datasets;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * An object number for each pixel: H×W ints, row by row; 0 = no single object, else a number that
 * is unique within the frame (and along a sequence, where the dataset tracks objects). Kept pixel
 * by pixel or as runs of one number; either way both can be asked for. Arrays belong to the value
 * and must not be written to. Safe to share between threads as long as nobody writes.
 *
 * <p>Example: the numbers 0 7 7 0 are the runs 0, 7, 0 that start at pixels 0, 1 and 3.
 */
public final class Instances {
  /** Pixels that are looked at together where there is no object. */
  private static final int BLOCK = 8;

  private final int height;
  private final int width;
  private final int[] starts; // null where pixels are kept
  private final int[] numbers;
  private final int runs;
  private final IntFunction<int[]> room;
  private volatile int[] ids; // null until asked for where runs are kept

  private Instances(
      int height,
      int width,
      int[] starts,
      int[] numbers,
      int runs,
      IntFunction<int[]> room,
      int[] ids) {
    this.height = height;
    this.width = width;
    this.starts = starts;
    this.numbers = numbers;
    this.runs = runs;
    this.room = room;
    this.ids = ids;
  }

  /** Takes over an array of {@code height·width} object numbers; not copied. */
  public static Instances of(int height, int width, int[] ids) {
    if (height < 1 || width < 1 || (long) height * width != ids.length) {
      throw new IllegalArgumentException(
          "instances: " + height + "x" + width + " does not fit " + ids.length + " values");
    }
    return new Instances(height, width, null, null, 0, null, ids);
  }

  /**
   * Takes over runs of one number each, which may go on over ends of rows.
   *
   * @param starts the first pixel of each run, ascending from 0; not copied
   * @param numbers the object of each run; not copied
   * @param runs how many there are; what the arrays hold behind them means nothing
   * @param room gives an array of a length for the numbers of single pixels, if they are asked for
   * @throws IllegalArgumentException if there is no run, or they are not in order within the frame
   */
  public static Instances ofRuns(
      int height, int width, int[] starts, int[] numbers, int runs, IntFunction<int[]> room) {
    Objects.requireNonNull(room, "room");
    boolean fits =
        height >= 1
            && width >= 1
            && runs >= 1
            && runs <= Math.min(starts.length, numbers.length)
            && starts[0] == 0
            && starts[runs - 1] < (long) height * width;
    for (int run = 1; fits && run < runs; run++) {
      fits = starts[run - 1] < starts[run];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "instances: " + runs + " runs are not in order within " + height + "x" + width);
    }
    return new Instances(height, width, starts, numbers, runs, room, null);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The numbers of all pixels, row-major; not to be written to. */
  public int[] ids() {
    int[] out = ids;
    if (out == null) {
      out = room.apply(Math.multiplyExact(height, width));
      for (int run = 0; run < runs; run++) {
        Arrays.fill(out, starts[run], end(run), numbers[run]);
      }
      ids = out;
    }
    return out;
  }

  /** Told pixels of one object. */
  @FunctionalInterface
  public interface RunVisitor {
    /**
     * Some pixels that follow each other and are of one object.
     *
     * @param number of the object, not 0
     * @param from the first pixel {@code row·width + column}
     * @param to the pixel after the last one, perhaps in another row
     */
    void run(int number, int from, int to);
  }

  /** Gives the pixels of objects run by run, in order; those of no object are passed over. */
  public void forEachRun(RunVisitor visitor) {
    if (starts == null) {
      forEachRun(ids, visitor);
      return;
    }
    for (int run = 0; run < runs; run++) {
      if (numbers[run] != 0) {
        visitor.run(numbers[run], starts[run], end(run));
      }
    }
  }

  private static void forEachRun(int[] ids, RunVisitor visitor) {
    for (int i = 0; i < ids.length; ) {
      while (i <= ids.length - BLOCK && noObject(ids, i)) {
        i += BLOCK;
      }
      if (i == ids.length || ids[i] == 0) {
        i++;
        continue;
      }
      int from = i;
      int number = ids[from];
      while (i < ids.length && ids[i] == number) {
        i++;
      }
      visitor.run(number, from, i);
    }
  }

  private static boolean noObject(int[] ids, int i) {
    int first = ids[i] | ids[i + 1] | ids[i + 2] | ids[i + 3];
    int second = ids[i + 4] | ids[i + 5] | ids[i + 6] | ids[i + 7];
    return (first | second) == 0;
  }

  private int end(int run) {
    return run + 1 < runs ? starts[run + 1] : height * width;
  }
}
