package io.drivemark.eval.decide.robust;

import io.drivemark.eval.decide.Comparison;
import io.drivemark.eval.decide.SwapReach;
import io.drivemark.eval.runner.record.robust.RobustCalibration;
import io.drivemark.eval.runner.record.robust.RobustCalibration.Rise;
import io.drivemark.eval.runner.record.robust.Robustness.Difference;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.eval.statistics.AdjustedP;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far the confidences of a yardstick's networks are off under corruption, by expected
 * calibration error: of those that were asked how sure they are. Immutable.
 *
 * @param rows one a network, in the order of {@link RobustStanding#rows()}
 * @param verdicts how errors compare, each network held against the one that it is held against by
 *     accuracy
 */
public record CalibrationStanding(List<Row> rows, List<Verdict> verdicts) {

  /** Whether a network's errors under corruption are smaller or larger than another's. */
  public enum Finding {
    /** They are smaller, beyond doubt. */
    SMALLER,
    /** They are larger, beyond doubt. */
    LARGER,
    /** They cannot be told apart. */
    OPEN,
    /** No difference whatever could be claimed: too few clusters for the test. */
    TOO_FEW
  }

  /**
   * A column: of a corruption the mean over its severities, of a condition one state.
   *
   * @param error absent where undefined
   * @param shade from 0, the largest of the column, to 1, the smallest; absent where all are equal
   */
  public record Value(OptionalDouble error, OptionalDouble shade) {}

  /**
   * A network.
   *
   * @param number its place in the given order
   * @param columns by corruption, then by condition
   * @param most the corruption by which the error grows most; absent without corruptions
   */
  public record Row(
      int number, RobustCalibration calibration, Map<String, Value> columns, Optional<Rise> most) {}

  /**
   * What may be claimed of a network and the one that it is held against.
   *
   * @param number the network's place in the given order
   * @param from name of the other one
   * @param difference as recorded
   * @param clusters over how many clusters of frames; absent in records of older programs
   * @param adjustedP of their mean errors under corruption being equal, Holm's over all pairs that
   *     are held here; absent where no test was made
   * @param finding claimed at most at a chance of {@link Comparison#LEVEL} of one false claim, and
   *     only where the difference's interval does not hold zero
   * @param tests how many were adjusted together
   */
  public record Verdict(
      int number,
      String from,
      RobustCalibration.Difference difference,
      Optional<Integer> clusters,
      OptionalDouble adjustedP,
      Finding finding,
      int tests) {}

  public CalibrationStanding {
    rows = List.copyOf(rows);
    verdicts = List.copyOf(verdicts);
  }

  /** The standing of those that were asked how sure they are; empty if none was. */
  public static Optional<CalibrationStanding> of(RobustStanding standing) {
    List<RobustStanding.Row> asked =
        standing.rows().stream().filter(r -> r.robustness().calibration().isPresent()).toList();
    return asked.isEmpty()
        ? Optional.empty()
        : Optional.of(new CalibrationStanding(rows(asked), verdicts(standing)));
  }

  private static List<Row> rows(List<RobustStanding.Row> asked) {
    List<Map<String, OptionalDouble>> errors = new ArrayList<>();
    for (RobustStanding.Row row : asked) {
      Map<String, OptionalDouble> ofRow = new LinkedHashMap<>();
      calibration(row).rises().forEach(rise -> ofRow.put(rise.name(), rise.error()));
      errors.add(ofRow);
    }
    List<Row> out = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      RobustStanding.Row row = asked.get(i);
      Map<String, Value> columns = new LinkedHashMap<>();
      errors.get(i).forEach((name, error) -> columns.put(name, value(error, name, errors)));
      out.add(
          new Row(
              row.number(),
              calibration(row),
              columns,
              calibration(row).rises().stream()
                  .filter(rise -> row.corruptions().containsKey(rise.name()))
                  .filter(rise -> rise.rise().value().isPresent())
                  .max(Comparator.comparingDouble(r -> r.rise().value().getAsDouble()))));
    }
    return out;
  }

  private static RobustCalibration calibration(RobustStanding.Row row) {
    return row.robustness().calibration().orElseThrow();
  }

  private static Value value(
      OptionalDouble error, String name, List<Map<String, OptionalDouble>> errors) {
    double[] all =
        errors.stream()
            .map(row -> row.get(name))
            .filter(Objects::nonNull)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    boolean spread = all.length > 0 && all[all.length - 1] > all[0];
    return new Value(
        error,
        error.isPresent() && spread
            ? OptionalDouble.of(
                (all[all.length - 1] - error.getAsDouble()) / (all[all.length - 1] - all[0]))
            : OptionalDouble.empty());
  }

  private static List<Verdict> verdicts(RobustStanding standing) {
    List<RobustStanding.Verdict> held =
        standing.verdicts().stream().filter(v -> v.difference().calibration().isPresent()).toList();
    double[] adjusted =
        AdjustedP.holm(
            held.stream()
                .map(v -> difference(v).meanP())
                .flatMapToDouble(OptionalDouble::stream)
                .toArray());
    List<Verdict> out = new ArrayList<>();
    int tested = 0;
    for (RobustStanding.Verdict v : held) {
      Difference recorded = v.difference();
      OptionalDouble p =
          difference(v).meanP().isPresent()
              ? OptionalDouble.of(adjusted[tested++])
              : OptionalDouble.empty();
      out.add(
          new Verdict(
              v.number(),
              recorded.from(),
              difference(v),
              recorded.clusters(),
              p,
              finding(difference(v).mean(), recorded.clusters(), p, adjusted.length),
              adjusted.length));
    }
    return out;
  }

  private static RobustCalibration.Difference difference(RobustStanding.Verdict verdict) {
    return verdict.difference().calibration().orElseThrow();
  }

  private static Finding finding(
      Span mean, Optional<Integer> clusters, OptionalDouble p, int tests) {
    if (SwapReach.isTooFew(clusters, p, tests)) {
      return Finding.TOO_FEW;
    }
    if (p.isEmpty() || p.getAsDouble() > Comparison.LEVEL) {
      return Finding.OPEN;
    }
    if (mean.high().isPresent() && mean.high().getAsDouble() < 0) {
      return Finding.SMALLER;
    }
    return mean.low().isPresent() && mean.low().getAsDouble() > 0 ? Finding.LARGER : Finding.OPEN;
  }
}
