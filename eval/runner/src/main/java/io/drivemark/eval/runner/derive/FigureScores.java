package io.drivemark.eval.runner.derive;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.DrawnScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A gauge's figure in the form that joint draws take: the counts of clusters of frames, and the
 * figure of their sum. Stateless.
 */
final class FigureScores {
  private FigureScores() {}

  /**
   * The score of a figure; empty where it is no function of summed counts: it looks at single
   * frames, or its counts have keys.
   *
   * @param pool what was counted on all frames
   */
  static Optional<DrawnScore> of(Gauge gauge, String figure, Pool pool, Clusters clusters) {
    Columns columns = gauge.columns(pool.space());
    if (!columns.keys().isEmpty()) {
      return Optional.empty();
    }
    int side = pool.space().size() + 1;
    List<double[]> frames = new ArrayList<>();
    for (int i = 0; i < pool.confusion().size(); i++) {
      frames.add(
          numbers(
              pool.confusion().get(i),
              pool.frames().isEmpty() ? new long[0] : pool.frames().get(i).numbers(),
              side));
    }
    DrawnScore score =
        DrawnScore.of(
            frames,
            clusters,
            () ->
                sums -> value(gauge, figure, summed(pool, columns, sums, side)).orElse(Double.NaN));
    OptionalDouble whole = value(gauge, figure, pool);
    boolean sameOfSums =
        whole.isPresent() && Double.compare(whole.getAsDouble(), score.value()) == 0;
    return sameOfSums ? Optional.of(score) : Optional.empty();
  }

  private static double[] numbers(ConfusionMatrix matrix, long[] counts, int side) {
    double[] out = new double[side * side + counts.length];
    for (int t = 0; t < side; t++) {
      for (int p = 0; p < side; p++) {
        out[t * side + p] = matrix.count(t, p);
      }
    }
    for (int k = 0; k < counts.length; k++) {
      out[side * side + k] = counts[k];
    }
    return out;
  }

  /** One frame that has all the counts. */
  private static Pool summed(Pool pool, Columns columns, double[] sums, int side) {
    LabelSpace space = pool.space();
    long[][] confusion = new long[side][side];
    for (int k = 0; k < side * side; k++) {
      confusion[k / side][k % side] = (long) sums[k];
    }
    long[] counts = new long[columns.counts().size()];
    for (int k = 0; k < counts.length; k++) {
      counts[k] = (long) sums[side * side + k];
    }
    return new Pool(
        space,
        pool.protocol(),
        pool.settings(),
        List.of(ConfusionMatrix.of(space, confusion)),
        columns.isEmpty() ? List.of() : List.of(Counts.of(columns, counts)));
  }

  private static OptionalDouble value(Gauge gauge, String figure, Pool pool) {
    return gauge.read(pool).values().get(figure).value().value();
  }
}
