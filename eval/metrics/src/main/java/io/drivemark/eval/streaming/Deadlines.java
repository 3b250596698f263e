package io.drivemark.eval.streaming;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Proportion;

/**
 * How often runs take longer than a deadline, and how the misses lie. Runs of one block follow each
 * other; between blocks other networks ran, so that rows of misses are looked for inside blocks
 * alone. Immutable.
 *
 * @param runs how many were timed
 * @param misses how many took longer than the deadline; one that takes just as long keeps it
 * @param longest the most misses in a row
 * @param densest the most misses among {@value #WINDOW} runs in a row; among all of a shorter block
 */
public record Deadlines(long runs, long misses, int longest, int densest) {
  /** Runs in a row among which the most misses are looked for. */
  public static final int WINDOW = 10;

  /**
   * Counts the misses.
   *
   * @param factor every sample is multiplied by it and rounded, as {@link RunTimes} does it
   */
  public static Deadlines of(LatencySamples samples, double factor, long deadlineNanos) {
    int misses = 0;
    int longest = 0;
    int densest = 0;
    int row = 0;
    int start = 0;
    for (int i = 0; i < samples.size(); i++) {
      if (i > 0 && samples.block(i) != samples.block(i - 1)) {
        row = 0;
        start = i;
      }
      boolean miss = isMiss(samples, i, factor, deadlineNanos);
      misses += miss ? 1 : 0;
      row = miss ? row + 1 : 0;
      longest = Math.max(longest, row);
      int near = 0;
      for (int k = Math.max(start, i - WINDOW + 1); k <= i; k++) {
        near += isMiss(samples, k, factor, deadlineNanos) ? 1 : 0;
      }
      densest = Math.max(densest, near);
    }
    return new Deadlines(samples.size(), misses, longest, densest);
  }

  private static boolean isMiss(LatencySamples samples, int i, double factor, long deadline) {
    return Math.round(samples.nanos(i) * factor) > deadline;
  }

  /** The share of misses. */
  public double share() {
    return (double) misses / runs;
  }

  /** The exact interval of that share at 0.95: no miss among 200 runs is up to 1.8 %. */
  public Interval interval() {
    return new Proportion(misses, runs).interval(Interval.LEVEL);
  }
}
