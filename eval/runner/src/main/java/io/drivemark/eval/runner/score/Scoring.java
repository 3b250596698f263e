package io.drivemark.eval.runner.score;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.standard.ObjectGauge;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetaLevels;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.eval.metrics.PerImageScores;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocol.Weighting;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.metrics.errata.Errata;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.runner.derive.Readings;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.score.ScoreDetails.LevelScore;
import io.drivemark.eval.runner.score.ScoreDetails.ObjectScores;
import io.drivemark.eval.runner.score.Scorer.Frame;
import io.drivemark.eval.runner.tasks.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** From the counts of all frames to a score. Stateless. */
final class Scoring {
  private Scoring() {}

  static Score of(
      Dataset dataset,
      PredictionReading reading,
      ReadingDoubts doubts,
      Protocol protocol,
      GaugePass pass,
      List<Frame> frames) {
    List<ConfusionMatrix> perImage = frames.stream().map(Frame::counts).toList();
    List<Integer> indices = frames.stream().map(Frame::index).toList();
    Scores scores = protocol.evaluate(perImage);
    ConfusionMatrix pooled = scores.matrix();
    List<Map<String, String>> attributes =
        indices.stream().map(i -> dataset.frame(i).attributes()).toList();
    boolean categories = hasCategories(dataset.labels());
    Counted counted = new Counted(dataset.labels(), protocol, pass, indices);
    Optional<InstanceRules> rules = ObjectGauge.rules(dataset);
    // False positives of objects are counted in pixels, which weighed counts are not.
    Optional<ObjectScores> objects =
        protocol.weighting() == Weighting.PIXELS
            ? rules.flatMap(r -> counted.objects(r, pooled))
            : Optional.empty();
    long foreign = frames.stream().mapToLong(Frame::foreign).sum();
    try (WorkerPool pool = new WorkerPool("figures", 1)) {
      // Beside the intervals, which take as long.
      Future<List<GaugeReading>> readings =
          pool.submit(() -> readings(pass, protocol, indices, perImage, attributes));
      List<String> notes = new ArrayList<>();
      ScoreNotes.ofClassless(pooled, foreign, reading, dataset.coding()).ifPresent(notes::add);
      ScoreNotes.ofDrivable(dataset).ifPresent(notes::add);
      if (rules.isPresent()) {
        ScoreNotes.ofObjects(dataset, frames.size(), counted.without(ObjectGauge.NAME))
            .ifPresent(notes::add);
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
              counted.people(),
              counted.regions(Drivable.of(dataset)),
              counted.boundaries(),
              counted.flicker(),
              counted.calibration(),
              Errata.of(pooled)),
          perImage,
          notes,
          reading,
          doubts.resized(),
          WorkerPool.result(readings));
    }
  }

  private static List<GaugeReading> readings(
      GaugePass pass,
      Protocol protocol,
      List<Integer> indices,
      List<ConfusionMatrix> perImage,
      List<Map<String, String>> attributes) {
    return pass.whole(indices).stream()
        .map(gauge -> Readings.of(gauge, pass.pool(gauge, protocol, indices, perImage), attributes))
        .toList();
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
}
