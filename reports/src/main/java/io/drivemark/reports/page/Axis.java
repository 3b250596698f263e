package io.drivemark.reports.page;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * Where values lie on an axis of a drawn chart, with round ticks. Immutable.
 *
 * @param low the value at its beginning
 * @param high the value at its end
 * @param step between ticks, 1, 2 or 5 times a power of ten
 * @param from where it begins on the paper
 * @param to where it ends, which may be less
 */
record Axis(double low, double high, double step, double from, double to) {
  private static final int TICKS = 5;

  /** An axis that holds all of these and ends on ticks. */
  static Axis of(double[] values, double from, double to) {
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    for (double v : values) {
      all.accept(v);
    }
    double span = all.getMax() - all.getMin();
    double wide = span > 0 ? span : Math.max(Math.abs(all.getMax()), 1) / 10;
    double raw = wide / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step =
        raw <= power
            ? power
            : raw <= 2 * power ? 2 * power : raw <= 5 * power ? 5 * power : 10 * power;
    double low = Math.floor((all.getMin() - wide / 50) / step) * step;
    double high = Math.ceil((all.getMax() + wide / 50) / step) * step;
    return new Axis(low, high, step, from, to);
  }

  /** Where a value stands on the paper. */
  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** The ticks' values. */
  List<Double> ticks() {
    List<Double> out = new ArrayList<>();
    long n = Math.round((high - low) / step);
    for (int i = 0; i <= n; i++) {
      out.add(low + i * step);
    }
    return out;
  }

  /** A tick as it is written: no more digits than the step has. */
  String text(double tick) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", tick);
  }
}
