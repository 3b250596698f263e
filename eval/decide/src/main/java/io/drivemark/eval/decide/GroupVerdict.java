package io.drivemark.eval.decide;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which recipe is the most accurate among variants that are equally fast. Immutable.
 *
 * @param group the variants, fastest first; at least two recipes
 * @param best the most accurate one against the most accurate of another recipe
 * @param winner the best one, if it is more accurate beyond doubt than every one of another recipe
 */
public record GroupVerdict(
    List<VariantCandidate> group, Comparison best, Optional<VariantCandidate> winner) {
  public GroupVerdict {
    group = List.copyOf(group);
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(winner, "winner");
  }
}
