package io.drivemark.eval.runner.derive;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.metrics.StateCalibrations;
import io.drivemark.eval.runner.evidence.StateCalibrationEvidence;
import io.drivemark.eval.runner.record.robust.RobustCalibration;
import io.drivemark.eval.runner.record.robust.RobustCalibration.OfState;
import io.drivemark.eval.runner.record.robust.RobustCalibration.Rise;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How far the confidences of labels are off on corrupted frames, from counts by state. Errors are
 * pooled over frames; means over corruptions and severities are those of {@link Robustnesses}.
 * Stateless.
 */
public final class RobustCalibrations {
  private RobustCalibrations() {}

  /** The counts of each frame in each state: clean, then as {@link Robustness#states()}. */
  record Counts(List<List<Calibration>> states) {
    /** Those of a cell's folder. */
    static Counts read(
        Path folder,
        LabelSpace space,
        List<String> states,
        List<String> samples,
        List<String> cleanSamples) {
      Map<String, Calibration> clean = StateCalibrationEvidence.clean(folder, space, cleanSamples);
      Map<String, Map<String, Calibration>> corrupted =
          StateCalibrationEvidence.read(folder, space, states, samples);
      List<List<Calibration>> all = new ArrayList<>();
      all.add(samples.stream().map(id -> Objects.requireNonNull(clean.get(id), id)).toList());
      states.forEach(state -> all.add(List.copyOf(corrupted.get(state).values())));
      return new Counts(all);
    }

    private Calibration sum(int state) {
      Calibration sum = new Calibration();
      states.get(state).forEach(sum::add);
      return sum;
    }
  }

  /**
   * The errors and their intervals, from the files of a cell's folder.
   *
   * @param robustness what is known of the same frames in the same states
   * @param samples the ids of these frames, in the order of the files
   * @param cleanSamples the ids of all frames of the cell, in order
   * @param attributes of the frames by sample id
   * @throws io.drivemark.problem.BadInputException if a file is missing or damaged
   */
  public static RobustCalibration of(
      Path folder,
      LabelSpace space,
      Robustness robustness,
      List<String> samples,
      List<String> cleanSamples,
      Map<String, Map<String, String>> attributes) {
    Counts counts = Counts.read(folder, space, robustness.states(), samples, cleanSamples);
    Clusters clusters =
        Reliability.clusters(
            samples.stream().map(id -> attributes.getOrDefault(id, Map.of())).toList());
    return of(robustness, counts, clusters);
  }

  static RobustCalibration of(Robustness robustness, Counts counts, Clusters clusters) {
    List<Level> levels = robustness.levels();
    List<List<Integer>> groups = Robustnesses.groups(levels);
    int states = counts.states().size();
    int conditions = robustness.conditions().size();
    int plain = levels.size() + 1;
    double[] errors = new double[states];
    List<OfState> found = new ArrayList<>();
    for (int s = 0; s < states; s++) {
      Calibration sum = counts.sum(s);
      MetricValue error = sum.expectedError();
      errors[s] = error.value().orElse(Double.NaN);
      if (s > 0) {
        found.add(
            new OfState(
                robustness.states().get(s - 1), error.value(), sum.overconfidence().value()));
      }
    }
    int figures = 2 + groups.size() + conditions;
    double[] values = new double[figures];
    figures(errors, groups, plain, values);
    List<Estimate> estimates =
        StateCalibrations.estimates(
            counts.states(),
            clusters,
            Reliability.PAIRED,
            figures,
            (drawn, out) -> figures(drawn, groups, plain, out));
    List<Rise> rises = new ArrayList<>();
    List<String> corruptions = levels.stream().map(Level::corruption).distinct().toList();
    for (int g = 0; g < groups.size(); g++) {
      rises.add(
          new Rise(
              corruptions.get(g),
              defined(mean(errors, groups.get(g))),
              span(values, estimates, 2 + g)));
    }
    for (int c = 0; c < conditions; c++) {
      rises.add(
          new Rise(
              robustness.conditions().get(c).name(),
              defined(errors[plain + 1 + c]),
              span(values, estimates, 2 + groups.size() + c)));
    }
    return new RobustCalibration(
        defined(errors[0]), found, span(values, estimates, 0), span(values, estimates, 1), rises);
  }

  /** The mean under corruption, by how much it is larger, and that of each state. */
  private static void figures(
      double[] errors, List<List<Integer>> groups, int plain, double[] out) {
    out[0] = Robustnesses.mean(errors, groups);
    out[1] = out[0] - errors[0];
    for (int g = 0; g < groups.size(); g++) {
      out[2 + g] = mean(errors, groups.get(g)) - errors[0];
    }
    for (int f = 2 + groups.size(); f < out.length; f++) {
      out[f] = errors[plain + f - 1 - groups.size()] - errors[plain];
    }
  }

  private static double mean(double[] errors, List<Integer> group) {
    double sum = 0;
    for (int state : group) {
      sum += errors[state];
    }
    return sum / group.size();
  }

  /**
   * How errors of two networks differ.
   *
   * @param robustness of the first one
   * @param first counts clean and at each level; further states are not looked at
   * @param second those of the other network on the same frames
   * @throws io.drivemark.problem.BadInputException if the frames' truths differ
   */
  static RobustCalibration.Difference difference(
      Robustness robustness, Counts first, Counts second, Clusters clusters) {
    List<List<Integer>> groups = Robustnesses.groups(robustness.levels());
    int states = 1 + robustness.levels().size();
    List<List<Calibration>> mine = first.states().subList(0, states);
    List<List<Calibration>> others = second.states().subList(0, states);
    List<List<Calibration>> both = new ArrayList<>(mine);
    both.addAll(others);
    double[] one = new double[states];
    double[] two = new double[states];
    double[] values = new double[2];
    double[] errors = new double[2 * states];
    for (int s = 0; s < states; s++) {
      errors[s] = first.sum(s).expectedError().value().orElse(Double.NaN);
      errors[states + s] = second.sum(s).expectedError().value().orElse(Double.NaN);
    }
    between(errors, one, two, groups, values);
    List<Estimate> estimates =
        StateCalibrations.estimates(
            both,
            clusters,
            Reliability.PAIRED,
            2,
            (drawn, out) -> between(drawn, one, two, groups, out));
    return new RobustCalibration.Difference(
        span(values, estimates, 0),
        span(values, estimates, 1),
        StateCalibrations.swapP(mine, others, clusters, e -> Robustnesses.mean(e, groups)));
  }

  /** The first network's clean error and mean error under corruption less the other's. */
  private static void between(
      double[] errors, double[] one, double[] two, List<List<Integer>> groups, double[] out) {
    System.arraycopy(errors, 0, one, 0, one.length);
    System.arraycopy(errors, one.length, two, 0, two.length);
    out[0] = one[0] - two[0];
    out[1] = Robustnesses.mean(one, groups) - Robustnesses.mean(two, groups);
  }

  private static Span span(double[] values, List<Estimate> estimates, int figure) {
    return Robustnesses.span(defined(values[figure]), estimates, figure);
  }

  private static OptionalDouble defined(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
