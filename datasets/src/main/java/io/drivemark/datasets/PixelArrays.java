package io.drivemark.datasets;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Byte arrays for the pixels of one frame at a time, used again for the next frame: whoever goes
 * through thousands of frames need not allocate, clear and collect megabytes for each. What was
 * decoded into these arrays is gone with the {@link #next} frame. For one thread.
 *
 * <p>Example: {@code take(6)} and {@code take(6)} give two arrays; after {@code next()}, {@code
 * take(6)} gives the first of them again, whatever it holds.
 */
public final class PixelArrays {
  private List<byte[]> free = new ArrayList<>();
  private List<byte[]> taken = new ArrayList<>();

  /**
   * An array of exactly that length, with anything in it, the caller's until {@link #next}.
   *
   * @throws NegativeArraySizeException if the length is negative
   */
  public byte[] take(int length) {
    byte[] array = null;
    for (Iterator<byte[]> all = free.iterator(); array == null && all.hasNext(); ) {
      byte[] candidate = all.next();
      if (candidate.length == length) {
        array = candidate;
        all.remove();
      }
    }
    if (array == null) {
      array = new byte[length];
    }
    taken.add(array);
    return array;
  }

  /**
   * Ends a frame: its arrays may be taken again. Those that it did not need are forgotten, so that
   * frames of many sizes do not pile up.
   */
  public void next() {
    free = taken;
    taken = new ArrayList<>();
  }
}
