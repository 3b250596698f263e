package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import java.util.Map;
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

  /** Adds to the gradients of the last step what no script computes, in place. */
  default void gradients(Learner learner, Map<String, float[]> byWeight) {}

  /**
   * Looks at the weights as a step leaves them, and may change some.
   *
   * @param step of the training, from 1
   * @param epochSteps steps an epoch
   * @param total steps of the training
   */
  default void stepped(Learner learner, long step, long epochSteps, long total) {}

  /** What masks came to by the end of an epoch; empty where this has none. */
  default Optional<MaskProgress> masks(Learner learner) {
    return Optional.empty();
  }

  /**
   * Goes on behind an epoch of an earlier process.
   *
   * @param share of the steps that are over
   */
  default void resume(MaskProgress last, double share) {}

  /** What gates did since the last call; empty where this has none. */
  default Optional<GateProgress> progress() {
    return Optional.empty();
  }

  @Override
  void close();
}
