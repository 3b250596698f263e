package io.drivemark.eval.metrics;

import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.statistics.AdjustedP;
import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.ClusterSwapTest;
import io.drivemark.eval.statistics.Resampled;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * By how much one model scores better than another on the same frames: every draw of the bootstrap
 * takes the same clusters for both, so what is hard for both cancels out. A model against itself
 * differs by exactly zero in every draw. Immutable.
 *
 * @param miou the difference of the mean IoUs, first minus second
 * @param iou by class name, in index order
 * @param clusters what was drawn, for the report
 * @param bootstrap how it was drawn
 */
public record ModelDifference(
    Difference miou, Map<String, Difference> iou, String clusters, ClusterBootstrap bootstrap) {

  /**
   * A difference and how sure it is.
   *
   * @param estimate the difference with its intervals
   * @param p two-sided, of there being none; empty where the difference is undefined
   * @param adjustedP Holm's, over all classes that have one; that of the mean is not adjusted
   */
  public record Difference(Estimate estimate, Optional<Double> p, Optional<Double> adjustedP) {
    public Difference {
      Objects.requireNonNull(estimate, "estimate");
      Objects.requireNonNull(p, "p");
      Objects.requireNonNull(adjustedP, "adjustedP");
    }
  }

  public ModelDifference {
    Objects.requireNonNull(miou, "miou");
    iou = Collections.unmodifiableMap(new LinkedHashMap<>(iou));
    Objects.requireNonNull(clusters, "clusters");
    Objects.requireNonNull(bootstrap, "bootstrap");
  }

  /**
   * The difference of two runs; empty if there are fewer than two clusters.
   *
   * @param first the counts of each frame, in the order of the clusters
   * @param second those of the other model on the same frames
   * @throws BadInputException if the frames' truths differ
   */
  public static Optional<ModelDifference> of(
      Protocol protocol,
      List<ConfusionMatrix> first,
      List<ConfusionMatrix> second,
      Clusters clusters,
      ClusterBootstrap bootstrap) {
    requireSameTruth(first, second);
    if (clusters.count() < 2) {
      return Optional.empty();
    }
    List<String> names = first.get(0).space().classNames();
    ScoreVectors vectors = new ScoreVectors(protocol, names.size());
    int length = vectors.length();
    List<double[]> frames = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      double[] both = Arrays.copyOf(vectors.of(first.get(i)), 2 * length);
      System.arraycopy(vectors.of(second.get(i)), 0, both, length, length);
      frames.add(both);
    }
    double[] other = new double[vectors.scores()];
    Resampled resampled =
        bootstrap.resample(
            clusters.sums(frames),
            vectors.scores(),
            (sums, out) -> {
              vectors.scores(sums, 0, out);
              vectors.scores(sums, length, other);
              for (int s = 0; s < out.length; s++) {
                out[s] -= other[s];
              }
            });
    return Optional.of(
        new ModelDifference(
            new Difference(Estimate.of(resampled, 0), resampled.pOfZero(0), resampled.pOfZero(0)),
            byClass(names, resampled),
            clusters.description(),
            bootstrap));
  }

  /**
   * The p-value of the swap test for the mean IoUs: see {@link ClusterSwapTest}. What decides is
   * rested on it, because it holds its level with few clusters.
   *
   * @param first the counts of each frame, in the order of the clusters
   * @param second those of the other model on the same frames
   * @return empty if there are fewer than two clusters or a mean is undefined
   * @throws BadInputException if the frames' truths differ
   */
  public static OptionalDouble swapP(
      Protocol protocol,
      List<ConfusionMatrix> first,
      List<ConfusionMatrix> second,
      Clusters clusters) {
    requireSameTruth(first, second);
    if (clusters.count() < 2) {
      return OptionalDouble.empty();
    }
    ScoreVectors vectors = new ScoreVectors(protocol, first.get(0).space().size());
    double[] scores = new double[vectors.scores()];
    return ClusterSwapTest.p(
        clusters.sums(first.stream().map(vectors::of).toList()),
        clusters.sums(second.stream().map(vectors::of).toList()),
        1,
        sums -> {
          vectors.scores(sums, 0, scores);
          return scores[0];
        });
  }

  private static Map<String, Difference> byClass(List<String> names, Resampled resampled) {
    double[] adjusted =
        AdjustedP.holm(
            java.util.stream.IntStream.range(0, names.size())
                .mapToObj(c -> resampled.pOfZero(1 + c))
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .toArray());
    Map<String, Difference> out = new LinkedHashMap<>();
    int next = 0;
    for (int c = 0; c < names.size(); c++) {
      Optional<Double> p = resampled.pOfZero(1 + c);
      out.put(
          names.get(c),
          new Difference(
              Estimate.of(resampled, 1 + c),
              p,
              p.isPresent() ? Optional.of(adjusted[next++]) : Optional.empty()));
    }
    return out;
  }

  static void requireSameTruth(List<ConfusionMatrix> first, List<ConfusionMatrix> second) {
    if (first.size() != second.size() || first.isEmpty()) {
      throw new BadInputException(
          "paired difference: counts of "
              + first.size()
              + " and of "
              + second.size()
              + " frames; both models must have seen the same frames, and at least one");
    }
    for (int i = 0; i < first.size(); i++) {
      ConfusionMatrix a = first.get(i);
      ConfusionMatrix b = second.get(i);
      boolean same = a.space().equals(b.space());
      for (int t = 0; same && t <= a.classes(); t++) {
        same = rowSum(a, t) == rowSum(b, t);
      }
      if (!same) {
        throw new BadInputException(
            "paired difference: frame "
                + i
                + " has another truth for the second model than for the first; compare models on"
                + " the same frames under one mapping");
      }
    }
  }

  private static long rowSum(ConfusionMatrix matrix, int truth) {
    long sum = 0;
    for (int p = 0; p <= matrix.classes(); p++) {
      sum = Math.addExact(sum, matrix.count(truth, p));
    }
    return sum;
  }
}
