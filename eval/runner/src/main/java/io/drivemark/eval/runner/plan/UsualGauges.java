package io.drivemark.eval.runner.plan;

import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.standard.BoundaryGauge;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.gauge.standard.DepthGauge;
import io.drivemark.eval.gauge.standard.GatedCostGauge;
import io.drivemark.eval.gauge.standard.GatesGauge;
import io.drivemark.eval.gauge.standard.ImageGauge;
import io.drivemark.eval.gauge.standard.ObjectGauge;
import io.drivemark.eval.gauge.standard.RegionGauge;
import io.drivemark.eval.gauge.standard.SafeGauge;
import io.drivemark.eval.gauge.standard.VulnerableGauge;
import java.util.List;
import java.util.Set;

/** What every cell of the present version is judged by; others are named in its key. Stateless. */
final class UsualGauges {
  private static final Set<String> NAMES =
      Set.of(
          ConfusionGauge.NAME,
          SafeGauge.NAME,
          VulnerableGauge.NAME,
          RegionGauge.NAME,
          BoundaryGauge.NAME,
          ObjectGauge.NAME,
          ImageGauge.NAME,
          DepthGauge.NAME,
          GatesGauge.NAME,
          GatedCostGauge.NAME);

  private UsualGauges() {}

  /** The names of those that not every cell is judged by. */
  static List<String> others(List<Gauge> gauges) {
    return gauges.stream().map(Gauge::name).filter(name -> !NAMES.contains(name)).toList();
  }
}
