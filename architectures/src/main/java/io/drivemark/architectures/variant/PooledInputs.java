package io.drivemark.architectures.variant;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.pruning.gate.GateDesign;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.Standardisation;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the heads of gates will read, pooled: its mean and deviation over frames. Pooling is part of
 * the network that runs, so that no map leaves the engine. Stateless.
 */
final class PooledInputs {
  private static final String PREFIX = "pooled/";

  private PooledInputs() {}

  /**
   * Runs a network over frames.
   *
   * @param dense without gates: what heads read before anything is switched off
   * @param sites of it
   * @return by the site's name
   */
  static Map<String, Standardisation> of(
      Network dense,
      List<GateSite> sites,
      GateDesign.Pool pool,
      CalibrationSet frames,
      int threads,
      Progress progress) {
    List<String> inputs = sites.stream().map(GateSite::input).distinct().toList();
    List<Node> nodes = new ArrayList<>(dense.nodes());
    GlobalPool op =
        new GlobalPool(pool == GateDesign.Pool.MAX ? GlobalPool.Kind.MAX : GlobalPool.Kind.AVERAGE);
    inputs.forEach(i -> nodes.add(new Node(PREFIX + i, op, List.of(i), List.of(PREFIX + i))));
    Network pooling =
        new Network(
            dense.name(),
            dense.inputs(),
            nodes,
            dense.weights().values(),
            inputs.stream().map(i -> PREFIX + i).toList(),
            Map.of());
    Map<String, List<float[]>> values = new LinkedHashMap<>();
    inputs.forEach(i -> values.put(i, new ArrayList<>()));
    List<float[]> images = frames.images();
    progress.begin("what heads of " + dense.name() + " read", images.size());
    try (Session session =
        Engines.named("onnxruntime")
            .open(pooling, frames.height(), frames.width(), new EngineOptions(threads))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      for (int i = 0; i < images.size(); i++) {
        input.put(0, images.get(i));
        session.run(input, outputs);
        for (int v = 0; v < inputs.size(); v++) {
          float[] channels = new float[outputs.get(v).capacity()];
          outputs.get(v).get(0, channels);
          values.get(inputs.get(v)).add(channels);
        }
        progress.step(i + 1L, "frames");
      }
    }
    progress.end();
    Map<String, Standardisation> found = new LinkedHashMap<>();
    sites.forEach(s -> found.put(s.name(), Standardisation.of(values.get(s.input()))));
    return found;
  }
}
