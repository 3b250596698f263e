package io.drivemark.eval.latency;

import io.drivemark.eval.statistics.Percentiles;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What latency samples come to. Percentiles are by nearest rank (the ⌈n·p⌉-th smallest), so each is
 * a time that was observed. Immutable.
 *
 * @param count how many samples, at least 1
 * @param meanNanos the arithmetic mean
 * @param minNanos the smallest
 * @param maxNanos the largest
 * @param stddevNanos the sample standard deviation (n − 1); empty for one sample
 * @param p50Nanos the median by nearest rank
 * @param p95Nanos the 95th percentile
 * @param p99Nanos the 99th percentile; empty under {@value #RUNS_FOR_P99} samples, which cannot
 *     support it
 */
public record LatencySummary(
    int count,
    double meanNanos,
    long minNanos,
    long maxNanos,
    OptionalDouble stddevNanos,
    long p50Nanos,
    long p95Nanos,
    OptionalLong p99Nanos) {
  /** With fewer samples p99 is undefined. */
  public static final int RUNS_FOR_P99 = 100;

  /**
   * Sums samples up.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static LatencySummary of(LatencySamples samples) {
    return of(samples.allNanos());
  }

  /** Sums up times in nanoseconds, in any order. */
  public static LatencySummary of(long[] nanos) {
    int n = nanos.length;
    if (n == 0) {
      throw new IllegalArgumentException("latency summary: there are no samples");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    long sum = 0;
    for (long v : sorted) {
      sum = Math.addExact(sum, v);
    }
    double mean = (double) sum / n;
    double squares = 0;
    for (long v : sorted) {
      squares += (v - mean) * (v - mean);
    }
    return new LatencySummary(
        n,
        mean,
        sorted[0],
        sorted[n - 1],
        n == 1 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / (n - 1))),
        rank(sorted, 0.5),
        rank(sorted, 0.95),
        n < RUNS_FOR_P99 ? OptionalLong.empty() : OptionalLong.of(rank(sorted, 0.99)));
  }

  /** Frames per second of a single stream: 1 / mean latency. */
  public double fps() {
    return 1e9 / meanNanos;
  }

  private static long rank(long[] sorted, double p) {
    return sorted[Percentiles.nearestRank(sorted.length, p) - 1];
  }
}
