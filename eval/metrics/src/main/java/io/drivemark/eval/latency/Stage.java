package io.drivemark.eval.latency;

/** The parts of one run, in order; a {@link Timed} returns their times in this order. */
public enum Stage {
  /** From the decoded frame in memory to the network's input tensor. */
  PREPROCESS,
  /** The engine alone: input tensor to outputs, both in memory. */
  ENGINE,
  /** From the outputs to the label map on the truth's grid. */
  LABELLING
}
