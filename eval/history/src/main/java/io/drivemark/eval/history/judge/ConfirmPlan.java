package io.drivemark.eval.history.judge;

import java.util.List;

/**
 * What is to be timed again before candidates are believed. Immutable.
 *
 * @param candidates series with a finding
 * @param mates series without one, timed beside them so that the machine's state can be told from
 *     theirs
 * @param forks fresh processes
 */
public record ConfirmPlan(List<Series> candidates, List<Series> mates, int forks) {
  public ConfirmPlan {
    candidates = List.copyOf(candidates);
    mates = List.copyOf(mates);
  }
}
