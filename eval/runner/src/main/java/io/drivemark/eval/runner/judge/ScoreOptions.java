package io.drivemark.eval.runner.judge;

import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a score judges besides its counts. Immutable.
 *
 * @param metrics the further metrics; confidences bring {@link ScoreMetric#CALIBRATION} along
 * @param confidences the folder with a confidence file for each sample
 */
public record ScoreOptions(Set<ScoreMetric> metrics, Optional<Path> confidences) {
  public ScoreOptions {
    Objects.requireNonNull(confidences, "confidences");
    Set<ScoreMetric> all = EnumSet.noneOf(ScoreMetric.class);
    all.addAll(metrics);
    if (confidences.isPresent()) {
      all.add(ScoreMetric.CALIBRATION);
    } else if (all.contains(ScoreMetric.CALIBRATION)) {
      throw new BadInputException(
          "calibration is judged by how sure predictions are: give the folder with a confidence PNG"
              + " for each sample (--confidences DIR)");
    }
    metrics = Collections.unmodifiableSet(all);
  }

  /** Counts alone. */
  public static ScoreOptions none() {
    return of();
  }

  /** These metrics, none of which needs confidences. */
  public static ScoreOptions of(ScoreMetric... metrics) {
    return new ScoreOptions(Set.of(metrics), Optional.empty());
  }

  public boolean wants(ScoreMetric metric) {
    return metrics.contains(metric);
  }
}
