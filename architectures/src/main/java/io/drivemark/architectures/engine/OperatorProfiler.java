package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.Network;
import java.util.List;

/**
 * Times a network operator by operator, what some runtimes can. Being watched slows a network down:
 * the shares count, not the sum. Safe to share between threads.
 */
public interface OperatorProfiler {
  /**
   * Opens a network, runs it on made-up input and says what took how long.
   *
   * @param runs runs that count, after some that do not; at least 1
   * @return the operators in the order they ran
   * @throws io.drivemark.problem.BadInputException if the engine cannot run this network
   * @throws io.drivemark.problem.UnavailableException if there is nowhere to write to, or the
   *     runtime's notes cannot be read
   */
  List<OperatorTime> profile(
      Network network, int height, int width, EngineOptions options, int runs);
}
