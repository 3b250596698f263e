package io.drivemark.eval.history.compare;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.FrameMeans;
import io.drivemark.eval.metrics.ModelDifference;
import io.drivemark.eval.metrics.ModelDifference.Difference;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Paired differences by the bootstrap over clusters of frames. Which of the two is drawn first
 * follows from what they counted, not from which is called A: so where A and B are exchanged, ends
 * and differences change their signs to the last bit. Stateless.
 */
final class PairedDraws {
  /** Of two one-sided tests at 5 %. */
  private static final double EQUIVALENCE = 0.9;

  private static final ClusterBootstrap FINE = ClusterBootstrap.seeded(1);
  private static final ClusterBootstrap NINETY =
      new ClusterBootstrap(Reliability.DRAWS, EQUIVALENCE, 1);

  private PairedDraws() {}

  /**
   * What the draws give, before several p-values are adjusted.
   *
   * @param measure of the cell
   * @param classes by name
   */
  record Drawn(Elsewhere measure, Map<String, Elsewhere> classes) {}

  /** Of labels; empty with fewer than two clusters. */
  static Optional<Drawn> labels(
      Protocol protocol,
      List<ConfusionMatrix> a,
      List<ConfusionMatrix> b,
      List<Map<String, String>> attributes) {
    boolean turned = compare(a, b) > 0;
    List<ConfusionMatrix> first = turned ? a : b;
    List<ConfusionMatrix> second = turned ? b : a;
    Clusters clusters = Reliability.clusters(attributes);
    Optional<ModelDifference> fine = ModelDifference.of(protocol, first, second, clusters, FINE);
    if (fine.isEmpty()) {
      return Optional.empty();
    }
    ModelDifference ninety =
        ModelDifference.of(protocol, first, second, clusters, NINETY).orElseThrow();
    double same = Measure.MIOU.same();
    Map<String, Elsewhere> classes = new LinkedHashMap<>();
    fine.get()
        .iou()
        .forEach(
            (name, difference) ->
                classes.put(name, elsewhere(difference, Optional.empty(), same, turned)));
    return Optional.of(
        new Drawn(
            elsewhere(fine.get().miou(), ninety.miou().estimate().expanded(), same, turned),
            classes));
  }

  /** Of one number a frame; empty with fewer than two clusters. */
  static Optional<Elsewhere> means(
      List<double[]> a, List<double[]> b, List<Map<String, String>> attributes, double same) {
    boolean turned = compareNumbers(a, b) > 0;
    List<double[]> first = turned ? a : b;
    List<double[]> second = turned ? b : a;
    Clusters clusters = Reliability.clusters(attributes);
    Optional<List<Estimate>> fine = FrameMeans.differences(first, second, clusters, FINE);
    if (fine.isEmpty()) {
      return Optional.empty();
    }
    Optional<Interval> ninety =
        FrameMeans.differences(first, second, clusters, NINETY).orElseThrow().get(0).expanded();
    return Optional.of(
        elsewhere(
            fine.get().get(0).expanded(),
            FrameMeans.swapP(first, second, clusters).get(0),
            ninety,
            same,
            turned));
  }

  private static Elsewhere elsewhere(
      Difference difference, Optional<Interval> ninety, double same, boolean turned) {
    OptionalDouble p =
        difference.p().isPresent()
            ? OptionalDouble.of(difference.p().get())
            : OptionalDouble.empty();
    return elsewhere(difference.estimate().expanded(), p, ninety, same, turned);
  }

  private static Elsewhere elsewhere(
      Optional<Interval> interval,
      OptionalDouble p,
      Optional<Interval> ninety,
      double same,
      boolean turned) {
    boolean equivalent = ninety.filter(i -> i.low() >= -same && i.high() <= same).isPresent();
    if (interval.isEmpty()) {
      return Elsewhere.unknown();
    }
    // + 0.0: of a difference of nothing, −0.0 is to be 0.0 whichever way it was taken
    double low = (turned ? -interval.get().high() : interval.get().low()) + 0.0;
    double high = (turned ? -interval.get().low() : interval.get().high()) + 0.0;
    return new Elsewhere(
        OptionalDouble.of(low),
        OptionalDouble.of(high),
        p,
        OptionalDouble.empty(),
        equivalent,
        equivalent ? Direction.SAME : Direction.UNKNOWN);
  }

  private static int compare(List<ConfusionMatrix> a, List<ConfusionMatrix> b) {
    for (int i = 0; i < a.size(); i++) {
      long[][] first = a.get(i).allCounts();
      long[][] second = b.get(i).allCounts();
      for (int t = 0; t < first.length; t++) {
        int order = Arrays.compare(first[t], second[t]);
        if (order != 0) {
          return order;
        }
      }
    }
    return 0;
  }

  private static int compareNumbers(List<double[]> a, List<double[]> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = Arrays.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** One number a frame, in their order. */
  static List<double[]> single(List<Double> values) {
    List<double[]> out = new ArrayList<>();
    values.forEach(value -> out.add(new double[] {value}));
    return out;
  }
}
