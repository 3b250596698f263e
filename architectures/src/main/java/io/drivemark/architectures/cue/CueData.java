package io.drivemark.architectures.cue;

import io.drivemark.datasets.Dataset;

/** What a cue may learn from before it is used; given by whoever measures. */
public interface CueData {
  /** The split that answers will be judged on. */
  Dataset judged();

  /**
   * Another split of the same dataset, whole.
   *
   * @throws io.drivemark.problem.BadInputException if it has none of that name
   */
  Dataset split(String name);

  /**
   * The digest of a network's content.
   *
   * @param model as {@link Cue#models} names it
   * @throws io.drivemark.problem.BadInputException if there is none
   */
  String digest(String model);
}
