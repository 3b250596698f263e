package io.drivemark.eval.latency;

import io.drivemark.eval.statistics.Bootstrap;
import io.drivemark.eval.statistics.Interval;
import java.util.Arrays;
import java.util.Optional;

/**
 * How much one candidate differs from itself: the resolution of a latency measurement. Differences
 * between candidates inside the band are ties. Immutable.
 *
 * @param relativeMean mean of the control / mean of the candidate − 1
 * @param relativeMedian the same of the medians
 * @param meanInterval the 95 % bootstrap interval of {@code relativeMean}, resampling rounds (both
 *     blocks of a round together); empty with one round
 * @param medianInterval the same of {@code relativeMedian}
 * @param rounds how many rounds the two have in common
 */
public record AaBand(
    double relativeMean,
    double relativeMedian,
    Optional<Interval> meanInterval,
    Optional<Interval> medianInterval,
    int rounds) {

  /**
   * The band of two sets of samples taken in the same rounds.
   *
   * @throws IllegalArgumentException if one is empty or their rounds differ in number
   */
  public static AaBand of(LatencySamples candidate, LatencySamples control, Bootstrap bootstrap) {
    long[][] a = candidate.byBlock();
    long[][] b = control.byBlock();
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(
          "A-A band: the candidate has "
              + a.length
              + " blocks, the control "
              + b.length
              + "; both must have run in the same rounds");
    }
    int[] all = new int[a.length];
    Arrays.setAll(all, i -> i);
    boolean one = a.length == 1;
    return new AaBand(
        mean(b, all) / mean(a, all) - 1,
        median(b, all) / median(a, all) - 1,
        one
            ? Optional.empty()
            : Optional.of(
                bootstrap.interval(a.length, rounds -> mean(b, rounds) / mean(a, rounds) - 1)),
        one
            ? Optional.empty()
            : Optional.of(
                bootstrap.interval(a.length, rounds -> median(b, rounds) / median(a, rounds) - 1)),
        a.length);
  }

  /** Half the band of the means: the interval's end that is farther from zero. */
  public double halfWidth() {
    return meanInterval
        .map(i -> Math.max(Math.abs(i.low()), Math.abs(i.high())))
        .orElse(Math.abs(relativeMean));
  }

  /** Whether two mean latencies cannot be told apart by this measurement. */
  public boolean isTie(double meanNanos, double otherMeanNanos) {
    double slower = Math.max(meanNanos, otherMeanNanos);
    double faster = Math.min(meanNanos, otherMeanNanos);
    return slower - faster <= halfWidth() * faster;
  }

  private static double mean(long[][] blocks, int[] chosen) {
    double sum = 0;
    long count = 0;
    for (int round : chosen) {
      for (long nanos : blocks[round]) {
        sum += nanos;
      }
      count += blocks[round].length;
    }
    return sum / count;
  }

  private static double median(long[][] blocks, int[] chosen) {
    int count = 0;
    for (int round : chosen) {
      count += blocks[round].length;
    }
    long[] samples = new long[count];
    int at = 0;
    for (int round : chosen) {
      System.arraycopy(blocks[round], 0, samples, at, blocks[round].length);
      at += blocks[round].length;
    }
    Arrays.sort(samples);
    return (samples[(count - 1) / 2] + samples[count / 2]) / 2.0;
  }
}
