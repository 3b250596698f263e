package io.drivemark.eval.runner.inference.cue;

import io.drivemark.eval.latency.NanoClock;

/**
 * How long frames took in preparation and in engines, over all networks that ran for them. For one
 * thread.
 */
public final class StageClock {
  private final NanoClock clock;
  private long prepareNanos;
  private long engineNanos;

  public StageClock(NanoClock clock) {
    this.clock = clock;
  }

  /** Begins anew. */
  public void reset() {
    prepareNanos = 0;
    engineNanos = 0;
  }

  void prepare(Runnable work) {
    long before = clock.nanos();
    work.run();
    prepareNanos += clock.nanos() - before;
  }

  void infer(Runnable work) {
    long before = clock.nanos();
    work.run();
    engineNanos += clock.nanos() - before;
  }

  /** Scaling and normalising since it began. */
  public long prepareNanos() {
    return prepareNanos;
  }

  /** The engines alone since it began. */
  public long engineNanos() {
    return engineNanos;
  }
}
