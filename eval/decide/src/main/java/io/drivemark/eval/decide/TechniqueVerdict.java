package io.drivemark.eval.decide;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One technique beats another as a whole: each variant of the beaten one has a variant of the other
 * that is as fast or faster and more accurate beyond doubt. Immutable.
 *
 * @param winner the technique that beats
 * @param loser the technique that is beaten
 * @param matches one for each beaten variant: the most accurate that beats it
 */
public record TechniqueVerdict(String winner, String loser, List<Comparison> matches) {
  public TechniqueVerdict {
    Objects.requireNonNull(winner, "winner");
    Objects.requireNonNull(loser, "loser");
    matches = List.copyOf(matches);
    if (matches.isEmpty()) {
      throw new IllegalArgumentException("a technique is beaten by at least one match");
    }
  }

  /** The match of the most accurate beaten variant. */
  public Comparison closest() {
    return matches.stream()
        .max(
            Comparator.comparingDouble(
                (Comparison m) -> m.worse().candidate().merit().orElseThrow()))
        .orElseThrow();
  }
}
