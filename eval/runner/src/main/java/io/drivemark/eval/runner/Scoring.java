package io.drivemark.eval.runner;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.eval.metrics.PerImageScores;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.ScoreIntervals;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import io.drivemark.eval.metrics.errata.Errata;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.FrameJudge.Judged;
import io.drivemark.eval.runner.ScoreDetails.Boundaries;
import io.drivemark.eval.runner.ScoreDetails.ObjectScores;
import io.drivemark.eval.runner.ScoreDetails.RegionScore;
import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** From the counts of all frames to a score. Stateless. */
final class Scoring {
  /** Enough for ends that move by less than a tenth of the interval's width. */
  private static final ClusterBootstrap BOOTSTRAP = new ClusterBootstrap(2000, 0.95, 1);

  /** More values than this are no slices but frames by another name. */
  private static final int MOST_SLICES = 50;

  private static final String SEQUENCE = "sequence";

  private Scoring() {}

  static Score of(Dataset dataset, Protocol protocol, FrameJudge judge, List<Judged> frames) {
    List<ConfusionMatrix> perImage = frames.stream().map(Judged::counts).toList();
    Scores scores = protocol.evaluate(perImage);
    ConfusionMatrix pooled = scores.matrix();
    boolean categories = hasCategories(dataset.labels());
    Optional<ObjectScores> objects =
        judge.instanceRules().flatMap(rules -> objects(rules, frames, pooled));
    return new Score(
        scores,
        frames.stream().mapToLong(Judged::foreign).sum(),
        categories ? Metrics.categoryMiou(pooled).value() : OptionalDouble.empty(),
        objects
            .map(o -> InstanceIou.mean(o.classIou().values()).value())
            .orElse(OptionalDouble.empty()),
        new ScoreDetails(
            categories ? Metrics.categoryIou(pooled) : Map.of(),
            objects,
            ScoreIntervals.of(protocol, perImage, clusters(dataset, frames), BOOTSTRAP),
            new PerImageScores(perImage),
            slices(dataset, protocol, frames),
            people(frames),
            regions(dataset.labels(), protocol, frames),
            boundaries(protocol, frames),
            Errata.of(pooled)));
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
    InstanceCounts sum = InstanceCounts.empty(rules);
    for (Judged frame : frames) {
      sum = sum.plus(frame.instances().orElseThrow());
    }
    return Optional.of(
        new ObjectScores(InstanceIou.classes(sum, pooled), InstanceIou.categories(sum, pooled)));
  }

  private static Clusters clusters(Dataset dataset, List<Judged> frames) {
    return Clusters.of(
        frames.stream()
            .map(f -> Optional.ofNullable(dataset.attributes(f.index()).get(SEQUENCE)))
            .toList());
  }

  private static Map<String, Map<String, ScoreDetails.Slice>> slices(
      Dataset dataset, Protocol protocol, List<Judged> frames) {
    Map<String, Map<String, List<ConfusionMatrix>>> byValue = new TreeMap<>();
    for (Judged frame : frames) {
      dataset
          .attributes(frame.index())
          .forEach(
              (name, value) ->
                  byValue
                      .computeIfAbsent(name, n -> new TreeMap<>())
                      .computeIfAbsent(value, v -> new ArrayList<>())
                      .add(frame.counts()));
    }
    Map<String, Map<String, ScoreDetails.Slice>> out = new LinkedHashMap<>();
    byValue.forEach(
        (name, values) -> {
          if (values.size() > 1 && values.size() <= MOST_SLICES) {
            Map<String, ScoreDetails.Slice> slices = new LinkedHashMap<>();
            values.forEach(
                (value, counts) ->
                    slices.put(
                        value,
                        new ScoreDetails.Slice(counts.size(), protocol.evaluate(counts).miou())));
            out.put(name, slices);
          }
        });
    return out;
  }

  private static Optional<VulnerableRecall.Counts> people(List<Judged> frames) {
    return frames.stream().flatMap(f -> f.people().stream()).reduce(VulnerableRecall.Counts::plus);
  }

  private static List<RegionScore> regions(
      LabelSpace space, Protocol protocol, List<Judged> frames) {
    Optional<Drivable> drivable = drivable(space);
    List<RegionScore> out = new ArrayList<>();
    List<ImageRegion> regions = FrameJudge.regions();
    for (int r = 0; r < regions.size(); r++) {
      int region = r;
      List<ConfusionMatrix> counts = frames.stream().map(f -> f.regions().get(region)).toList();
      ConfusionMatrix sum = ConfusionMatrix.sum(counts);
      MetricValue none = MetricValue.undefined("the label space has no drivable class");
      out.add(
          new RegionScore(
              regions.get(r).name(),
              protocol.evaluate(counts).miou(),
              drivable.map(d -> d.falselyDrivable(sum)).orElse(none),
              drivable.map(d -> d.falselyBlocked(sum)).orElse(none)));
    }
    return out;
  }

  private static Optional<Drivable> drivable(LabelSpace space) {
    try {
      return Optional.of(Drivable.of(space));
    } catch (BadInputException e) {
      return Optional.empty(); // nobody asked for it
    }
  }

  private static Optional<Boundaries> boundaries(Protocol protocol, List<Judged> frames) {
    Optional<BoundaryCounts> sum =
        frames.stream().flatMap(f -> f.boundary().stream()).reduce(BoundaryCounts::plus);
    if (sum.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, MetricValue> trimap = new TreeMap<>();
    for (int width : frames.get(0).trimap().keySet()) {
      trimap.put(
          width,
          protocol.evaluate(frames.stream().map(f -> f.trimap().get(width)).toList()).miou());
    }
    return Optional.of(new Boundaries(BoundaryIou.defaults(), sum.get(), trimap));
  }
}
