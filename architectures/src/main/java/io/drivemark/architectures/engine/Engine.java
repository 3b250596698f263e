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
   * Prepares a network for inputs [1, C, height, width].
   *
   * @throws io.drivemark.problem.BadInputException if it cannot run this network; the message names
   *     the node and operator
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  Session open(Network network, int height, int width, EngineOptions options);

  /** What times networks operator by operator, if this runtime can. */
  default Optional<OperatorProfiler> profiler() {
    return Optional.empty();
  }
}
