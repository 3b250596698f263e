package io.drivemark.eval.streaming;

import io.drivemark.eval.latency.LatencySamples;

/**
 * How long one run after the other takes: measured samples in the order in which they were
 * measured, from some place on and round again. Nothing is drawn at random: stalls that come in
 * runs stay together. For one thread.
 */
public final class RunTimes {
  private final long[] nanos;
  private final long mean;
  private int at;

  private RunTimes(long[] nanos, int start) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("run times: there are no samples");
    }
    this.nanos = nanos;
    this.at = start;
    double sum = 0;
    for (long n : nanos) {
      sum += n;
    }
    this.mean = Math.round(sum / nanos.length);
  }

  /** Samples from the first on. */
  public static RunTimes of(long... nanos) {
    return new RunTimes(nanos.clone(), 0);
  }

  /**
   * Samples of a measurement, for one of several repetitions: repetition k of R begins at sample
   * floor(k * size / R).
   *
   * @param factor every sample is multiplied by it and rounded: 2 for hardware of half the speed
   * @param repetition from 0
   * @param repetitions at least 1
   */
  public static RunTimes of(
      LatencySamples samples, double factor, int repetition, int repetitions) {
    if (!(factor >= 0) || !Double.isFinite(factor)) {
      throw new IllegalArgumentException("run times: factor " + factor);
    }
    long[] nanos = samples.allNanos();
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = Math.round(nanos[i] * factor);
    }
    return new RunTimes(nanos, (int) ((long) repetition * nanos.length / repetitions));
  }

  /** How long the next run takes. */
  long next() {
    long next = nanos[at];
    at = (at + 1) % nanos.length;
    return next;
  }

  /** The mean of all samples, rounded. */
  public long meanNanos() {
    return mean;
  }
}
