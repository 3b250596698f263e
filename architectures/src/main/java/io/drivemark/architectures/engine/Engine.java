package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.Network;
import java.util.Optional;

/**
 * A runtime that can execute networks. Found by name through {@link Engines} (ServiceLoader);
 * constructing one loads no native library. Safe to share between threads.
 */
public interface Engine {
  /** The name studies use: {@code onnxruntime}, {@code pytorch}, {@code opencv}. */
  String name();

  /** Whether it can run here; loads its native library. */
  Availability probe();

  /**
   * Prepares a network for inputs [1, C, height, width]; the session answers with all outputs.
   *
   * @throws io.drivemark.problem.BadInputException if it cannot run this network; the message names
   *     the node and operator
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  Session open(Network network, int height, int width, EngineOptions options);

  /**
   * Prepares a network as {@link #open(Network, int, int, EngineOptions)} does. Of a file that
   * tells its outputs only by running the session answers with those that are selected; of any
   * other network with the network's own, and nobody is asked.
   *
   * @throws io.drivemark.problem.BadInputException as above, and what the selector throws
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  default Session open(
      Network network, int height, int width, EngineOptions options, OutputSelector selector) {
    return open(network, height, width, options);
  }

  /** What times networks operator by operator, if this runtime can. */
  default Optional<OperatorProfiler> profiler() {
    return Optional.empty();
  }
}
