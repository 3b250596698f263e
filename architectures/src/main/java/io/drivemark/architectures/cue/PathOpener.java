package io.drivemark.architectures.cue;

/** Opens further networks, to be judged on the same frames as the first; given by who measures. */
public interface PathOpener {
  /**
   * Opens one.
   *
   * @param model as {@link Cue#models} names it
   * @throws io.drivemark.problem.BadInputException if it cannot be used
   */
  FramePath open(String model);
}
