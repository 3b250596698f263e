package io.drivemark.eval.latency;

/** Something that can be run again and again and says how long its stages took. */
@FunctionalInterface
public interface Timed {
  /**
   * Runs one frame from the decoded image to the label map.
   *
   * @return nanoseconds of each {@link Stage} in order, none negative; the array may be reused
   */
  long[] run();
}
