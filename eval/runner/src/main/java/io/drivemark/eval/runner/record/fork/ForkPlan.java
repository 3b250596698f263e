package io.drivemark.eval.runner.record.fork;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import java.util.List;
import java.util.Objects;

/**
 * What a fresh process is to time again of a finished study. Immutable.
 *
 * @param study the resolved study as YAML text, as {@link StudyResult#study} has it
 * @param seed of the order of blocks; another one for each process
 * @param rotations folders of cells that take turns, as {@link Entry#folder} names them; the first
 *     of each is its reference
 */
public record ForkPlan(String study, long seed, List<List<String>> rotations) {
  public ForkPlan {
    Objects.requireNonNull(study, "study");
    rotations = rotations.stream().map(List::copyOf).toList();
    if (rotations.isEmpty() || rotations.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("rotations: at least one, of at least one cell");
    }
  }
}
