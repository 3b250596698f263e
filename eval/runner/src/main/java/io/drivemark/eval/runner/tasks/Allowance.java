package io.drivemark.eval.runner.tasks;

import java.util.Optional;

/**
 * Says whether anything further may be begun, for example because the time for it is used up. What
 * is running is never broken off.
 */
@FunctionalInterface
public interface Allowance {
  /** As long as it takes. */
  Allowance UNLIMITED = work -> Optional.empty();

  /** What would be begun. */
  enum Work {
    /** The accuracy of a cell. */
    ACCURACY,
    /** The timing of a rotation. */
    LATENCY
  }

  /** Why it may not be begun, in words; empty if it may. */
  Optional<String> refusal(Work work);
}
