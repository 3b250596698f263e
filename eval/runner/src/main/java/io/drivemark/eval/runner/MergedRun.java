package io.drivemark.eval.runner;

import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.shard.ShardMerge;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of putting a study together. Immutable.
 *
 * @param outcome what was found while its cells were held against each other
 * @param result the study's; absent where frames are missing or workers disagree
 */
public record MergedRun(ShardMerge.Outcome outcome, Optional<StudyResult> result) {
  public MergedRun {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(result, "result");
  }
}
