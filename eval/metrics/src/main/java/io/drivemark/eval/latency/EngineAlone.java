package io.drivemark.eval.latency;

import java.util.List;

/**
 * A run that is the engine's work and nothing else: no frame is prepared and no output decoded, so
 * there are no times of these stages. Not thread-safe.
 */
public final class EngineAlone implements Timed {
  private static final List<Stage> STAGES = List.of(Stage.ENGINE);

  private final Runnable inference;
  private final NanoClock clock;
  private final long[] nanos = new long[1];

  /**
   * @param inference one run of the engine, from filled inputs to filled outputs
   * @param clock by which it is timed
   */
  public EngineAlone(Runnable inference, NanoClock clock) {
    this.inference = inference;
    this.clock = clock;
  }

  @Override
  public long[] run() {
    long start = clock.nanos();
    inference.run();
    nanos[0] = clock.nanos() - start;
    return nanos;
  }

  @Override
  public List<Stage> stages() {
    return STAGES;
  }
}
