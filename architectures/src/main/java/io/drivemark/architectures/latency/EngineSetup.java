package io.drivemark.architectures.latency;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.problem.UnavailableException;
import java.util.Objects;

/**
 * An engine and how it runs: what a latency is of, besides the network. Immutable.
 *
 * @param engine its name, for example {@code onnxruntime}
 * @param threads threads one inference may use, at least 1
 */
public record EngineSetup(String engine, int threads) {
  public EngineSetup {
    Objects.requireNonNull(engine, "engine");
    if (threads < 1) {
      throw new IllegalArgumentException("threads: at least 1, found " + threads);
    }
  }

  /**
   * What the engine says its version is.
   *
   * @throws io.drivemark.problem.BadInputException if there is no such engine
   * @throws UnavailableException if it cannot run here
   */
  public String version() {
    Availability availability = found().probe();
    if (availability instanceof Availability.Missing missing) {
      throw new UnavailableException(
          "engine " + engine + " cannot run here: " + missing.reason() + "; " + missing.remedy());
    }
    return ((Availability.Ready) availability).version();
  }

  Session open(Network network, int height, int width) {
    return EngineFailure.opening(
        engine,
        network.name(),
        height,
        width,
        () -> found().open(network, height, width, new EngineOptions(threads)));
  }

  private Engine found() {
    return Engines.named(engine);
  }

  /** For people: {@code onnxruntime, 2 threads}. */
  @Override
  public String toString() {
    return engine + ", " + threads + (threads == 1 ? " thread" : " threads");
  }
}
