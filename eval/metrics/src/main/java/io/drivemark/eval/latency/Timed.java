package io.drivemark.eval.latency;

import java.util.List;
import java.util.OptionalInt;

/**
 * Something that can be run again and again and says how long its stages took: a whole frame, or
 * {@link EngineAlone}.
 */
@FunctionalInterface
public interface Timed {
  /**
   * Runs once, for example one frame from the decoded image to the label map.
   *
   * @return nanoseconds of each of {@link #stages()} in order, none negative; the array may be
   *     reused
   */
  long[] run();

  /**
   * Which of the frames that it goes through in turn the last run was of, from 0; empty where runs
   * are not of frames.
   */
  default OptionalInt frame() {
    return OptionalInt.empty();
  }

  /**
   * Begins anew with the first frame; called once, between warm-up and the first block. How many
   * runs a warm-up takes differs from time to time: which frames are timed must not.
   */
  default void restart() {}

  /** The stages that a run has, in order; always the same. */
  default List<Stage> stages() {
    return Stage.ALL;
  }
}
