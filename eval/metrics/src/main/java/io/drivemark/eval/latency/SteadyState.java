package io.drivemark.eval.latency;

import java.util.Arrays;

/**
 * When warm-up ends: after at least {@code minCalls} calls, as soon as the median of the last
 * {@code window} calls differs from the median of the {@code window} before by less than {@code
 * tolerance}, or at the cap of calls or time. Immutable.
 *
 * @param minCalls at least twice the window
 * @param window how many calls a median is taken of, at least 1
 * @param tolerance relative, for example 0.02
 * @param maxCalls the cap of calls, at least {@code minCalls}
 * @param maxNanos the cap of time; {@code minCalls} are made all the same
 */
public record SteadyState(int minCalls, int window, double tolerance, int maxCalls, long maxNanos) {

  public SteadyState {
    if (window < 1
        || minCalls < 2 * window
        || maxCalls < minCalls
        || !(tolerance > 0 && tolerance < 1)
        || maxNanos < 0) {
      throw new IllegalArgumentException(
          "steady state: minCalls "
              + minCalls
              + ", window "
              + window
              + ", tolerance "
              + tolerance
              + ", maxCalls "
              + maxCalls
              + ", maxNanos "
              + maxNanos
              + "; minCalls must hold two windows, maxCalls at least minCalls, the tolerance lie in"
              + " (0, 1)");
    }
  }

  /** At least 10 calls, medians of 5 within 2 %, at most 100 calls or 15 seconds. */
  public static SteadyState defaults() {
    return new SteadyState(10, 5, 0.02, 100, 15_000_000_000L);
  }

  /**
   * How a warm-up went. Immutable.
   *
   * @param calls how many calls it took
   * @param firstCallNanos the first call's time, which pays for loading and compiling
   * @param steady whether it ended because the times were steady, not at a cap
   */
  public record WarmUp(int calls, long firstCallNanos, boolean steady) {}

  /** Calls until steady or at the cap. */
  public WarmUp warmUp(Timed timed, NanoClock clock) {
    long start = clock.nanos();
    long[] times = new long[maxCalls];
    int calls = 0;
    boolean steady = false;
    while (calls < maxCalls && !steady) {
      if (calls >= minCalls && clock.nanos() - start >= maxNanos) {
        break;
      }
      for (long stage : timed.run()) {
        times[calls] += stage;
      }
      calls++;
      steady = calls >= minCalls && isSteady(times, calls);
    }
    return new WarmUp(calls, times[0], steady);
  }

  private boolean isSteady(long[] times, int calls) {
    double last = median(times, calls - window, calls);
    double before = median(times, calls - 2 * window, calls - window);
    return last == before || Math.abs(last - before) < tolerance * before;
  }

  private static double median(long[] times, int from, int to) {
    long[] sorted = Arrays.copyOfRange(times, from, to);
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
  }
}
