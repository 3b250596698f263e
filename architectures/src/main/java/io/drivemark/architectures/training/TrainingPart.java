package io.drivemark.architectures.training;

/** The parts of a training, in the order in which they come; see {@link TrainingTimes}. */
public enum TrainingPart {
  /** Frames become a batch, on a thread of its own beside the other parts. */
  DATA,
  /** The network's outputs for a batch, and the loss of them. */
  FORWARD,
  /** The gradients of the loss. */
  BACKWARD,
  /** The gradients become new weights. */
  OPTIMISER,
  /** The weights are judged on val. */
  EVALUATION,
  /** What is known so far is written to disk. */
  CHECKPOINT
}
