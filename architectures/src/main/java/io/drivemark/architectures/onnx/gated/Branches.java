package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts residual units behind {@code If}: where a unit's gate is 1 its layers are run, else what it
 * is given goes on. Stateless.
 */
final class Branches {
  private Branches() {}

  /**
   * Rewrites.
   *
   * @param graph of the masked form
   * @throws NotNarrow if something else reads a value within a unit
   */
  static GraphProto of(GraphProto graph, GatedNetwork gated) throws NotNarrow {
    Map<String, RemovableUnit> units = new HashMap<>();
    Network dense = gated.dense();
    RemovableUnit.of(dense).forEach(u -> units.put(u.name(), u));
    Map<String, NodeProto> ifs = new LinkedHashMap<>(); // by the value it makes
    Set<String> moved = new HashSet<>();
    Edited to = new Edited(graph);
    for (GateSite site : gated.sites()) {
      RemovableUnit unit = units.get(site.name());
      if (unit == null) {
        throw new NotNarrow("site " + site.name() + ": no unit of this name is found");
      }
      Set<String> names = Set.copyOf(unit.nodes());
      List<NodeProto> body =
          graph.getNodeList().stream().filter(n -> names.contains(owner(n.getName()))).toList();
      body.forEach(n -> moved.add(n.getName()));
      requireClosed(graph, site, body);
      String made = GatedNetwork.gated(site, 0);
      NodeProto skip =
          NodeProto.newBuilder()
              .setOpType("Identity")
              .setName(made + "/passed")
              .addInput(gated.input(site))
              .addOutput(made + "/passed")
              .build();
      ifs.put(made, branches(to, site, made, body, site.tap(), skip));
    }
    for (NodeProto node : graph.getNodeList()) {
      NodeProto branches = node.getOutputCount() == 0 ? null : ifs.get(node.getOutput(0));
      if (branches != null) {
        to.add(branches);
      } else if (!moved.contains(node.getName())) {
        to.add(node);
      }
    }
    return to.graph(graph);
  }

  /**
   * The node that runs layers where a site's gate is 1.
   *
   * @param made the value it makes
   * @param layers each after what it reads
   * @param result the value of the layers that goes on
   * @param skip the node that is run where the gate is 0
   */
  static NodeProto branches(
      Edited to,
      GateSite site,
      String made,
      List<NodeProto> layers,
      String result,
      NodeProto skip) {
    String flag = to.reshape(site.name() + "/live", GatedNetwork.live(site), 1);
    String condition =
        to.op(
            "Cast",
            site.name() + "/condition",
            List.of(flag),
            Edited.integer("to", TensorProto.DataType.BOOL.getNumber()));
    return NodeProto.newBuilder()
        .setOpType("If")
        .setName(made)
        .addInput(condition)
        .addOutput(made)
        .addAttribute(branch("then_branch", layers, result))
        .addAttribute(branch("else_branch", List.of(skip), skip.getOutput(0)))
        .build();
  }

  /** The name of the network's node that an ONNX node was written for. */
  private static String owner(String name) {
    int end = name.indexOf("//");
    return end < 0 ? name : name.substring(0, end);
  }

  private static void requireClosed(GraphProto graph, GateSite site, List<NodeProto> body)
      throws NotNarrow {
    Set<String> made = new HashSet<>();
    body.forEach(n -> made.addAll(n.getOutputList()));
    if (!made.remove(site.tap())) {
      throw new NotNarrow("site " + site.name() + ": its nodes do not make " + site.tap());
    }
    Set<NodeProto> inside = new HashSet<>(body);
    List<String> read = new ArrayList<>();
    graph.getNodeList().stream()
        .filter(n -> !inside.contains(n))
        .forEach(n -> read.addAll(Bodies.read(n)));
    graph.getOutputList().forEach(o -> read.add(o.getName()));
    for (String value : read) {
      if (made.contains(value)) {
        throw new NotNarrow("site " + site.name() + ": " + value + " is read outside the unit");
      }
    }
  }

  private static AttributeProto branch(String name, List<NodeProto> nodes, String output) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(
            GraphProto.newBuilder()
                .setName(output + "/" + name)
                .addAllNode(nodes)
                .addOutput(ValueInfoProto.newBuilder().setName(output)))
        .build();
  }
}
