package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import java.util.Optional;

/** What a training step learns from besides the frames' truth. For one thread at a time. */
interface Lesson extends AutoCloseable {
  /** The loss with what this adds to it. */
  Loss loss(Loss before);

  /**
   * What a step is given, with what this adds to it.
   *
   * @param epoch from 0
   */
  LossInputs inputs(LossInputs before, Batches.Batch batch, int epoch);

  /** Looks at what the last step came to. */
  default void learned(Learner learner) {}

  /** What gates did since the last call; empty where this has none. */
  default Optional<GateProgress> progress() {
    return Optional.empty();
  }

  @Override
  void close();
}
