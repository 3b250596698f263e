package io.drivemark.datasets;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Arrays for the pixels of one frame at a time, used again for the next frame: whoever goes through
 * thousands of frames need not allocate, clear and collect megabytes for each. What was decoded
 * into these arrays is gone with the {@link #next} frame. For one thread.
 *
 * <p>Example: {@code take(6)} and {@code take(6)} give two arrays; after {@code next()}, {@code
 * take(6)} gives the first of them again, whatever it holds.
 */
public final class PixelArrays {
  private final Shelf<byte[]> bytes = new Shelf<>();
  private final Shelf<int[]> ints = new Shelf<>();

  /** Arrays of one type. */
  private static final class Shelf<T> {
    private List<T> free = new ArrayList<>();
    private List<T> taken = new ArrayList<>();

    T take(Predicate<T> fits, Supplier<T> fresh) {
      T array = null;
      for (Iterator<T> all = free.iterator(); array == null && all.hasNext(); ) {
        T candidate = all.next();
        if (fits.test(candidate)) {
          array = candidate;
          all.remove();
        }
      }
      if (array == null) {
        array = fresh.get();
      }
      taken.add(array);
      return array;
    }

    void next() {
      free = taken;
      taken = new ArrayList<>();
    }
  }

  /**
   * An array of exactly that length, with anything in it, the caller's until {@link #next}.
   *
   * @throws NegativeArraySizeException if the length is negative
   */
  public byte[] take(int length) {
    return bytes.take(array -> array.length == length, () -> new byte[length]);
  }

  /** As {@link #take}, of numbers. */
  public int[] takeInts(int length) {
    return ints.take(array -> array.length == length, () -> new int[length]);
  }

  /**
   * Ends a frame: its arrays may be taken again. Those that it did not need are forgotten, so that
   * frames of many sizes do not pile up.
   */
  public void next() {
    bytes.next();
    ints.next();
  }
}
