package io.drivemark.architectures.zoo;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a network with random weights the normalisation statistics of one image, so that its
 * activations neither vanish nor explode: in a copy of the network every BatchNorm normalises by
 * the mean and variance of the map it is given, and one run answers with all of them.
 */
public final class Calibration {
  private static final List<Integer> EXTENTS = List.of(2, 3);

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Weight> weights;
  private final List<String> taps = new ArrayList<>();
  private final List<String> statistics = new ArrayList<>();

  private final Map<String, Shape> shapes;

  private Calibration(Network network, int height, int width) {
    this.shapes = network.shapesAt(height, width);
    this.weights = new LinkedHashMap<>(network.weights());
  }

  /** The network with statistics of one frame of SynthDrive of 180×240. */
  public static Network of(Network network) {
    return of(network, EngineAgreement.frame(180, 240), 180, 240);
  }

  /** The network with statistics of this image, [1, 3, height, width]. */
  public static Network of(Network network, float[] image, int height, int width) {
    Calibration pass = new Calibration(network, height, width);
    network.nodes().forEach(pass::rewrite);
    List<String> outputs = new ArrayList<>(pass.taps);
    outputs.add(network.outputs().get(0)); // keeps the network in one piece
    Network open =
        new Network(
            "calibrating", network.inputs(), pass.nodes, pass.weights.values(), outputs, Map.of());
    Map<String, Tensor> replaced = new LinkedHashMap<>();
    try (Session session =
        Engines.named("onnxruntime").open(open, height, width, new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, image);
      List<FloatBuffer> results = session.outputShapes().stream().map(Session::buffer).toList();
      session.run(input, results);
      for (int i = 0; i < pass.statistics.size(); i++) {
        float[] values = new float[results.get(i).capacity()];
        results.get(i).get(0, values);
        replaced.put(pass.statistics.get(i), Tensor.of(Shape.of(values.length), values));
      }
    }
    return network.withTensors(replaced);
  }

  private void rewrite(Node node) {
    if (!(node.op() instanceof BatchNorm norm) || isPoint(node.inputs().get(0))) {
      nodes.add(node);
      return;
    }
    String x = node.inputs().get(0);
    String mean = add(node, "mean", new ReduceMean(EXTENTS, true), x);
    String centred = add(node, "centred", new Elementwise(Elementwise.Kind.SUB), x, mean);
    Op times = new Elementwise(Elementwise.Kind.MUL);
    String variance =
        add(
            node,
            "variance",
            new ReduceMean(EXTENTS, true),
            add(node, "squared", times, centred, centred));
    String epsilon = Weight.CONSTANT_PREFIX + node.name() + ".epsilon";
    Tensor value = Tensor.filled(Shape.of(1, 1, 1, 1), (float) norm.epsilon());
    weights.put(epsilon, Weight.constant(epsilon, value));
    Op plus = new Elementwise(Elementwise.Kind.ADD);
    String deviation =
        add(
            node,
            "deviation",
            Activation.of(Activation.Kind.SQRT),
            add(node, "safe", plus, variance, epsilon));
    // Scale and shift are still 1 and 0 in a network with random weights.
    nodes.add(
        new Node(
            node.name(),
            new Elementwise(Elementwise.Kind.DIV),
            List.of(centred, deviation),
            node.outputs()));
    taps.add(mean);
    statistics.add(node.inputs().get(3));
    taps.add(variance);
    statistics.add(node.inputs().get(4));
  }

  /** A single pixel has no variance: its normalisation stays neutral. */
  private boolean isPoint(String value) {
    return shapes.get(value).height() == 1 && shapes.get(value).width() == 1;
  }

  private String add(Node node, String what, Op op, String... inputs) {
    String name = node.name() + "." + what;
    nodes.add(new Node(name, op, List.of(inputs), List.of(name)));
    return name;
  }
}
