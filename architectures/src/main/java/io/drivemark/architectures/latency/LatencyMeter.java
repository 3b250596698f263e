package io.drivemark.architectures.latency;

import io.drivemark.architectures.graph.Network;
import io.drivemark.problem.Progress;

/** Measures two networks against each other; tests bring their own. */
@FunctionalInterface
public interface LatencyMeter {
  /**
   * Measures.
   *
   * @param whole the one whose time is the unit
   * @param part the other
   */
  MeasuredShare measure(Network whole, Network part, Progress progress);
}
