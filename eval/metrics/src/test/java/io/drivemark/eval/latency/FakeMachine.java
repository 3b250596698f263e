package io.drivemark.eval.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** A clock that only runs when something is run on it, and the log of what ran. */
final class FakeMachine implements NanoClock {
  private long now;
  private final List<String> log = new ArrayList<>();

  @Override
  public long nanos() {
    return now;
  }

  List<String> log() {
    return log;
  }

  /** Something whose n-th call (from 0) takes 10 ns, then {@code engine(n)}, then 5 ns. */
  Timed timed(String name, LongUnaryOperator engine) {
    long[] calls = new long[1];
    long[] stages = new long[3]; // reused, as a careful implementation does
    return () -> {
      stages[0] = 10;
      stages[1] = engine.applyAsLong(calls[0]++);
      stages[2] = 5;
      now += stages[0] + stages[1] + stages[2];
      log.add(name);
      return stages;
    };
  }
}
