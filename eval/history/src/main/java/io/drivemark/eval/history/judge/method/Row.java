package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Series;
import java.util.Arrays;

/**
 * Values of one series and metric by night, as logarithms of which larger ones are worse, NaN where
 * there is none. The arrays are shared and not written to.
 *
 * @param series whose
 * @param rule of the metric
 * @param values by night
 * @param starts indexes of nights at which a level that is known begins, rising
 * @param common what was taken off in words; empty for what the series has for itself
 * @param replaced index of the night from which on the series is that of another model, if that was
 *     one of the last few; −1 if not
 * @param processes by how much the processes of one night differ
 */
record Row(
    Series series,
    MetricRule rule,
    double[] values,
    int[] starts,
    String common,
    int replaced,
    Processes processes) {
  /**
   * By how much a series' processes of one night differ, over all nights before. A night's value is
   * the middle of a few of them, so it can hardly scatter less from night to night than processes
   * let it, however alike a dozen nights look: a series that is often the median of its rotation
   * seems to stand still.
   *
   * @param scatter the standard deviation of one process; 0 where no night has two
   * @param tonight how many processes tonight's value is of, at least 1
   */
  record Processes(double scatter, int tonight) {
    static final Processes UNKNOWN = new Processes(0, 1);

    /** The least that a night scatters about its level: its processes' mean would. */
    double ofNight() {
      return tonight < 2 ? 0 : scatter / Math.sqrt(tonight);
    }

    /** What a single process scatters about the level where a night scatters so much. */
    double single(double ofNights) {
      if (tonight < 2) {
        return ofNights;
      }
      double between = Math.max(0, ofNights * ofNights - ofNight() * ofNight());
      return Math.sqrt(between + scatter * scatter);
    }
  }

  /** Whether it is asked of this row whether a replaced model changed it. */
  boolean isReplaced() {
    return replaced >= 0;
  }

  /** Index of the first night of the level that holds at {@code night}, by what is known. */
  int start(int night) {
    int out = 0;
    for (int start : starts) {
      out = start <= night ? start : out;
    }
    return out;
  }

  /** Nights of [from, to) that have a value. */
  int[] nights(int from, int to) {
    int count = 0;
    int[] out = new int[Math.max(0, to - from)];
    for (int t = from; t < to; t++) {
      if (!Double.isNaN(values[t])) {
        out[count++] = t;
      }
    }
    return Arrays.copyOf(out, count);
  }

  /** The values of these nights. */
  double[] at(int[] nights) {
    double[] out = new double[nights.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[nights[i]];
    }
    return out;
  }

  /** Whether it is what all have in common with nothing taken off: the machine's state is in it. */
  boolean isOfTheMachine() {
    return series.isAll() && common.isEmpty();
  }

  private double sign() {
    return rule.moreIsBetter() ? -1 : 1;
  }

  /** A level in the metric's unit. */
  double inUnit(double log) {
    return Math.exp(sign() * log);
  }

  /** The relative change of the metric that a difference of logarithms is. */
  double relative(double difference) {
    return Math.expm1(sign() * difference);
  }

  /** Whether a rise from a level to another counts by the metric's floor and least. */
  boolean counts(double from, double to) {
    double floor = rule.moreIsBetter() ? -Math.log1p(-rule.floor()) : Math.log1p(rule.floor());
    return to - from >= floor
        && (series.isAll() || Math.abs(inUnit(to) - inUnit(from)) >= rule.least());
  }

  /** Turned, so that larger values are better: for the search for improvements. */
  Row turned() {
    double[] out = new double[values.length];
    for (int t = 0; t < out.length; t++) {
      out[t] = -values[t];
    }
    MetricRule other =
        new MetricRule(
            rule.metric(),
            rule.title(),
            rule.unit(),
            rule.noisy(),
            !rule.moreIsBetter(),
            rule.floor(),
            rule.least());
    return new Row(series, other, out, starts, common, replaced, processes);
  }
}
