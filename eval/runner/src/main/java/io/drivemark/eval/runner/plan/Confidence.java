package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.model.Model;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.standard.CalibrationGauge;
import java.util.List;

/** Whether labels are asked how sure they are, and can say it. Stateless. */
final class Confidence {
  private Confidence() {}

  /** Whether a gauge asks. */
  static boolean isAsked(List<Gauge> gauges) {
    return gauges.stream().anyMatch(gauge -> gauge.name().equals(CalibrationGauge.NAME));
  }

  /** The gauges that do not ask. */
  static List<Gauge> unasked(List<Gauge> gauges) {
    return gauges.stream().filter(gauge -> !isAsked(List.of(gauge))).toList();
  }

  /**
   * Whether a model's labels come with it: they are made of scores, each at its pixel. That classes
   * exclude each other is seen when the model is opened.
   */
  static boolean isGiven(List<Gauge> gauges, Model model, Grid grid) {
    return isAsked(gauges)
        && model.spec().output() != LabelsHead.Form.LABELS
        && grid == Grid.LOGITS_BILINEAR;
  }
}
