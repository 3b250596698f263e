package io.drivemark.eval.runner.timing;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.OperatorProfiler;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.OperatorKinds;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.zoo.option.Tail;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.Speed.OperatorTime;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which operators of a model take the time, on engines that can tell. Stateless. */
public final class OperatorStage {
  /** Enough for medians; the runtime's notes grow with every run. */
  public static final int RUNS = 20;

  private OperatorStage() {}

  /**
   * The times of a model's operators, in the order they run.
   *
   * @throws io.drivemark.problem.BadInputException if the engine cannot run the model
   * @throws EngineFailure if the engine fails meanwhile
   * @throws io.drivemark.problem.UnavailableException if the engine does not tell, or its notes
   *     cannot be had
   */
  public static List<OperatorTime> measure(
      Model model, FrameSize input, Engine engine, EngineOptions options) {
    OperatorProfiler profiler =
        engine
            .profiler()
            .orElseThrow(
                () ->
                    new UnavailableException(
                        "engine "
                            + engine.name()
                            + " does not tell what its operators take; use --engine"
                            + " onnxruntime"));
    Network network =
        model.spec().otherHeads().isEmpty()
            ? model.network()
            : model.network().withOutputs(model.outputs());
    int height = input.height();
    int width = input.width();
    Map<String, Long> macs = new HashMap<>();
    model.cost(height, width).nodes().forEach(n -> macs.put(n.node(), n.macs()));
    Map<String, Node> nodes = new HashMap<>();
    network.nodes().forEach(n -> nodes.put(n.name(), n));
    List<OperatorTime> out = new ArrayList<>();
    EngineFailure.running(
            engine.name(),
            network.name(),
            network.shapesAt(height, width).get(network.inputs().get(0).name()),
            () -> profiler.profile(network, height, width, options, RUNS))
        .forEach(
            time -> {
              Optional<String> main =
                  time.nodes().stream()
                      .filter(n -> macs.getOrDefault(n, 0L) > 0)
                      .max(Comparator.comparing(macs::get));
              String name = main.orElse(time.name());
              Optional<Node> node = Optional.ofNullable(nodes.get(name));
              out.add(
                  new OperatorTime(
                      name,
                      node.map(n -> OperatorKinds.kind(network, n))
                          .orElseGet(() -> OperatorKinds.ofRuntime(time.operator())),
                      time.ms(),
                      time.nodes().stream().mapToLong(n -> macs.getOrDefault(n, 0L)).sum(),
                      node.flatMap(
                          n ->
                              Tail.instead(
                                  model.spec().architecture(),
                                  model.spec().options(),
                                  network,
                                  n))));
            });
    return out;
  }
}
