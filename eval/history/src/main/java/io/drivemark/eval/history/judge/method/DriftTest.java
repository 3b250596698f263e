package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.statistics.AdjustedP;
import io.drivemark.eval.statistics.Autocorrelation;
import io.drivemark.eval.statistics.Drift;
import io.drivemark.eval.statistics.Robust;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Whether rows creep since a pinned night, in steps too small to be found one by one: once a month,
 * by Mann's and Kendall's test with Theil's and Sen's slope, where the newest nights are worse than
 * those about the pinned one by more than the floor.
 */
final class DriftTest {
  /** Nights since the pinned one that are needed. */
  static final int FEWEST = 30;

  /** Nights of which a level at either end is the median. */
  private static final int END = 10;

  private final JudgeRules rules;

  DriftTest(JudgeRules rules) {
    this.rules = rules;
  }

  /**
   * Creeping that counts.
   *
   * @param from the level of the nights from the pinned one on
   * @param to the level of the newest nights
   * @param slope a month of 30 nights
   */
  record Creeping(
      Row row, int since, double from, double to, double slope, double p, double q, int nights) {}

  /** Whether tonight is the first night of a month that is fit for timing. */
  static boolean isDue(Nights nights, IntPredicate fit) {
    int t = nights.tonight();
    int last = t - 1;
    while (last >= 0 && !fit.test(last)) {
      last--;
    }
    return last >= 0 && !month(nights, t).equals(month(nights, last));
  }

  private static YearMonth month(Nights nights, int t) {
    return YearMonth.from(nights.ref(t).start().atOffset(ZoneOffset.UTC));
  }

  /**
   * The rows that creep.
   *
   * @param since by row the index of the night it is held against; negative for none
   */
  List<Creeping> search(List<Row> rows, int[] since, int night) {
    List<Creeping> tested = new ArrayList<>();
    double[] p = new double[rows.size()];
    Arrays.fill(p, 1);
    List<Optional<Creeping>> all = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      Optional<Creeping> one = since[i] < 0 ? Optional.empty() : test(rows.get(i), since[i], night);
      all.add(one);
      p[i] = one.map(Creeping::p).orElse(1.0);
    }
    double[] q = AdjustedP.benjaminiHochberg(p);
    for (int i = 0; i < p.length; i++) {
      if (all.get(i).isPresent() && q[i] <= rules.falseDiscovery()) {
        Creeping c = all.get(i).get();
        tested.add(
            new Creeping(c.row(), c.since(), c.from(), c.to(), c.slope(), c.p(), q[i], c.nights()));
      }
    }
    return tested;
  }

  private static Optional<Creeping> test(Row row, int since, int night) {
    int[] nights = row.nights(since, night + 1);
    int n = nights.length;
    if (n < FEWEST) {
      return Optional.empty();
    }
    double[] values = row.at(nights);
    double from = Robust.median(Arrays.copyOfRange(values, 0, END));
    double to = Robust.median(Arrays.copyOfRange(values, n - END, n));
    if (!row.counts(from, to)) {
      return Optional.empty();
    }
    double[] times = Arrays.stream(nights).asDoubleStream().toArray();
    double slope = Drift.of(times, values, 0).slope();
    double[] level = new double[n];
    for (int i = 0; i < n; i++) {
      level[i] = values[i] - slope * times[i];
    }
    Drift drift = Drift.of(times, values, Autocorrelation.of(level));
    return Optional.of(
        new Creeping(row, since, from, to, 30 * slope, drift.pRising(), drift.pRising(), n));
  }
}
