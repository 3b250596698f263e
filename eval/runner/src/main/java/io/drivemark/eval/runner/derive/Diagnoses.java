package io.drivemark.eval.runner.derive;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.PerImageScores;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.SafeMiou;
import io.drivemark.eval.metrics.safety.SeverityMatrix;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.evidence.Tallies;
import io.drivemark.eval.runner.judge.FrameJudge;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** From counts to a diagnosis: the one place where the runner does so. Stateless. */
public final class Diagnoses {
  /** The share of images that counts as the worst. */
  static final double WORST_SHARE = 0.05;

  private static final double LEVEL = 0.95;

  private Diagnoses() {}

  /**
   * The diagnosis, without pictures.
   *
   * @param space the classes; only their names and order matter
   * @param counts of each image
   * @param objects over all images, where the dataset weighs them
   */
  public static Diagnosis of(
      LabelSpace space,
      List<ConfusionMatrix> counts,
      Tallies tallies,
      Optional<InstanceCounts> objects) {
    ConfusionMatrix pooled = ConfusionMatrix.sum(counts);
    PerImageScores images = new PerImageScores(counts);
    List<Diagnosis.Region> regions = new ArrayList<>();
    for (ImageRegion region : FrameJudge.regions()) {
      tallies
          .ground(region)
          .ifPresent(
              ground ->
                  regions.add(
                      new Diagnosis.Region(
                          region.name(),
                          ground.falselyDrivableShare().value(),
                          ground.falselyBlockedShare().value())));
    }
    return new Diagnosis(
        new Diagnosis.Images(
            images.ofImages().value(),
            images.ofClasses().value(),
            WORST_SHARE,
            images.ofWorstImages(WORST_SHARE).value()),
        boundary(tallies.boundaries(space)),
        SeverityMatrix.find(space.classNames()).map(severities -> safe(severities, pooled)),
        tallies.people().map(Diagnoses::people),
        regions,
        objects.map(o -> objects(o, pooled)),
        List.of());
  }

  private static Diagnosis.Boundary boundary(BoundaryCounts counts) {
    List<Diagnosis.ClassValue> iou = new ArrayList<>();
    counts.iou().forEach((name, value) -> iou.add(new Diagnosis.ClassValue(name, value.value())));
    return new Diagnosis.Boundary(BoundaryIou.defaults().ratio(), counts.miou().value(), iou);
  }

  private static Diagnosis.Safe safe(SeverityMatrix severities, ConfusionMatrix pooled) {
    SafeMiou safe = new SafeMiou(severities);
    return new Diagnosis.Safe(
        severities.name(), safe.mean(pooled).value(), safe.meanOfImportant(pooled).value());
  }

  private static Diagnosis.People people(VulnerableRecall.Counts counts) {
    OptionalDouble low = OptionalDouble.empty();
    OptionalDouble high = OptionalDouble.empty();
    if (counts.regions() > 0) {
      Interval interval = counts.interval(LEVEL);
      low = OptionalDouble.of(interval.low());
      high = OptionalDouble.of(interval.high());
    }
    return new Diagnosis.People(
        counts.regions(), counts.found(), counts.recall().value(), low, high);
  }

  private static Diagnosis.ObjectScores objects(InstanceCounts counts, ConfusionMatrix pooled) {
    Map<String, MetricValue> iou = InstanceIou.classes(counts, pooled);
    List<Diagnosis.ObjectScore> classes = new ArrayList<>();
    for (InstanceRules.Kind kind : counts.rules().kinds()) {
      if (kind.classIndex().isPresent()) {
        classes.add(
            new Diagnosis.ObjectScore(
                kind.name(), kind.meanPixels(), iou.get(kind.name()).value()));
      }
    }
    return new Diagnosis.ObjectScores(InstanceIou.mean(iou.values()).value(), classes);
  }
}
