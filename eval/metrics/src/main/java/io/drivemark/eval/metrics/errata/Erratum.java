package io.drivemark.eval.metrics.errata;

import io.drivemark.eval.metrics.MetricValue;
import java.util.Objects;

/**
 * A number that a published tool gets wrong, as it prints it and as it should be. Immutable.
 *
 * @param id for example {@code "E1"}; stable, so that reports can refer to it
 * @param tool whose number it is
 * @param metric what it is called there
 * @param published what the tool prints
 * @param correct what the definition gives
 * @param defect one sentence: what goes wrong
 */
public record Erratum(
    String id,
    String tool,
    String metric,
    MetricValue published,
    MetricValue correct,
    String defect) {
  public Erratum {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tool, "tool");
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(published, "published");
    Objects.requireNonNull(correct, "correct");
    Objects.requireNonNull(defect, "defect");
  }
}
