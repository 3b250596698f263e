package io.drivemark.eval.runner.study;

/**
 * How latency is measured. Immutable.
 *
 * @param runs timed runs a cell, at least 10
 */
public record LatencySpec(int runs) {
  /** 200 runs a cell: enough for a 99th percentile with two values beyond it. */
  public static final LatencySpec DEFAULT = new LatencySpec(200);

  /** The least number of runs: one block. */
  public static final int LEAST_RUNS = 10;

  public LatencySpec {
    if (runs < LEAST_RUNS) {
      throw new IllegalArgumentException("runs: at least " + LEAST_RUNS + ", found " + runs);
    }
  }
}
