package io.drivemark.eval.metrics;

import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.ClusterSwapTest;
import io.drivemark.eval.statistics.Resampled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How sure the means over frames of some numbers are, each frame counting alike, and the
 * differences of two models' means on the same frames: by the bootstrap over clusters of frames, as
 * {@link ScoreIntervals} and {@link ModelDifference} have it for IoU. Stateless.
 */
public final class FrameMeans {
  private FrameMeans() {}

  /**
   * The means with their intervals, in the order of the numbers; empty if there are fewer than two
   * clusters.
   *
   * @param frames the numbers of each frame, in the order of the clusters
   */
  public static Optional<List<Estimate>> intervals(
      List<double[]> frames, Clusters clusters, ClusterBootstrap bootstrap) {
    if (clusters.count() < 2) {
      return Optional.empty();
    }
    int numbers = frames.get(0).length;
    return Optional.of(
        estimates(
            bootstrap.resample(
                clusters.sums(counted(frames)),
                numbers,
                (sums, out) -> means(sums, 0, numbers, out)),
            numbers));
  }

  /**
   * The first model's means less the second's, with their intervals: every draw takes the same
   * clusters for both. Empty if there are fewer than two clusters.
   *
   * @param first the numbers of each frame, in the order of the clusters
   * @param second those of the other model on the same frames
   */
  public static Optional<List<Estimate>> differences(
      List<double[]> first, List<double[]> second, Clusters clusters, ClusterBootstrap bootstrap) {
    requirePairs(first, second);
    if (clusters.count() < 2) {
      return Optional.empty();
    }
    int numbers = first.get(0).length;
    List<double[]> frames = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      double[] both = Arrays.copyOf(counted(first.get(i)), 2 * (numbers + 1));
      System.arraycopy(counted(second.get(i)), 0, both, numbers + 1, numbers + 1);
      frames.add(both);
    }
    double[] other = new double[numbers];
    return Optional.of(
        estimates(
            bootstrap.resample(
                clusters.sums(frames),
                numbers,
                (sums, out) -> {
                  means(sums, 0, numbers, out);
                  means(sums, numbers + 1, numbers, other);
                  for (int k = 0; k < numbers; k++) {
                    out[k] -= other[k];
                  }
                }),
            numbers));
  }

  /**
   * The two-sided p-values of there being no difference, in the order of the numbers: see {@link
   * ClusterSwapTest}. Empty ones if there are fewer than two clusters.
   */
  public static List<OptionalDouble> swapP(
      List<double[]> first, List<double[]> second, Clusters clusters) {
    requirePairs(first, second);
    int numbers = first.get(0).length;
    if (clusters.count() < 2) {
      return IntStream.range(0, numbers).mapToObj(k -> OptionalDouble.empty()).toList();
    }
    double[][] one = clusters.sums(counted(first));
    double[][] two = clusters.sums(counted(second));
    return IntStream.range(0, numbers)
        .mapToObj(k -> ClusterSwapTest.p(one, two, 1, sums -> sums[k] / sums[numbers]))
        .toList();
  }

  private static void requirePairs(List<double[]> first, List<double[]> second) {
    if (first.isEmpty() || first.size() != second.size()) {
      throw new IllegalArgumentException(
          "paired difference: numbers of "
              + first.size()
              + " and of "
              + second.size()
              + " frames; both models must have seen the same frames, and at least one");
    }
  }

  private static List<double[]> counted(List<double[]> frames) {
    return frames.stream().map(FrameMeans::counted).toList();
  }

  /** The numbers of a frame, and that it is one. */
  private static double[] counted(double[] frame) {
    double[] out = Arrays.copyOf(frame, frame.length + 1);
    out[frame.length] = 1;
    return out;
  }

  private static void means(double[] sums, int from, int numbers, double[] out) {
    for (int k = 0; k < numbers; k++) {
      out[k] = sums[from + k] / sums[from + numbers];
    }
  }

  private static List<Estimate> estimates(Resampled resampled, int numbers) {
    return IntStream.range(0, numbers).mapToObj(k -> Estimate.of(resampled, k)).toList();
  }
}
