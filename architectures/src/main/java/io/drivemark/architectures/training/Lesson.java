package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;

/** What a training step learns from. For one thread at a time. */
interface Lesson extends AutoCloseable {
  /** The labels alone. */
  Lesson LABELS =
      new Lesson() {
        @Override
        public Loss loss(Loss ofLabels) {
          return ofLabels;
        }

        @Override
        public double backward(Learner learner, Batches.Batch batch, long seed) {
          return learner.backward(batch.images(), batch.labels(), seed);
        }

        @Override
        public void close() {}
      };

  /** The loss, given that of the labels. */
  Loss loss(Loss ofLabels);

  /** Computes a batch's loss and gradients. */
  double backward(Learner learner, Batches.Batch batch, long seed);

  @Override
  void close();
}
