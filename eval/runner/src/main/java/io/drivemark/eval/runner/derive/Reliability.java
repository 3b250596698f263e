package io.drivemark.eval.runner.derive;

import io.drivemark.datasets.Frame;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.ModelDifference;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.ScoreIntervals;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Intervals and slices from counts by frame and what is known of each frame. Stateless. */
public final class Reliability {
  /**
   * The version of the rule by which intervals follow from counts; raised whenever they would come
   * out otherwise. Version 1 had no interval widened for few clusters.
   */
  public static final int DERIVATION = 2;

  /** Draws for accuracies: their ends move by less than a tenth of the interval's width. */
  public static final int DRAWS = 2000;

  /** Draws for each difference of two networks: one interval of many, none decides by a hair. */
  public static final int PAIRED_DRAWS = 1000;

  static final ClusterBootstrap BOOTSTRAP = new ClusterBootstrap(DRAWS, Interval.LEVEL, 1);

  static final ClusterBootstrap PAIRED = new ClusterBootstrap(PAIRED_DRAWS, Interval.LEVEL, 1);

  private Reliability() {}

  /** How the intervals are made, for the report. */
  public static String method() {
    return String.format(
        Locale.ROOT,
        "%.0f %% intervals by the bootstrap over clusters of frames (%d draws, seed %d): percentile,"
            + " BCa, and the percentile interval widened for few clusters",
        100 * BOOTSTRAP.level(),
        BOOTSTRAP.resamples(),
        BOOTSTRAP.seed());
  }

  /** The intervals; empty if the frames make fewer than two clusters. */
  public static Optional<ScoreIntervals> intervals(
      Protocol protocol, List<ConfusionMatrix> counts, List<Map<String, String>> attributes) {
    return ScoreIntervals.of(protocol, counts, clusters(attributes), BOOTSTRAP);
  }

  /**
   * The difference of two models on the same frames; empty if these make fewer than two clusters.
   *
   * @throws io.drivemark.problem.BadInputException if the frames' truths differ
   */
  public static Optional<ModelDifference> difference(
      Protocol protocol,
      List<ConfusionMatrix> first,
      List<ConfusionMatrix> second,
      List<Map<String, String>> attributes) {
    return ModelDifference.of(protocol, first, second, clusters(attributes), PAIRED);
  }

  /**
   * The same from more draws, for a reader who looks at classes: p-values adjusted over dozens of
   * classes need them.
   */
  public static Optional<ModelDifference> fineDifference(
      Protocol protocol,
      List<ConfusionMatrix> first,
      List<ConfusionMatrix> second,
      List<Map<String, String>> attributes) {
    return ModelDifference.of(
        protocol, first, second, clusters(attributes), ClusterBootstrap.seeded(1));
  }

  /**
   * The p-value of two models being equally good: see {@link ModelDifference#swapP}.
   *
   * @throws io.drivemark.problem.BadInputException if the frames' truths differ
   */
  public static OptionalDouble swapP(
      Protocol protocol,
      List<ConfusionMatrix> first,
      List<ConfusionMatrix> second,
      List<Map<String, String>> attributes) {
    return ModelDifference.swapP(protocol, first, second, clusters(attributes));
  }

  /**
   * Which frames hang together.
   *
   * @param attributes of each frame, in order
   */
  public static Clusters clusters(List<Map<String, String>> attributes) {
    return Clusters.of(
        attributes.stream().map(a -> Optional.ofNullable(a.get(Frame.SEQUENCE))).toList());
  }

  /** By attribute and value, both sorted, for attributes of at least two values, not too many. */
  public static Map<String, Map<String, Slice>> slices(
      Protocol protocol, List<ConfusionMatrix> counts, List<Map<String, String>> attributes) {
    Map<String, Map<String, Slice>> out = new LinkedHashMap<>();
    Slices.of(attributes)
        .forEach(
            (name, values) -> {
              Map<String, Slice> slices = new LinkedHashMap<>();
              values.forEach(
                  (value, frames) ->
                      slices.put(
                          value,
                          new Slice(
                              frames.size(),
                              protocol
                                  .evaluate(frames.stream().map(counts::get).toList())
                                  .miou())));
              out.put(name, slices);
            });
    return out;
  }

  /** As a record keeps them. */
  public static Optional<Confidence> confidence(
      Protocol protocol, List<ConfusionMatrix> counts, List<Map<String, String>> attributes) {
    return intervals(protocol, counts, attributes).map(Reliability::confidence);
  }

  /** As a record keeps them. */
  public static List<SliceScore> sliceScores(
      Protocol protocol, List<ConfusionMatrix> counts, List<Map<String, String>> attributes) {
    List<SliceScore> out = new ArrayList<>();
    slices(protocol, counts, attributes)
        .forEach(
            (attribute, values) ->
                values.forEach(
                    (value, slice) ->
                        out.add(
                            new SliceScore(
                                attribute, value, slice.images(), slice.miou().value()))));
    return out;
  }

  private static Confidence confidence(ScoreIntervals intervals) {
    Map<String, Confidence.Range> iou = new LinkedHashMap<>();
    intervals.iou().forEach((name, estimate) -> iou.put(name, range(estimate)));
    return new Confidence(
        intervals.clusters(),
        intervals.bootstrap().resamples(),
        intervals.bootstrap().seed(),
        intervals.bootstrap().level(),
        range(intervals.miou()),
        iou,
        Optional.of(DERIVATION));
  }

  static Confidence.Range range(ScoreIntervals.Estimate estimate) {
    return new Confidence.Range(
        low(estimate.percentile()),
        high(estimate.percentile()),
        low(estimate.bca()),
        high(estimate.bca()),
        low(estimate.expanded()),
        high(estimate.expanded()));
  }

  private static OptionalDouble low(Optional<Interval> interval) {
    return interval.isPresent() ? OptionalDouble.of(interval.get().low()) : OptionalDouble.empty();
  }

  private static OptionalDouble high(Optional<Interval> interval) {
    return interval.isPresent() ? OptionalDouble.of(interval.get().high()) : OptionalDouble.empty();
  }
}
