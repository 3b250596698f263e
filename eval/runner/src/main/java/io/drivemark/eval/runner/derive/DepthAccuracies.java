package io.drivemark.eval.runner.derive;

import io.drivemark.eval.gauge.standard.DepthGauge;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.FrameMeans;
import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.GaugeReading.SliceValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** From the errors of frames to what a record of depth keeps. Stateless. */
public final class DepthAccuracies {
  /** The version of the rule by which intervals follow from the errors of frames. */
  public static final int DERIVATION = 1;

  /**
   * The version of the rule by which the figures of gauge {@link DepthGauge#NAME} follow here: from
   * errors of frames as they are, not rounded to counts.
   */
  static final int READING = 2;

  private DepthAccuracies() {}

  /**
   * The accuracy over all frames, without pictures.
   *
   * @param frames the errors of each frame in sample order; empty where it has no judged pixel
   * @param attributes what else is known of a frame, by its id
   */
  public static DepthAccuracy of(
      DepthRule rule,
      Map<String, Optional<DepthScores>> frames,
      Map<String, Map<String, String>> attributes) {
    List<DepthAccuracy.Frame> judged = new ArrayList<>();
    List<String> unjudged = new ArrayList<>();
    frames.forEach(
        (id, scores) ->
            scores.ifPresentOrElse(
                s ->
                    judged.add(
                        new DepthAccuracy.Frame(id, s, attributes.getOrDefault(id, Map.of()))),
                () -> unjudged.add(id)));
    return new DepthAccuracy(
        DepthAccuracy.Rule.of(rule),
        judged.isEmpty() ? Optional.empty() : Optional.of(mean(judged)),
        judged,
        unjudged,
        judged.isEmpty() ? Optional.empty() : intervals(judged),
        slices(judged),
        List.of(),
        List.of());
  }

  private static DepthScores mean(List<DepthAccuracy.Frame> frames) {
    return DepthScores.mean(frames.stream().map(DepthAccuracy.Frame::scores).toList());
  }

  private static List<Map<String, String>> attributes(List<DepthAccuracy.Frame> frames) {
    return frames.stream().map(DepthAccuracy.Frame::attributes).toList();
  }

  private static List<double[]> errors(List<DepthAccuracy.Frame> frames) {
    return frames.stream()
        .map(f -> f.scores().byName().values().stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  private static Optional<DepthAccuracy.Intervals> intervals(List<DepthAccuracy.Frame> frames) {
    Clusters clusters = Reliability.clusters(attributes(frames));
    return FrameMeans.intervals(errors(frames), clusters, Reliability.BOOTSTRAP)
        .map(
            estimates -> {
              Map<String, Confidence.Range> ranges = new LinkedHashMap<>();
              int i = 0;
              for (String name : frames.get(0).scores().byName().keySet()) {
                ranges.put(name, Reliability.range(estimates.get(i++)));
              }
              return new DepthAccuracy.Intervals(
                  clusters.description(),
                  Reliability.BOOTSTRAP.resamples(),
                  Reliability.BOOTSTRAP.seed(),
                  Reliability.BOOTSTRAP.level(),
                  ranges,
                  DERIVATION);
            });
  }

  private static List<DepthAccuracy.Slice> slices(List<DepthAccuracy.Frame> frames) {
    List<DepthAccuracy.Slice> out = new ArrayList<>();
    Slices.of(attributes(frames))
        .forEach(
            (attribute, values) ->
                values.forEach(
                    (value, positions) ->
                        out.add(
                            new DepthAccuracy.Slice(
                                attribute,
                                value,
                                positions.size(),
                                mean(positions.stream().map(frames::get).toList())))));
    return out;
  }

  /** The same figures as a reading, for whoever reads figures whatever gave them. */
  public static GaugeReading reading(DepthAccuracy accuracy) {
    DepthGauge gauge = new DepthGauge();
    List<GaugeReading.Figure> figures =
        gauge.figures().stream()
            .map(
                figure -> {
                  Optional<Confidence.Range> range =
                      accuracy.confidence().map(c -> c.errors().get(figure.id()));
                  List<SliceValue> slices =
                      accuracy.slices().stream()
                          .map(
                              s ->
                                  new SliceValue(
                                      s.attribute(),
                                      s.value(),
                                      s.images(),
                                      of(Optional.of(s.scores()), figure.id())))
                          .toList();
                  return Readings.figure(
                      figure,
                      of(accuracy.mean(), figure.id()),
                      range.map(Confidence.Range::low).orElse(OptionalDouble.empty()),
                      range.map(Confidence.Range::high).orElse(OptionalDouble.empty()),
                      List.of(),
                      figure.shown() ? slices : List.of());
                })
            .toList();
    return new GaugeReading(DepthGauge.NAME, READING, Map.of(), figures);
  }

  private static OptionalDouble of(Optional<DepthScores> scores, String name) {
    return scores.isPresent()
        ? OptionalDouble.of(scores.get().byName().get(name))
        : OptionalDouble.empty();
  }

  /**
   * By how much one model's means differ from another's; empty if they were judged on other frames.
   *
   * @param name of the other
   */
  static Optional<DepthAccuracy.Difference> difference(
      DepthAccuracy one, String name, DepthAccuracy other) {
    if (one.mean().isEmpty() || !ids(one).equals(ids(other))) {
      return Optional.empty();
    }
    List<double[]> first = errors(one.frames());
    List<double[]> second = errors(other.frames());
    Clusters clusters = Reliability.clusters(attributes(one.frames()));
    Optional<List<Estimate>> estimates =
        FrameMeans.differences(first, second, clusters, Reliability.PAIRED);
    List<OptionalDouble> p = FrameMeans.swapP(first, second, clusters);
    Map<String, Double> theirs = other.mean().orElseThrow().byName();
    Map<String, DepthAccuracy.Change> out = new LinkedHashMap<>();
    one.mean()
        .get()
        .byName()
        .forEach(
            (error, value) -> {
              int i = out.size();
              Optional<Confidence.Range> range = estimates.map(e -> Reliability.range(e.get(i)));
              out.put(
                  error,
                  new DepthAccuracy.Change(
                      value - theirs.get(error),
                      range.map(Confidence.Range::low).orElse(OptionalDouble.empty()),
                      range.map(Confidence.Range::high).orElse(OptionalDouble.empty()),
                      range.map(Confidence.Range::expandedLow).orElse(OptionalDouble.empty()),
                      range.map(Confidence.Range::expandedHigh).orElse(OptionalDouble.empty()),
                      p.get(i)));
            });
    return Optional.of(new DepthAccuracy.Difference(name, out));
  }

  private static List<String> ids(DepthAccuracy accuracy) {
    return accuracy.frames().stream().map(DepthAccuracy.Frame::id).toList();
  }
}
