package io.drivemark.eval.runner.accuracy.driving;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.RegionCounts;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.record.driving.Danger;
import java.util.List;
import java.util.Optional;

/**
 * Counts what an answer means for people and for the way ahead: regions of people found, by the
 * rule of {@link VulnerableRecall}, and obstacles in the ego corridor taken for drivable ground, by
 * that of {@link Drivable}. Safe to share between threads.
 */
final class DangerRule {
  private final boolean people;
  private final Optional<Drivable> drivable;

  private DangerRule(boolean people, Optional<Drivable> drivable) {
    this.people = people;
    this.drivable = drivable;
  }

  /** The rule of a dataset: it may name no people, or not say what can be driven on. */
  static DangerRule of(Dataset dataset) {
    return new DangerRule(
        dataset.labels().classes().stream().anyMatch(LabelClass::vulnerable), Drivable.of(dataset));
  }

  /**
   * What was counted of a frame.
   *
   * @param frame the confusion counts of all its pixels
   */
  record Counts(ConfusionMatrix frame, Danger danger) {}

  /** Whether there is anything to count. */
  boolean isAsked() {
    return people || drivable.isPresent();
  }

  Counts count(LabelMap truth, LabelMap answer) {
    RegionCounts counts = RegionCounts.of(truth, answer, List.of(ImageRegion.egoCorridor()));
    VulnerableRecall.Counts found =
        people
            ? VulnerableRecall.defaults().count(truth, answer)
            : new VulnerableRecall.Counts(0, 0);
    Drivable.Counts ground =
        drivable
            .map(d -> d.count(counts.inRegions().get(0)))
            .orElse(new Drivable.Counts(0, 0, 0, 0));
    return new Counts(
        counts.frame(),
        new Danger(found.regions(), found.found(), ground.obstacles(), ground.falselyDrivable()));
  }
}
