package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.Network;
import java.util.List;

/**
 * Times a network operator by operator; only some runtimes can. Profiling adds overhead: compare
 * shares, not absolute times. Safe to share between threads.
 */
public interface OperatorProfiler {
  /**
   * Opens a network, runs it on made-up input and returns the time of each operator.
   *
   * @param runs measured runs, at least 1; some runs before them warm up and are not counted
   * @return the operators in the order they ran
   * @throws io.drivemark.problem.BadInputException if the engine cannot run this network
   * @throws io.drivemark.problem.UnavailableException if there is nowhere to write to, or the
   *     runtime's notes cannot be read
   */
  List<OperatorTime> profile(
      Network network, int height, int width, EngineOptions options, int runs);
}
