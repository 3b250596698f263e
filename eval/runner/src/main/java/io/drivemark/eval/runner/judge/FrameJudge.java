package io.drivemark.eval.runner.judge;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.UnscoredObject;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.boundary.BoundaryF;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import io.drivemark.eval.metrics.boundary.BoundaryMatch;
import io.drivemark.eval.metrics.boundary.TrimapCurve;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.RegionCounts;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Counts what a prediction gets right in one frame, for every metric that the dataset allows. Holds
 * the rules and no counts; safe to share between threads.
 */
public final class FrameJudge {
  private final Dataset dataset;
  private final Optional<InstanceRules> instanceRules;
  private final boolean people;
  private final ScoreOptions options;

  public FrameJudge(Dataset dataset, ScoreOptions options) {
    this.dataset = dataset;
    this.instanceRules = rules(dataset);
    this.people = dataset.labels().classes().stream().anyMatch(LabelClass::vulnerable);
    this.options = options;
  }

  /**
   * What was counted in a frame.
   *
   * @param index the sample's
   * @param counts of all pixels
   * @param foreign pixels whose stored value has no meaning
   * @param instances of objects, where the dataset weighs them
   * @param people regions of vulnerable road users, where the label space has such classes
   * @param regions counts in each of {@link #regions()}
   * @param borders of the borders between classes, where asked for
   */
  public record Judged(
      int index,
      ConfusionMatrix counts,
      long foreign,
      Optional<InstanceCounts> instances,
      Optional<VulnerableRecall.Counts> people,
      List<ConfusionMatrix> regions,
      Borders borders) {

    /** The same with other counts of all pixels, for a protocol that weighs them. */
    public Judged withCounts(ConfusionMatrix others) {
      return new Judged(index, others, foreign, instances, people, regions, borders);
    }
  }

  /**
   * What was counted of the borders between classes.
   *
   * @param iou for the boundary IoU, where asked for
   * @param contours matched by class, for the boundary F; empty where not asked for
   * @param trimap counts near borders by width; empty where not asked for
   */
  public record Borders(
      Optional<BoundaryCounts> iou,
      List<Optional<BoundaryMatch>> contours,
      Map<Integer, ConfusionMatrix> trimap) {}

  /** The parts of the image that are judged apart. */
  public static List<ImageRegion> regions() {
    return List.of(ImageRegion.nearField(), ImageRegion.egoCorridor());
  }

  public Optional<InstanceRules> instanceRules() {
    return instanceRules;
  }

  public Judged judge(int index, LabelMap truth, LabelMap prediction, long foreign) {
    return judge(index, truth, prediction, foreign, new PixelArrays());
  }

  /**
   * As {@link #judge(int, LabelMap, LabelMap, long)}, for many frames after each other.
   *
   * @param arrays where what is read goes; they are gone with the next frame
   */
  public Judged judge(
      int index, LabelMap truth, LabelMap prediction, long foreign, PixelArrays arrays) {
    RegionCounts counts = RegionCounts.of(truth, prediction, regions());
    return new Judged(
        index,
        counts.frame(),
        foreign,
        instances(index, truth, prediction, arrays),
        people
            ? Optional.of(VulnerableRecall.defaults().count(truth, prediction))
            : Optional.empty(),
        counts.inRegions(),
        borders(truth, prediction));
  }

  private Borders borders(LabelMap truth, LabelMap prediction) {
    Optional<BoundaryCounts> iou = Optional.empty();
    if (options.wants(ScoreMetric.BOUNDARY_IOU)) {
      iou = Optional.of(BoundaryIou.defaults().count(truth, prediction));
    }
    List<Optional<BoundaryMatch>> contours = List.of();
    if (options.wants(ScoreMetric.BOUNDARY_F)) {
      contours = BoundaryF.defaults().match(truth, prediction);
    }
    Map<Integer, ConfusionMatrix> trimap = Map.of();
    if (options.wants(ScoreMetric.TRIMAP)) {
      TrimapCurve curve = new TrimapCurve(truth.space());
      curve.add(truth, prediction);
      trimap = curve.counts();
    }
    return new Borders(iou, contours, trimap);
  }

  private Optional<InstanceCounts> instances(
      int index, LabelMap truth, LabelMap prediction, PixelArrays arrays) {
    if (instanceRules.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instances> objects = dataset.frame(index).objects(truth, arrays);
    return objects.map(o -> InstanceCounts.of(instanceRules.get(), truth, prediction, o));
  }

  private static Optional<InstanceRules> rules(Dataset dataset) {
    if (dataset.facts().meanInstancePixels().isEmpty()) {
      return Optional.empty();
    }
    InstanceRules rules = InstanceRules.of(dataset.labels(), dataset.facts().meanInstancePixels());
    Map<Integer, InstanceRules.Kind> unscored = new HashMap<>();
    for (UnscoredObject o : dataset.facts().unscoredObjects()) {
      unscored.put(
          o.value(),
          new InstanceRules.Kind(o.name(), o.category(), o.meanPixels(), OptionalInt.empty()));
    }
    return Optional.of(
        unscored.isEmpty()
            ? rules
            : rules.withUnscored(dataset.facts().unscoredObjects().get(0).divisor(), unscored));
  }
}
