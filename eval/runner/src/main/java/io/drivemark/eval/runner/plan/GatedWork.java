package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.head.LiveUnits;
import io.drivemark.eval.metrics.gates.GatedMacs;

/** Says what a gated network computes for a frame. Safe to share between threads. */
@FunctionalInterface
public interface GatedWork {
  /**
   * Multiply-accumulates of a frame.
   *
   * @param live what its gates made live
   */
  GatedMacs of(LiveUnits live);
}
