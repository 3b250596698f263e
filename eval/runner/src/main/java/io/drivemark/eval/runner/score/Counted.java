package io.drivemark.eval.runner.score;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.standard.BoundaryFGauge;
import io.drivemark.eval.gauge.standard.BoundaryGauge;
import io.drivemark.eval.gauge.standard.CalibrationGauge;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.gauge.standard.FlickerGauge;
import io.drivemark.eval.gauge.standard.ImageGauge;
import io.drivemark.eval.gauge.standard.ObjectGauge;
import io.drivemark.eval.gauge.standard.RegionGauge;
import io.drivemark.eval.gauge.standard.RegionMiouGauge;
import io.drivemark.eval.gauge.standard.SafeGauge;
import io.drivemark.eval.gauge.standard.TrimapGauge;
import io.drivemark.eval.gauge.standard.VulnerableGauge;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.score.ScoreDetails.Boundaries;
import io.drivemark.eval.runner.score.ScoreDetails.ObjectScores;
import io.drivemark.eval.runner.score.ScoreDetails.RegionScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the gauges of the project counted on the frames of a score, as the details that scores had
 * before there were gauges. A new gauge needs nothing here: its figures are among the readings.
 *
 * @param pass after all frames were counted
 * @param frames positions in the split
 */
record Counted(LabelSpace space, Protocol protocol, GaugePass pass, List<Integer> frames) {
  /** Gauges whose figures stand in a score's details. */
  static final Set<String> DETAILED =
      Set.of(
          ConfusionGauge.NAME,
          SafeGauge.NAME,
          VulnerableGauge.NAME,
          RegionGauge.NAME,
          RegionMiouGauge.NAME,
          BoundaryGauge.NAME,
          BoundaryFGauge.NAME,
          TrimapGauge.NAME,
          ObjectGauge.NAME,
          ImageGauge.NAME,
          FlickerGauge.NAME,
          CalibrationGauge.NAME);

  /** What a gauge counted on each frame; empty if it did not count all of them. */
  private Optional<List<Counts>> counts(String gauge) {
    return pass.whole(frames).stream().anyMatch(g -> g.name().equals(gauge))
        ? Optional.of(frames.stream().map(i -> pass.counts(gauge, i).orElseThrow()).toList())
        : Optional.empty();
  }

  private Optional<Counts> sum(Gauge gauge) {
    return counts(gauge.name()).map(all -> Counts.sum(gauge.columns(space), all));
  }

  /** The frames that a gauge counted nothing on. */
  List<Integer> without(String gauge) {
    return frames.stream().filter(i -> pass.counts(gauge, i).isEmpty()).toList();
  }

  Optional<ObjectScores> objects(InstanceRules rules, ConfusionMatrix pooled) {
    return sum(new ObjectGauge())
        .map(
            all -> {
              InstanceCounts counts = ObjectGauge.counts(rules, all);
              return new ObjectScores(
                  InstanceIou.classes(counts, pooled), InstanceIou.categories(counts, pooled));
            });
  }

  Optional<VulnerableRecall.Counts> people() {
    return sum(new VulnerableGauge()).map(VulnerableGauge::counts);
  }

  List<RegionScore> regions(Optional<Drivable> drivable) {
    List<Counts> counts = counts(RegionMiouGauge.NAME).orElseThrow();
    MetricValue none = MetricValue.undefined("the dataset declares no drivable class");
    List<RegionScore> out = new ArrayList<>();
    List<ImageRegion> regions = ConfusionGauge.regions();
    for (int r = 0; r < regions.size(); r++) {
      List<ConfusionMatrix> ofRegion = RegionMiouGauge.counts(space, r, counts);
      ConfusionMatrix sum = ConfusionMatrix.sum(ofRegion);
      out.add(
          new RegionScore(
              regions.get(r).name(),
              protocol.evaluate(ofRegion).miou(),
              drivable.map(d -> d.falselyDrivable(sum)).orElse(none),
              drivable.map(d -> d.falselyBlocked(sum)).orElse(none)));
    }
    return out;
  }

  Optional<Boundaries> boundaries() {
    Optional<Counts> iou = sum(new BoundaryGauge());
    Optional<List<Counts>> f = counts(BoundaryFGauge.NAME);
    Optional<List<Counts>> trimap = counts(TrimapGauge.NAME);
    if (iou.isEmpty() && f.isEmpty() && trimap.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Boundaries(
            iou.map(counts -> BoundaryGauge.counts(space, counts)),
            f.map(all -> BoundaryFGauge.byClass(space, all)).orElse(Map.of()),
            trimap.map(all -> TrimapGauge.miou(space, protocol, all)).orElse(Map.of())));
  }

  /** Empty if no two neighbours can be compared. */
  Optional<Flickering> flicker() {
    return sum(new FlickerGauge())
        .filter(all -> FlickerGauge.pairs(all) > 0)
        .map(all -> new Flickering(FlickerGauge.counts(space, all), FlickerGauge.pairs(all)));
  }

  Optional<Calibration> calibration() {
    return sum(new CalibrationGauge()).map(CalibrationGauge::counts);
  }
}
