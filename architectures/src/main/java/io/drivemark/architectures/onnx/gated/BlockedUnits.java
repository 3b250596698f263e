package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.drivemark.architectures.graph.FoldedNormalisation;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts residual units behind {@code If} in what ONNX Runtime has made of the network, so that maps
 * cross the branches in its own layout and what it has fused stays fused. Stateless.
 */
final class BlockedUnits {
  private BlockedUnits() {}

  /**
   * The network whose units are always run: it answers with the outputs of the gated one, then with
   * each unit's gate, what it is given and what it makes, so that these can be found again.
   *
   * @throws NotNarrow if a unit makes an output
   */
  static Network whole(GatedNetwork gated) throws NotNarrow {
    Network network = FoldedNormalisation.of(gated.network());
    Map<String, String> instead = new HashMap<>();
    for (GateSite site : gated.sites()) {
      instead.put(GatedNetwork.gated(site, 0), site.tap());
    }
    Set<String> outputs = new LinkedHashSet<>(network.outputs());
    for (String output : outputs) {
      if (instead.containsKey(output) || instead.containsValue(output)) {
        throw new NotNarrow("output " + output + " is made by a unit");
      }
    }
    for (GateSite site : gated.sites()) {
      outputs.add(GatedNetwork.live(site));
      outputs.add(entry(gated, site));
      outputs.add(site.tap());
    }
    outputs.removeAll(network.inputs().stream().map(i -> i.name()).toList());
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (!instead.containsKey(node.output())) {
        List<String> inputs = node.inputs().stream().map(i -> instead.getOrDefault(i, i)).toList();
        nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
      }
    }
    return new Network(
            network.name(),
            network.inputs(),
            nodes,
            network.weights().values(),
            network.outputs(),
            network.metadata())
        .forInference(List.copyOf(outputs));
  }

  /** The value a unit is given, by its name in the network whose units are always run. */
  private static String entry(GatedNetwork gated, GateSite site) {
    String read = gated.input(site);
    for (GateSite other : gated.sites()) {
      if (read.equals(GatedNetwork.gated(other, 0))) {
        return other.tap();
      }
    }
    return read;
  }

  /**
   * Rewrites what was made of {@link #whole}.
   *
   * @throws NotNarrow if a unit is not a part of its own any more
   */
  static GraphProto branched(GraphProto graph, GatedNetwork gated) throws NotNarrow {
    Map<String, NodeProto> makers = new HashMap<>();
    graph.getNodeList().forEach(n -> n.getOutputList().forEach(o -> makers.put(o, n)));
    Edited to = new Edited(graph);
    Set<NodeProto> moved = new HashSet<>();
    for (GateSite site : gated.sites()) {
      String entry = entry(gated, site);
      NodeProto last = makers.get(site.tap());
      String exit = isReorder(last, "ReorderOutput") ? last.getInput(0) : site.tap();
      Set<String> given = given(graph, makers, entry);
      Set<NodeProto> body = new LinkedHashSet<>();
      collect(exit, given, makers, body);
      requireClosed(graph, site, body, exit);
      moved.addAll(body);
      to.add(branches(to, site, exit, body, skip(makers, entry, exit, site)));
    }
    graph.getNodeList().stream().filter(n -> !moved.contains(n)).forEach(to::add);
    return to.graph(graph);
  }

  private static boolean isReorder(NodeProto node, String type) {
    return node != null && node.getDomain().equals(Blocks.DOMAIN) && node.getOpType().equals(type);
  }

  /** The map that a unit is given, in either layout. */
  private static Set<String> given(GraphProto graph, Map<String, NodeProto> makers, String entry) {
    Set<String> given = new HashSet<>(Set.of(entry));
    if (isReorder(makers.get(entry), "ReorderOutput")) {
      given.add(makers.get(entry).getInput(0));
    }
    for (NodeProto node : graph.getNodeList()) {
      boolean reorders = isReorder(node, "ReorderInput") || isReorder(node, "ReorderOutput");
      if (reorders && given.contains(node.getInput(0))) {
        given.add(node.getOutput(0));
      }
    }
    return given;
  }

  /** Everything that a value is made by, from what is given on. */
  private static void collect(
      String value, Set<String> given, Map<String, NodeProto> makers, Set<NodeProto> body) {
    NodeProto maker = given.contains(value) ? null : makers.get(value);
    if (maker != null && !body.contains(maker)) {
      maker.getInputList().forEach(i -> collect(i, given, makers, body));
      body.add(maker);
    }
  }

  private static void requireClosed(
      GraphProto graph, GateSite site, Set<NodeProto> body, String exit) throws NotNarrow {
    Set<String> made = new HashSet<>();
    body.forEach(n -> made.addAll(n.getOutputList()));
    if (!made.remove(exit)) {
      throw new NotNarrow("site " + site.name() + ": its layers make nothing");
    }
    List<String> read = new ArrayList<>();
    graph.getNodeList().stream()
        .filter(n -> !body.contains(n))
        .forEach(n -> read.addAll(n.getInputList()));
    graph.getOutputList().forEach(o -> read.add(o.getName()));
    for (String value : read) {
      if (made.contains(value)) {
        throw new NotNarrow("site " + site.name() + ": " + value + " is read outside the unit");
      }
    }
  }

  /**
   * What goes on where the layers are off: what they are given, in the layout of what they make.
   */
  private static NodeProto skip(
      Map<String, NodeProto> makers, String entry, String exit, GateSite site) {
    boolean blocks = !exit.equals(site.tap());
    boolean givenInBlocks = isReorder(makers.get(entry), "ReorderOutput");
    NodeProto.Builder skip = NodeProto.newBuilder().setName(exit + "//passed");
    if (blocks && givenInBlocks) {
      skip.setOpType("Identity").addInput(makers.get(entry).getInput(0));
    } else if (blocks) {
      skip.setDomain(Blocks.DOMAIN).setOpType("ReorderInput").addInput(entry);
    } else if (givenInBlocks) {
      skip.mergeFrom(makers.get(entry)).setName(exit + "//passed").clearOutput();
    } else {
      skip.setOpType("Identity").addInput(entry);
    }
    return skip.addOutput(exit + "//passed").build();
  }

  private static NodeProto branches(
      Edited to, GateSite site, String exit, Set<NodeProto> body, NodeProto skip) {
    List<NodeProto> layers = new ArrayList<>();
    for (NodeProto node : body) {
      NodeProto.Builder renamed = node.toBuilder();
      for (int i = 0; i < node.getOutputCount(); i++) {
        if (node.getOutput(i).equals(exit)) {
          renamed.setOutput(i, exit + "//live");
        }
      }
      layers.add(renamed.build());
    }
    return Branches.branches(to, site, exit, layers, exit + "//live", skip);
  }
}
