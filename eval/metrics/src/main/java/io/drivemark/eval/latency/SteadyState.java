package io.drivemark.eval.latency;

import java.util.Arrays;

/**
 * When warm-up ends: after at least {@code minCalls} calls and {@code minNanos}, as soon as the
 * median of the last {@code window} calls differs from the median of the {@code window} before by
 * less than {@code tolerance}, or at the cap of calls or time. Calls alone do not suffice: those of
 * a small network are over before the virtual machine has compiled what surrounds it. Immutable.
 *
 * @param minCalls at least twice the window
 * @param minNanos the least time; calls beyond {@code maxCalls} are made until then
 * @param window how many calls a median is taken of, at least 1
 * @param tolerance relative, for example 0.02
 * @param maxCalls the cap of calls, at least {@code minCalls}
 * @param maxNanos the cap of time; {@code minCalls} are made all the same
 */
public record SteadyState(
    int minCalls, long minNanos, int window, double tolerance, int maxCalls, long maxNanos) {

  public SteadyState {
    if (window < 1
        || minCalls < 2 * window
        || maxCalls < minCalls
        || !(tolerance > 0 && tolerance < 1)
        || minNanos < 0
        || maxNanos < minNanos) {
      throw new IllegalArgumentException(
          "steady state: minCalls "
              + minCalls
              + ", minNanos "
              + minNanos
              + ", window "
              + window
              + ", tolerance "
              + tolerance
              + ", maxCalls "
              + maxCalls
              + ", maxNanos "
              + maxNanos
              + "; minCalls must hold two windows, maxCalls at least minCalls, maxNanos at least"
              + " minNanos, the tolerance lie in (0, 1)");
    }
  }

  /** At least 10 calls and 0.1 s, medians of 5 within 2 %, at most 100 calls or 15 seconds. */
  public static SteadyState defaults() {
    return new SteadyState(10, 100_000_000L, 5, 0.02, 100, 15_000_000_000L);
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
    long[] last = new long[2 * window]; // a ring: call i at i % (2 * window)
    long first = 0;
    int calls = 0;
    boolean steady = false;
    while (!steady) {
      long passed = clock.nanos() - start;
      if (calls >= minCalls && passed >= minNanos && (calls >= maxCalls || passed >= maxNanos)) {
        break;
      }
      long sum = 0;
      for (long stage : timed.run()) {
        sum += stage;
      }
      first = calls == 0 ? sum : first;
      last[calls % last.length] = sum;
      calls++;
      steady = calls >= minCalls && clock.nanos() - start >= minNanos && isSteady(last, calls);
    }
    return new WarmUp(calls, first, steady);
  }

  private boolean isSteady(long[] ring, int calls) {
    double last = median(ring, calls - window);
    double before = median(ring, calls - 2 * window);
    return last == before || Math.abs(last - before) < tolerance * before;
  }

  /** Of the calls from a number on, a window of them. */
  private double median(long[] ring, int from) {
    long[] sorted = new long[window];
    for (int i = 0; i < window; i++) {
      sorted[i] = ring[(from + i) % ring.length];
    }
    Arrays.sort(sorted);
    return (sorted[(window - 1) / 2] + sorted[window / 2]) / 2.0;
  }
}
