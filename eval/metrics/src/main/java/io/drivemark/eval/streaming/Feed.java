package io.drivemark.eval.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The pictures of a sequence as they come into memory. A dropped picture never comes; where the
 * camera is frozen, the content of an earlier one comes again. Immutable.
 *
 * @param clock the camera's
 * @param arrivals in time order
 */
public record Feed(CameraClock clock, List<Arrival> arrivals) {
  /** What a camera shows for a picture that never comes. */
  public static final int DROPPED = -1;

  /**
   * A picture in memory.
   *
   * @param picture number of the picture whose content it has
   * @param time when it is there
   */
  public record Arrival(int picture, long time) {}

  public Feed {
    arrivals = List.copyOf(arrivals);
    for (int i = 1; i < arrivals.size(); i++) {
      if (arrivals.get(i).time() <= arrivals.get(i - 1).time()) {
        throw new IllegalArgumentException("feed: arrivals are not in time order");
      }
    }
  }

  /**
   * A camera that misses nothing.
   *
   * @param pictures of the sequence; the camera takes those of them that its clock says
   */
  public static Feed of(CameraClock clock, int pictures) {
    return of(clock, pictures, i -> i);
  }

  /**
   * A camera with faults.
   *
   * @param shown for the number of a picture that the camera takes: the number of the one whose
   *     content comes, no later one, or {@link #DROPPED}
   */
  public static Feed of(CameraClock clock, int pictures, IntUnaryOperator shown) {
    List<Arrival> out = new ArrayList<>();
    for (int i = 0; i < pictures; i += clock.every()) {
      int content = shown.applyAsInt(i);
      if (content > i || content < DROPPED) {
        throw new IllegalArgumentException("feed: at picture " + i + " came picture " + content);
      }
      if (content != DROPPED) {
        out.add(new Arrival(content, clock.arrival(i)));
      }
    }
    return new Feed(clock, out);
  }
}
