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
 * The expected calibration errors of a network on the same frames in several states (clean, in fog,
 * at night), or of two networks each in several: what follows from them, and how sure it is. As
 * {@link StateScores} does for mIoUs, every draw takes the same clusters of frames in all states.
 * Stateless.
 */
public final class StateCalibrations {
  private static final int LENGTH = 3 * Calibration.BINS;

  private StateCalibrations() {}

  /**
   * Figures and their intervals.
   *
   * @param states the counts of each frame in each state, in the order of the clusters, in {@value
   *     Calibration#BINS} bins
   * @param figures how many {@code of} gives
   * @param of figures of the errors of all states
   * @return one for each figure; none if there are fewer than two clusters
   * @throws BadInputException if the states are not of the same frames with as many valid pixels
   */
  public static List<Estimate> estimates(
      List<List<Calibration>> states,
      Clusters clusters,
      ClusterBootstrap bootstrap,
      int figures,
      StateScores.Figures of) {
    requireSamePixels(states);
    if (clusters.count() < 2) {
      return List.of();
    }
    double[] errors = new double[states.size()];
    Resampled resampled =
        bootstrap.resample(
            clusters.sums(joined(states)),
            figures,
            (sums, out) -> {
              errors(sums, errors);
              of.compute(errors, out);
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
   * @throws BadInputException if the frames do not have as many valid pixels
   */
  public static OptionalDouble swapP(
      List<List<Calibration>> first,
      List<List<Calibration>> second,
      Clusters clusters,
      StateScores.Figure figure) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "states of two networks: " + first.size() + " and " + second.size());
    }
    List<List<Calibration>> both = new ArrayList<>(first);
    both.addAll(second);
    requireSamePixels(both);
    if (clusters.count() < 2) {
      return OptionalDouble.empty();
    }
    double[] errors = new double[first.size()];
    return ClusterSwapTest.p(
        clusters.sums(joined(first)),
        clusters.sums(joined(second)),
        1,
        sums -> {
          errors(sums, errors);
          return figure.of(errors);
        });
  }

  /** For each frame the numbers of all states one after the other. */
  private static List<double[]> joined(List<List<Calibration>> states) {
    List<double[]> out = new ArrayList<>();
    for (int i = 0; i < states.get(0).size(); i++) {
      double[] all = new double[states.size() * LENGTH];
      for (int s = 0; s < states.size(); s++) {
        long[] numbers = states.get(s).get(i).numbers();
        for (int k = 0; k < LENGTH; k++) {
          all[s * LENGTH + k] = numbers[k];
        }
      }
      out.add(all);
    }
    return out;
  }

  private static void errors(double[] sums, double[] errors) {
    for (int s = 0; s < errors.length; s++) {
      errors[s] = Calibration.expectedError(sums, s * LENGTH, Calibration.BINS);
    }
  }

  private static void requireSamePixels(List<List<Calibration>> states) {
    if (states.isEmpty() || states.get(0).isEmpty()) {
      throw new BadInputException("states: at least one state of one frame is needed");
    }
    List<Long> pixels = states.get(0).stream().map(Calibration::allPixels).toList();
    for (List<Calibration> state : states) {
      if (state.stream().anyMatch(c -> c.bins() != Calibration.BINS)) {
        throw new IllegalArgumentException(
            "calibration: expected " + Calibration.BINS + " bins in all states");
      }
      if (!state.stream().map(Calibration::allPixels).toList().equals(pixels)) {
        throw new BadInputException(
            "calibration: the states are not of the same frames: their valid pixels differ");
      }
    }
  }
}
