package io.drivemark.eval.runner.score;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetaLevels;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.eval.metrics.PerImageScores;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocol.Weighting;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.boundary.BoundaryF;
import io.drivemark.eval.metrics.errata.Errata;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.judge.Flickering;
import io.drivemark.eval.runner.judge.FrameJudge;
import io.drivemark.eval.runner.judge.FrameJudge.Judged;
import io.drivemark.eval.runner.score.ScoreDetails.Boundaries;
import io.drivemark.eval.runner.score.ScoreDetails.LevelScore;
import io.drivemark.eval.runner.score.ScoreDetails.ObjectScores;
import io.drivemark.eval.runner.score.ScoreDetails.RegionScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** From the counts of all frames to a score. Stateless. */
final class Scoring {
  private Scoring() {}

  static Score of(
      Dataset dataset,
      PredictionReading reading,
      ReadingDoubts doubts,
      Protocol protocol,
      FrameJudge judge,
      List<Judged> frames,
      Optional<Flickering> flicker,
      Optional<Calibration> calibration) {
    List<ConfusionMatrix> perImage = frames.stream().map(Judged::counts).toList();
    Scores scores = protocol.evaluate(perImage);
    ConfusionMatrix pooled = scores.matrix();
    List<Map<String, String>> attributes =
        frames.stream().map(f -> dataset.frame(f.index()).attributes()).toList();
    boolean categories = hasCategories(dataset.labels());
    // False positives of objects are counted in pixels, which weighed counts are not.
    Optional<ObjectScores> objects =
        protocol.weighting() == Weighting.PIXELS
            ? judge.instanceRules().flatMap(rules -> objects(rules, frames, pooled))
            : Optional.empty();
    long foreign = frames.stream().mapToLong(Judged::foreign).sum();
    List<String> notes = new ArrayList<>();
    ScoreNotes.ofClassless(pooled, foreign, reading, dataset.coding()).ifPresent(notes::add);
    ScoreNotes.ofDrivable(dataset).ifPresent(notes::add);
    if (judge.instanceRules().isPresent()) {
      ScoreNotes.ofObjects(dataset, frames).ifPresent(notes::add);
    }
    notes.addAll(doubts.notes());
    return new Score(
        scores,
        foreign,
        categories ? Metrics.categoryMiou(pooled).value() : OptionalDouble.empty(),
        objects
            .map(o -> InstanceIou.mean(o.classIou().values()).value())
            .orElse(OptionalDouble.empty()),
        new ScoreDetails(
            categories ? Metrics.categoryIou(pooled) : Map.of(),
            levels(dataset, pooled),
            objects,
            Reliability.intervals(protocol, perImage, attributes),
            new PerImageScores(perImage),
            Reliability.slices(protocol, perImage, attributes),
            people(frames),
            regions(dataset, protocol, frames),
            boundaries(dataset.labels(), protocol, frames),
            flicker,
            calibration,
            Errata.of(pooled)),
        perImage,
        notes,
        reading,
        doubts.resized());
  }

  private static Map<Integer, LevelScore> levels(Dataset dataset, ConfusionMatrix pooled) {
    Map<Integer, LevelScore> out = new TreeMap<>();
    List<String> unscored = dataset.facts().unscoredClasses();
    if (MetaLevels.has(dataset.labels())) {
      for (int level = 1; level <= MetaLevels.PUBLISHED; level++) {
        out.put(
            level,
            new LevelScore(
                MetaLevels.miou(pooled, level, unscored), MetaLevels.iou(pooled, level, unscored)));
      }
    }
    return out;
  }

  private static boolean hasCategories(LabelSpace space) {
    long categories = space.classes().stream().map(LabelClass::category).distinct().count();
    return categories > 1 && categories < space.size();
  }

  private static Optional<ObjectScores> objects(
      InstanceRules rules, List<Judged> frames, ConfusionMatrix pooled) {
    if (frames.stream().anyMatch(f -> f.instances().isEmpty())) {
      return Optional.empty(); // object files are not there
    }
    InstanceCounts sum =
        InstanceCounts.sum(rules, frames.stream().map(f -> f.instances().orElseThrow()).toList());
    return Optional.of(
        new ObjectScores(InstanceIou.classes(sum, pooled), InstanceIou.categories(sum, pooled)));
  }

  private static Optional<VulnerableRecall.Counts> people(List<Judged> frames) {
    return frames.stream().flatMap(f -> f.people().stream()).reduce(VulnerableRecall.Counts::plus);
  }

  private static List<RegionScore> regions(
      Dataset dataset, Protocol protocol, List<Judged> frames) {
    Optional<Drivable> drivable = Drivable.of(dataset);
    List<RegionScore> out = new ArrayList<>();
    List<ImageRegion> regions = FrameJudge.regions();
    for (int r = 0; r < regions.size(); r++) {
      int region = r;
      List<ConfusionMatrix> counts = frames.stream().map(f -> f.regions().get(region)).toList();
      ConfusionMatrix sum = ConfusionMatrix.sum(counts);
      MetricValue none = MetricValue.undefined("the dataset declares no drivable class");
      out.add(
          new RegionScore(
              regions.get(r).name(),
              protocol.evaluate(counts).miou(),
              drivable.map(d -> d.falselyDrivable(sum)).orElse(none),
              drivable.map(d -> d.falselyBlocked(sum)).orElse(none)));
    }
    return out;
  }

  private static Optional<Boundaries> boundaries(
      LabelSpace space, Protocol protocol, List<Judged> frames) {
    List<FrameJudge.Borders> borders = frames.stream().map(Judged::borders).toList();
    FrameJudge.Borders first = borders.get(0);
    if (first.iou().isEmpty() && first.contours().isEmpty() && first.trimap().isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, MetricValue> trimap = new TreeMap<>();
    for (int width : first.trimap().keySet()) {
      trimap.put(
          width,
          protocol.evaluate(borders.stream().map(b -> b.trimap().get(width)).toList()).miou());
    }
    return Optional.of(
        new Boundaries(
            borders.stream().flatMap(b -> b.iou().stream()).reduce(BoundaryCounts::plus),
            first.contours().isEmpty()
                ? Map.of()
                : BoundaryF.byClass(
                    space, borders.stream().map(FrameJudge.Borders::contours).toList()),
            trimap));
  }
}
