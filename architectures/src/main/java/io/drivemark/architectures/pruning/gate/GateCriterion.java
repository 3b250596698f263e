package io.drivemark.architectures.pruning.gate;

/**
 * A rule, by its name, that says which units matter for a frame. Found through {@link GateCriteria}
 * (ServiceLoader), so that a new one needs a class and a line in a service file: estimates go by
 * it, and heads of gates learn it. Implementations have no state and are safe to share between
 * threads.
 */
public interface GateCriterion {
  /** The name in commands and studies, in lower case. */
  String name();

  /** What matters by it, in a few words. */
  String summary();

  /**
   * The rule for one number.
   *
   * @param ratio how much is kept, above 0 to 1; more of it keeps at least as many units
   * @param unit how many consecutive responses are kept or left out together; 1 where each is of a
   *     whole unit already
   */
  GateTarget target(double ratio, int unit);
}
