package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.statistics.Autocorrelation;
import io.drivemark.eval.statistics.NightScatter;
import io.drivemark.eval.statistics.PredictionLimit;
import io.drivemark.eval.statistics.Robust;
import io.drivemark.eval.statistics.ScatterPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tonight's value of each row against its nights before: the prediction limit of the current level,
 * whose scatter is that of the newest nights about their own levels and, where these are few, of
 * the other rows, never less than processes of one night let it be, widened by how much tonight's
 * values scatter.
 */
final class NightTest {
  /** Cells of an engine from which on their median says what it does to all of them. */
  private static final int FEWEST_OF_AN_ENGINE = 3;

  /** Cells of an engine whose own scatter says something of the machine. */
  private static final int ENOUGH_OF_AN_ENGINE = 5;

  /** Nights that all rows together count for where it is asked how alike neighbours are. */
  private static final int OF_ALL = 30;

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

    /** In words, of what was measured again: beside what was measured first. */
    String after(Result first) {
      return String.format(
          Locale.ROOT,
          "first %+.1f %%, timed again %+.1f %%",
          100 * row.relative(first.value - limit.level()),
          100 * row.relative(value - limit.level()));
    }

    /** The same of the mean of this value and another one. */
    Result with(double other, double factor) {
      return at((value + other) / 2, factor);
    }

    /** The same of a single process that was started later in the night. */
    Result ofProcess(double value, double factor) {
      PredictionLimit wider = limit.atLeast(row.processes().single(limit.scatter()));
      return new Result(row, wider, value, 0, 1).at(value, factor);
    }
  }

  /** The values of the nights before one: of each earlier level, and of the current one. */
  private record Before(Row row, double[] current, double[][] earlier) {
    /** All levels in their order. */
    double[][] levels() {
      double[][] out = Arrays.copyOf(earlier, earlier.length + 1);
      out[earlier.length] = current;
      return out;
    }

    int values() {
      return Arrays.stream(levels()).mapToInt(level -> level.length).sum();
    }
  }

  /**
   * The end of the nights that a night is held against: where a model was replaced and no change of
   * its level is known yet, those of the model before.
   */
  private static int end(Row row, int night) {
    return row.replaced() > row.start(night) ? row.replaced() : night;
  }

  /** What a row has before a night; empty if that is too little. */
  private Optional<Before> before(Row row, int night) {
    int[] known = row.nights(0, end(row, night));
    if (known.length > rules.window()) {
      known = Arrays.copyOfRange(known, known.length - rules.window(), known.length);
    }
    int start = row.start(night);
    int[] current = Arrays.stream(known).filter(t -> t >= start).toArray();
    if (known.length < rules.least() || current.length == 0) {
      return Optional.empty();
    }
    List<double[]> earlier = new ArrayList<>();
    int from = 0;
    for (int to : row.starts()) {
      if (to <= start) {
        int first = from;
        earlier.add(row.at(Arrays.stream(known).filter(t -> t >= first && t < to).toArray()));
        from = to;
      }
    }
    double[][] some = earlier.stream().filter(r -> r.length > 0).toArray(double[][]::new);
    return known.length - some.length - 1 < 2
        ? Optional.empty()
        : Optional.of(new Before(row, row.at(current), some));
  }

  /**
   * How alike a row's neighbours are: by its own values, and by all rows' as if they were {@value
   * #OF_ALL} more nights of it. A dozen nights of one row say little, of all rows much.
   */
  private static double alike(Before before, OptionalDouble shared) {
    double own = Autocorrelation.of(before.levels());
    if (shared.isEmpty()) {
      return own;
    }
    double nights = before.values();
    return (nights * own + OF_ALL * shared.getAsDouble()) / (nights + OF_ALL);
  }

  /** How many nights a row has before one. */
  int nights(Row row, int night) {
    return Math.min(rules.window(), row.nights(0, end(row, night)).length);
  }

  /**
   * The results of all rows of one metric that can be judged, at tonight's scatter.
   *
   * @param ifFew the factor where too few rows are judged to tell
   */
  List<Result> judge(List<Row> rows, int night, double ifFew) {
    List<Before> known =
        rows.stream()
            .filter(row -> !Double.isNaN(row.values()[night]))
            .flatMap(row -> before(row, night).stream())
            .toList();
    OptionalDouble shared = Autocorrelation.shared(known.stream().map(Before::levels).toList());
    List<PredictionLimit> own =
        known.stream()
            .map(one -> PredictionLimit.of(one.current(), one.earlier(), alike(one, shared)))
            .toList();
    Optional<ScatterPrior> prior =
        ScatterPrior.of(
            own.stream().mapToDouble(limit -> limit.scatter() * limit.scatter()).toArray(),
            own.stream().mapToDouble(PredictionLimit::freedom).toArray());
    List<Result> plain = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      Row row = known.get(i).row();
      PredictionLimit alone = own.get(i);
      PredictionLimit limit =
          prior.map(p -> p.of(alone)).orElse(alone).atLeast(row.processes().ofNight());
      double value = row.values()[night];
      plain.add(new Result(row, limit, value, limit.z(value), 1));
    }
    double factor = factor(plain, ifFew);
    return plain.stream().map(result -> result.at(result.value(), factor)).toList();
  }

  /**
   * By how much tonight's values scatter more than usual, each about the median of its engine: what
   * an engine does to all of its cells is no scatter. What troubles the machine troubles the cells
   * of every engine: of several engines with enough cells the calmest one tells, so that an engine
   * that changed its cells unequally does not pass for the machine.
   */
  static double factor(List<Result> results, double ifFew) {
    Map<String, List<Result>> byEngine =
        results.stream()
            .filter(result -> result.limit().error() > 0)
            .collect(
                Collectors.groupingBy(
                    r -> r.row().series().engine(), TreeMap::new, Collectors.toList()));
    List<double[]> rests = byEngine.values().stream().map(NightTest::rests).toList();
    double[] all = rests.stream().flatMapToDouble(Arrays::stream).toArray();
    double pooled = NightScatter.of(all).orElse(ifFew);
    List<double[]> enough = rests.stream().filter(z -> z.length >= ENOUGH_OF_AN_ENGINE).toList();
    if (enough.size() < 2) {
      return pooled;
    }
    double calmest =
        enough.stream().mapToDouble(z -> Math.max(1, Robust.scaledMad(z))).min().orElseThrow();
    return Math.min(pooled, calmest);
  }

  /** Distances from the levels less the median of them, in standard errors. */
  private static double[] rests(List<Result> ofAnEngine) {
    double[] distances =
        ofAnEngine.stream().mapToDouble(r -> r.value() - r.limit().level()).toArray();
    double middle = distances.length < FEWEST_OF_AN_ENGINE ? 0 : Robust.median(distances);
    double[] out = new double[distances.length];
    Arrays.setAll(out, i -> (distances[i] - middle) / ofAnEngine.get(i).limit().error());
    return out;
  }
}
