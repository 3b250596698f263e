package io.drivemark.eval.latency;

import java.util.List;

/**
 * The parts of one run, in order; a {@link Timed} returns the times of its stages in this order.
 */
public enum Stage {
  /** From the decoded frame in memory to the network's input tensor. */
  PREPROCESS,
  /** The engine alone: input tensor to outputs, both in memory. */
  ENGINE,
  /** From the outputs to what the network's heads mean, label maps for example, on the frame. */
  DECODE;

  /** All stages of a frame. */
  static final List<Stage> ALL = List.of(values());
}
