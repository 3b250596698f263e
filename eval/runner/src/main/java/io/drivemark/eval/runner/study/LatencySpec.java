package io.drivemark.eval.runner.study;

/**
 * How latency is measured. Immutable.
 *
 * @param runs timed runs a cell, at least 10
 * @param operators whether the time of every operator is looked at besides, apart from these runs
 */
public record LatencySpec(int runs, boolean operators) {
  /** 200 runs a cell: enough for a 99th percentile with two values beyond it. */
  public static final LatencySpec DEFAULT = new LatencySpec(200);

  /** The least number of runs: one block. */
  public static final int LEAST_RUNS = 10;

  /** Without operators. */
  public LatencySpec(int runs) {
    this(runs, false);
  }

  public LatencySpec {
    if (runs < LEAST_RUNS) {
      throw new IllegalArgumentException("runs: at least " + LEAST_RUNS + ", found " + runs);
    }
  }
}
