package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network whose batch normalisations behind convolutions are part of these: each filter times its
 * scale, and a bias. It answers alike up to rounding, in inference; it is no longer what training
 * takes. Names of values and of convolutions stay; every convolution that took in a normalisation
 * has a bias of its own. Computed in float32 in the order in which ONNX Runtime folds, so that both
 * get the same bits. Stateless.
 */
public final class FoldedNormalisation {
  private final Network network;
  private final Map<String, Weight> weights;
  private final Map<String, Integer> reads = new HashMap<>();
  private final Map<String, Node> makers = new HashMap<>();

  private FoldedNormalisation(Network network) {
    this.network = network;
    this.weights = new LinkedHashMap<>(network.weights());
    for (Node node : network.nodes()) {
      node.inputs().forEach(i -> reads.merge(i, 1, Integer::sum));
      node.outputs().forEach(o -> makers.put(o, node));
    }
    network.outputs().forEach(o -> reads.merge(o, 1, Integer::sum));
  }

  /** The folded network; a normalisation that stands behind anything else stays. */
  public static Network of(Network network) {
    FoldedNormalisation pass = new FoldedNormalisation(network);
    Map<String, Node> folded = new HashMap<>(); // name of the convolution → what takes its place
    for (Node node : network.nodes()) {
      Node conv = node.op() instanceof BatchNorm ? pass.makers.get(node.inputs().get(0)) : null;
      if (conv != null && pass.folds(conv, node)) {
        folded.put(conv.name(), pass.fold(conv, node, ((BatchNorm) node.op()).epsilon()));
        folded.put(node.name(), null);
      }
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      Node kept = folded.getOrDefault(node.name(), node);
      if (kept != null) {
        nodes.add(kept);
      }
    }
    java.util.Set<String> read = new java.util.HashSet<>(network.outputs());
    nodes.forEach(n -> read.addAll(n.inputs()));
    List<Weight> kept =
        pass.weights.values().stream()
            .filter(w -> read.contains(w.name()) || pass.reads.getOrDefault(w.name(), 0) == 0)
            .toList();
    return new Network(
        network.name(), network.inputs(), nodes, kept, network.outputs(), network.metadata());
  }

  private boolean folds(Node conv, Node norm) {
    return conv.op() instanceof Conv2d
        && reads.get(conv.output()) == 1
        && conv.inputs().stream().skip(1).allMatch(this::ownFloats)
        && norm.inputs().stream().skip(1).allMatch(i -> network.weights().containsKey(i));
  }

  /** Whether a value is a stored one that nothing else reads. */
  private boolean ownFloats(String name) {
    Weight weight = network.weights().get(name);
    return weight != null && weight.tensor().isFloat() && reads.get(name) == 1;
  }

  private Node fold(Node conv, Node norm, double epsilon) {
    float[] scale = values(norm.inputs().get(1));
    float[] shift = values(norm.inputs().get(2));
    float[] mean = values(norm.inputs().get(3));
    float[] variance = values(norm.inputs().get(4));
    for (int o = 0; o < scale.length; o++) {
      scale[o] /= (float) Math.sqrt(variance[o] + (float) epsilon);
    }
    Weight filters = weights.get(conv.inputs().get(1));
    float[] kernel = filters.tensor().floats();
    int each = kernel.length / scale.length;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] *= scale[i / each];
    }
    weights.put(
        filters.name(), filters.withTensor(Tensor.sharing(filters.tensor().shape(), kernel)));
    boolean had = conv.inputs().size() > 2;
    String bias = had ? conv.inputs().get(2) : conv.name() + ".bias";
    while (!had && (weights.containsKey(bias) || makers.containsKey(bias))) {
      bias += "_";
    }
    float[] offset = had ? values(bias) : new float[scale.length];
    for (int o = 0; o < scale.length; o++) {
      if (had) {
        offset[o] -= mean[o];
        offset[o] *= scale[o];
        offset[o] += shift[o];
      } else {
        mean[o] *= scale[o];
        offset[o] = shift[o] - mean[o];
      }
    }
    weights.put(
        bias,
        new Weight(
            bias,
            Weight.Role.LEARNED,
            Weight.OFFSETS,
            Tensor.sharing(Shape.of(offset.length), offset)));
    return new Node(
        conv.name(),
        conv.op(),
        List.of(conv.inputs().get(0), filters.name(), bias),
        norm.outputs());
  }

  private float[] values(String name) {
    return weights.get(name).tensor().floats();
  }
}
