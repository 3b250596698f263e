package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.OutputSelector;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.util.stream.IntStream;

/**
 * Runs networks eagerly on PyTorch's CPU kernels, through DJL. Runs every operator of the graph but
 * opaque ones, and whole TorchScript files. PyTorch's thread count belongs to the process: each run
 * of a session sets it to the session's own first. Stateless; safe to share between threads.
 */
public final class PytorchEngine implements Engine {
  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public Availability probe() {
    try {
      return new Availability.Ready(Torch.version());
    } catch (UnavailableException e) {
      return new Availability.Missing(
          e.getMessage(),
          "use engine onnxruntime, or put pytorch-native-cpu of this platform on the class path");
    }
  }

  @Override
  public Session open(Network network, int height, int width, EngineOptions options) {
    return open(
        network, height, width, options, all -> IntStream.range(0, all.size()).boxed().toList());
  }

  @Override
  public Session open(
      Network network, int height, int width, EngineOptions options, OutputSelector selector) {
    if (network.inputs().size() != 1) {
      throw new BadInputException(
          "engine pytorch: network "
              + network.name()
              + " has "
              + network.inputs().size()
              + " inputs, expected 1, the image");
    }
    Shape declared = network.inputs().get(0).shape();
    Shape input = Shape.of(1, declared.channels(), height, width);
    if (network.nodes().size() == 1
        && network.nodes().get(0).op() instanceof Opaque whole
        && whole.isTorchScript()) {
      boolean channelsLast = declared.channels() == Shape.UNKNOWN;
      Shape image = channelsLast ? Shape.of(1, height, width, declared.extent(3)) : input;
      return TorchScriptSession.open(network.name(), whole, image, options.threads(), selector);
    }
    return new PytorchSession(network, input, options);
  }
}
