package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.statistics.NightScatter;
import io.drivemark.eval.statistics.PredictionLimit;
import io.drivemark.eval.statistics.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tonight's value of each row against its nights before: the prediction limit of the current level,
 * whose scatter is that of the newest nights about their own levels, widened by how much tonight's
 * values scatter.
 */
final class NightTest {
  /** Cells of an engine from which on their median says what it does to all of them. */
  private static final int FEWEST_OF_AN_ENGINE = 3;

  private final JudgeRules rules;

  NightTest(JudgeRules rules) {
    this.rules = rules;
  }

  /**
   * What a row says of a night.
   *
   * @param limit from the nights before
   * @param value of tonight
   * @param z its distance from the level in standard errors
   * @param p that it is worse; 1 where the change does not count
   */
  record Result(Row row, PredictionLimit limit, double value, double z, double p) {
    /** The same of another value, at another scatter. */
    Result at(double other, double factor) {
      double distance = limit.z(other);
      double tail = row.counts(limit.level(), other) ? limit.pAbove(distance / factor) : 1;
      return new Result(row, limit, other, distance, tail);
    }
  }

  /** The limit that the nights before one make; empty if there are too few. */
  Optional<PredictionLimit> limit(Row row, int night) {
    int[] known = row.nights(0, night);
    if (known.length > rules.window()) {
      known = Arrays.copyOfRange(known, known.length - rules.window(), known.length);
    }
    int start = row.start(night);
    int[] current = Arrays.stream(known).filter(t -> t >= start).toArray();
    if (known.length < rules.least() || current.length == 0) {
      return Optional.empty();
    }
    List<double[]> earlier = new ArrayList<>();
    int to = start;
    for (int i = row.starts().length - 1; i >= -1; i--) {
      int from = i < 0 ? 0 : row.starts()[i];
      if (from < to) {
        int end = to;
        earlier.add(row.at(Arrays.stream(known).filter(t -> t >= from && t < end).toArray()));
        to = from;
      }
    }
    double[][] before = earlier.stream().filter(r -> r.length > 0).toArray(double[][]::new);
    if (known.length - before.length - 1 < 2) {
      return Optional.empty();
    }
    return Optional.of(PredictionLimit.of(row.at(current), before));
  }

  /** How many nights a row has before one. */
  int nights(Row row, int night) {
    return Math.min(rules.window(), row.nights(0, night).length);
  }

  /**
   * The results of all rows of one metric that can be judged, at tonight's scatter.
   *
   * @param ifFew the factor where too few rows are judged to tell
   */
  List<Result> judge(List<Row> rows, int night, double ifFew) {
    List<Result> plain = new ArrayList<>();
    for (Row row : rows) {
      if (!Double.isNaN(row.values()[night])) {
        limit(row, night)
            .ifPresent(
                limit -> {
                  double value = row.values()[night];
                  plain.add(new Result(row, limit, value, limit.z(value), 1));
                });
      }
    }
    double factor = factor(plain, ifFew);
    return plain.stream().map(result -> result.at(result.value(), factor)).toList();
  }

  /**
   * By how much tonight's values scatter more than usual, each about the median of its engine: what
   * an engine does to all of its cells is no scatter.
   */
  static double factor(List<Result> results, double ifFew) {
    Map<String, List<Double>> byEngine = new TreeMap<>();
    for (Result result : results) {
      if (Double.isFinite(result.z())) {
        byEngine
            .computeIfAbsent(result.row().series().engine(), e -> new ArrayList<>())
            .add(result.z());
      }
    }
    double[] rests =
        byEngine.values().stream()
            .map(values -> values.stream().mapToDouble(z -> z).toArray())
            .flatMapToDouble(
                z -> {
                  double middle = z.length < FEWEST_OF_AN_ENGINE ? 0 : Robust.median(z);
                  return Arrays.stream(z).map(v -> v - middle);
                })
            .toArray();
    return NightScatter.of(rests).orElse(ifFew);
  }
}
