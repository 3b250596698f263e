package io.drivemark.architectures.training;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How a network labels val. Immutable.
 *
 * @param counts pooled over all frames
 */
public record LabelScore(ConfusionMatrix counts) implements ValScore {
  public LabelScore {
    Objects.requireNonNull(counts, "counts");
  }

  @Override
  public ValFigure figure() {
    return ValFigure.MIOU;
  }

  /** Mean IoU. */
  @Override
  public OptionalDouble value() {
    return Metrics.miou(counts).value();
  }

  /** IoU by class index. */
  public List<MetricValue> ious() {
    return Metrics.ious(counts);
  }

  @Override
  public long[][] numbers() {
    return counts.allCounts();
  }

  @Override
  public Map<String, String> facts() {
    return Map.of(figure().fact(), ValFigure.text(value()));
  }
}
