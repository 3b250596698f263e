package io.drivemark.eval.metrics;

import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.ClusterSwapTest;
import io.drivemark.eval.statistics.Resampled;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The mIoUs of a network on the same frames in several states (clean, in fog, at night), or of two
 * networks each in several: what follows from them, and how sure it is. Every draw takes the same
 * clusters of frames in all states, so what is hard in all of them cancels out. Stateless.
 */
public final class StateScores {
  private StateScores() {}

  /** Figures of the values of all states: mIoUs, or errors of calibration. */
  @FunctionalInterface
  public interface Figures {
    /**
     * Computes all figures.
     *
     * @param values of each state, NaN where undefined; not to be kept or written to
     * @param out where the figures go, NaN where one is undefined
     */
    void compute(double[] values, double[] out);
  }

  /** One figure of the values of a network's states; NaN where it is undefined. */
  @FunctionalInterface
  public interface Figure {
    /** Computes it; the array is reused and must not be kept or written to. */
    double of(double[] values);
  }

  /**
   * Figures and their intervals.
   *
   * @param states the counts of each frame in each state, in the order of the clusters
   * @param figures how many {@code of} gives
   * @return one for each figure; none if there are fewer than two clusters
   * @throws BadInputException if the states are not of the same frames with the same truth
   */
  public static List<Estimate> estimates(
      Protocol protocol,
      List<List<ConfusionMatrix>> states,
      Clusters clusters,
      ClusterBootstrap bootstrap,
      int figures,
      Figures of) {
    requireSameTruth(states);
    if (clusters.count() < 2) {
      return List.of();
    }
    ScoreVectors vectors = vectors(protocol, states);
    double[] mious = new double[states.size()];
    double[] scores = new double[vectors.scores()];
    Resampled resampled =
        bootstrap.resample(
            clusters.sums(joined(vectors, states)),
            figures,
            (sums, out) -> {
              mious(vectors, sums, scores, mious);
              of.compute(mious, out);
            });
    List<Estimate> out = new ArrayList<>();
    for (int f = 0; f < figures; f++) {
      out.add(Estimate.of(resampled, f));
    }
    return out;
  }

  /**
   * The p-value of a figure being the same for two networks, by exchanging their results on
   * clusters of frames, in all states at once: see {@link ClusterSwapTest}.
   *
   * @param first the counts of each frame in each state
   * @param second those of the other network on the same frames in the same states
   * @return empty if there are fewer than two clusters or the figure is undefined
   * @throws BadInputException if the frames' truths differ
   */
  public static OptionalDouble swapP(
      Protocol protocol,
      List<List<ConfusionMatrix>> first,
      List<List<ConfusionMatrix>> second,
      Clusters clusters,
      Figure figure) {
    List<List<ConfusionMatrix>> both = new ArrayList<>(first);
    both.addAll(second);
    requireSameTruth(both);
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "states of two networks: " + first.size() + " and " + second.size());
    }
    if (clusters.count() < 2) {
      return OptionalDouble.empty();
    }
    ScoreVectors vectors = vectors(protocol, first);
    double[] mious = new double[first.size()];
    double[] scores = new double[vectors.scores()];
    return ClusterSwapTest.p(
        clusters.sums(joined(vectors, first)),
        clusters.sums(joined(vectors, second)),
        1,
        sums -> {
          mious(vectors, sums, scores, mious);
          return figure.of(mious);
        });
  }

  private static ScoreVectors vectors(Protocol protocol, List<List<ConfusionMatrix>> states) {
    return new ScoreVectors(protocol, states.get(0).get(0).space().size());
  }

  /** For each frame the vectors of all states one after the other. */
  private static List<double[]> joined(ScoreVectors vectors, List<List<ConfusionMatrix>> states) {
    int length = vectors.length();
    List<double[]> out = new ArrayList<>();
    for (int i = 0; i < states.get(0).size(); i++) {
      double[] all = new double[states.size() * length];
      for (int s = 0; s < states.size(); s++) {
        System.arraycopy(vectors.of(states.get(s).get(i)), 0, all, s * length, length);
      }
      out.add(all);
    }
    return out;
  }

  private static void mious(ScoreVectors vectors, double[] sums, double[] scores, double[] mious) {
    for (int s = 0; s < mious.length; s++) {
      vectors.scores(sums, s * vectors.length(), scores);
      mious[s] = scores[0];
    }
  }

  private static void requireSameTruth(List<List<ConfusionMatrix>> states) {
    if (states.isEmpty() || states.get(0).isEmpty()) {
      throw new BadInputException("states: at least one state of one frame is needed");
    }
    for (List<ConfusionMatrix> state : states.subList(1, states.size())) {
      ModelDifference.requireSameTruth(states.get(0), state);
    }
  }
}
