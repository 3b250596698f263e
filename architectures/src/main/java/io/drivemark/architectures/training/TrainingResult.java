package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Network;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import java.util.List;
import java.util.Objects;

/**
 * What a training came to. Immutable.
 *
 * @param best the network with the weights that scored best on val
 * @param epoch after which epoch these were the weights, from 1
 * @param val how they label val
 * @param history all epochs
 */
public record TrainingResult(
    Network best, int epoch, ConfusionMatrix val, List<EpochRecord> history) {
  public TrainingResult {
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(val, "val");
    history = List.copyOf(history);
  }

  /** Mean IoU on val, pooled counts. */
  public MetricValue miou() {
    return Metrics.miou(val);
  }

  /** IoU on val by class index. */
  public List<MetricValue> ious() {
    return Metrics.ious(val);
  }
}
