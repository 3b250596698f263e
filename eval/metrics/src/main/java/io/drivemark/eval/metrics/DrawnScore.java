package io.drivemark.eval.metrics;

import io.drivemark.eval.statistics.JointDraws;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A score of one model in the form that joint draws take: a vector of numbers for each cluster of
 * frames, and the score that follows from the sum of any of them. Immutable.
 */
public final class DrawnScore {
  private final double[][] clusters;
  private final Supplier<JointDraws.Statistic> statistic;

  private DrawnScore(double[][] clusters, Supplier<JointDraws.Statistic> statistic) {
    this.clusters = clusters;
    this.statistic = statistic;
  }

  /** The mean IoU under a protocol, from the counts of each frame in the order of the clusters. */
  public static DrawnScore miou(
      Protocol protocol, List<ConfusionMatrix> frames, Clusters clusters) {
    ScoreVectors vectors = new ScoreVectors(protocol, frames.get(0).classes());
    return new DrawnScore(
        clusters.sums(frames.stream().map(vectors::of).toList()),
        () -> {
          double[] scores = new double[vectors.scores()];
          return sums -> {
            vectors.scores(sums, 0, scores);
            return scores[0];
          };
        });
  }

  /** The mean over frames of a number of each, in the order of the clusters. */
  public static DrawnScore mean(double[] frames, Clusters clusters) {
    return new DrawnScore(
        clusters.sums(Arrays.stream(frames).mapToObj(v -> new double[] {v, 1}).toList()),
        () -> sums -> sums[0] / sums[1]);
  }

  /**
   * Any score of sums.
   *
   * @param frames numbers of each frame in the order of the clusters, of one length
   * @param statistic gives the score of their sum; each one it makes serves one thread
   */
  public static DrawnScore of(
      List<double[]> frames, Clusters clusters, Supplier<JointDraws.Statistic> statistic) {
    Objects.requireNonNull(statistic, "statistic");
    return new DrawnScore(clusters.sums(frames), statistic);
  }

  /** How many clusters of frames. */
  public int clusters() {
    return clusters.length;
  }

  /** The score on all frames; NaN if it is undefined. */
  public double value() {
    double[] sums = new double[clusters.length == 0 ? 0 : clusters[0].length];
    for (double[] cluster : clusters) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] += cluster[k];
      }
    }
    return statistic.get().of(sums);
  }

  /**
   * Whether another model has the same numbers in every cluster, so that no draw tells them apart.
   */
  public boolean hasSameCounts(DrawnScore other) {
    return Arrays.deepEquals(clusters, other.clusters);
  }

  /**
   * Draws the scores of several models jointly.
   *
   * @param scores on the same frames, so with the same clusters, at least 2
   * @param draws at least 100
   * @param seed of the generator
   * @throws IllegalArgumentException if the numbers of clusters differ or are less than 2
   */
  public static JointDraws draw(List<DrawnScore> scores, int draws, long seed) {
    return JointDraws.ofClusters(
        scores.stream().map(s -> s.clusters).toList(),
        scores.stream().map(s -> s.statistic.get()).toList(),
        draws,
        seed);
  }
}
