package io.drivemark.eval.runner.score;

import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.standard.CalibrationGauge;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a score judges besides its counts. Immutable.
 *
 * @param metrics names of further gauges; confidences bring calibration along
 * @param confidences the folder with a confidence file for each sample
 */
public record ScoreOptions(Set<String> metrics, Optional<Path> confidences) {
  public ScoreOptions {
    Objects.requireNonNull(confidences, "confidences");
    Set<String> all = new TreeSet<>(metrics);
    if (confidences.isPresent()) {
      all.add(CalibrationGauge.NAME);
    } else if (all.contains(CalibrationGauge.NAME)) {
      throw new BadInputException(
          "calibration is judged by how sure predictions are: give the folder with a confidence PNG"
              + " for each sample (--confidences DIR)");
    }
    metrics = Collections.unmodifiableSet(all);
  }

  /** What a score always judges. */
  public static ScoreOptions none() {
    return of();
  }

  /** These gauges, none of which needs confidences. */
  public static ScoreOptions of(String... metrics) {
    return new ScoreOptions(Set.of(metrics), Optional.empty());
  }

  /** Names that can be asked for. */
  public static List<String> known() {
    return Gauges.installed().onRequest(Gauge.Occasion.SCORE);
  }

  /**
   * These gauges and confidences.
   *
   * @throws BadInputException if there is none of a name; the message lists the known ones and the
   *     nearest
   */
  public static ScoreOptions parse(Collection<String> words, Optional<Path> confidences) {
    Gauges gauges = Gauges.installed();
    Set<String> names = new TreeSet<>();
    words.forEach(word -> names.add(gauges.require(word.strip(), Gauge.Occasion.SCORE)));
    return new ScoreOptions(names, confidences);
  }
}
