package io.drivemark.eval.streaming;

import io.drivemark.eval.statistics.PercentileEstimator;
import io.drivemark.eval.statistics.Percentiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How old the newest answer is. The age falls when an answer finishes and grows until the next one
 * does; right before that it is at its peak: what appears right after the exposure of a picture is
 * answered no later than the answer after that picture's. So the largest peak is the longest
 * blindness. Immutable.
 *
 * <p>Example: with a constant latency l of no more than the period T, every peak is T + l and the
 * mean age l + T/2.
 *
 * @param peaks every peak in nanoseconds, in order
 * @param agedNanos twice the area under the age, ns²; exact up to 2^53 and rounded beyond
 * @param nanos over which it is taken, from the first answer to the last of each sequence
 */
public record Ages(List<Long> peaks, double agedNanos, long nanos) {
  public Ages {
    peaks = List.copyOf(peaks);
  }

  /** The ages along one sequence; no peaks if there are fewer than two answers. */
  public static Ages of(Schedule schedule) {
    return of(schedule, 1);
  }

  /**
   * The same where something is believed only after so many answers in a row: a peak is then {@code
   * F(n+k) - a(n)}.
   *
   * @param confirmations k, at least 1
   */
  public static Ages of(Schedule schedule, int confirmations) {
    if (confirmations < 1) {
      throw new IllegalArgumentException("ages: " + confirmations + " confirmations");
    }
    List<Answer> answers = schedule.answers();
    List<Long> peaks = new ArrayList<>();
    double area = 0;
    long nanos = 0;
    for (int n = 0; n + confirmations < answers.size(); n++) {
      long exposed = answers.get(n).exposed();
      long high = answers.get(n + confirmations).finish() - exposed;
      long low = answers.get(n + confirmations - 1).finish() - exposed;
      peaks.add(high);
      area += (double) (high - low) * (high + low);
      nanos += high - low;
    }
    return new Ages(peaks, area, nanos);
  }

  /** Those of several sequences or repetitions together. */
  public static Ages sum(Collection<Ages> parts) {
    List<Long> peaks = new ArrayList<>();
    double area = 0;
    long nanos = 0;
    for (Ages part : parts) {
      peaks.addAll(part.peaks);
      area += part.agedNanos;
      nanos += part.nanos;
    }
    return new Ages(peaks, area, nanos);
  }

  /** The mean age over time in nanoseconds; empty if no time passed between answers. */
  public OptionalDouble mean() {
    return nanos == 0 ? OptionalDouble.empty() : OptionalDouble.of(agedNanos / 2 / nanos);
  }

  /** A percentile of the peaks by nearest rank, nanoseconds; empty without peaks. */
  public OptionalDouble peak(double p) {
    return peaks.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Percentiles.of(
                peaks.stream().mapToDouble(Long::doubleValue).toArray(),
                p,
                PercentileEstimator.NEAREST_RANK));
  }

  /** The largest peak, nanoseconds; empty without peaks. */
  public OptionalDouble largest() {
    return peaks.stream().mapToDouble(Long::doubleValue).max();
  }
}
