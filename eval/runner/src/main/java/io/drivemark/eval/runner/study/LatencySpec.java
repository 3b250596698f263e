package io.drivemark.eval.runner.study;

/**
 * How latency is measured. Immutable.
 *
 * @param runs timed runs a cell, at least 10
 * @param operators whether the time of every operator is looked at besides, apart from these runs
 * @param group how many sessions are open together at most, at least 3, the A-A control among them;
 *     a dataset with more cells is timed in several rotations, its first cell in each of them
 */
public record LatencySpec(int runs, boolean operators, int group) {
  /**
   * Sessions open together where a study does not say: a dozen networks and the A-A control. One
   * round of a dozen networks of 50 ms, in blocks of 10 timed and 3 untimed runs, lasts 8 seconds:
   * short beside the drift of a machine, which is why blocks are interleaved at all. More sessions
   * would drive each other out of the caches and take gigabytes.
   */
  public static final int DEFAULT_GROUP = 13;

  /** Runs a cell where a study does not say: a 99th percentile has two values beyond it. */
  public static final int DEFAULT_RUNS = 200;

  /** The first frames of the dataset that can be read; runs go through them in turn. */
  public static final int FRAMES = 16;

  /**
   * Frames that runs go through in turn where a network takes another time for each: spread over
   * the whole dataset. With {@value #DEFAULT_RUNS} runs each is timed six times.
   */
  public static final int GATED_FRAMES = 32;

  /**
   * Pictures of one sequence that runs go along where cues around a network remember what was seen;
   * fewer where their work does not repeat after that many.
   */
  public static final int SEQUENCE = 32;

  /** {@value #DEFAULT_RUNS} runs a cell. */
  public static final LatencySpec DEFAULT = new LatencySpec(DEFAULT_RUNS);

  /** The least number of runs: one block. */
  public static final int LEAST_RUNS = 10;

  /** The least group: the cell all rotations have in common, its A-A control, and one more. */
  public static final int LEAST_GROUP = 3;

  /** Without operators, in groups of the usual size. */
  public LatencySpec(int runs) {
    this(runs, false, DEFAULT_GROUP);
  }

  public LatencySpec {
    if (runs < LEAST_RUNS) {
      throw new IllegalArgumentException("runs: at least " + LEAST_RUNS + ", found " + runs);
    }
    if (group < LEAST_GROUP) {
      throw new IllegalArgumentException("group: at least " + LEAST_GROUP + ", found " + group);
    }
  }

  /** The same with or without the operators' times. */
  public LatencySpec withOperators(boolean other) {
    return new LatencySpec(runs, other, group);
  }

  /** The same with so many sessions open together. */
  public LatencySpec withGroup(int other) {
    return new LatencySpec(runs, operators, other);
  }
}
