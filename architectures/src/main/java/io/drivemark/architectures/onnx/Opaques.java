package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Foreign nodes kept whole. An opaque operator holds a model of this one node, so that the version
 * of its operator set is kept too.
 */
final class Opaques {
  private Opaques() {}

  /** Keeps a node whole; its own name and those of its values are the network node's business. */
  static Opaque keep(NodeProto node, List<OperatorSetIdProto> opsets) {
    ModelProto.Builder kept = ModelProto.newBuilder();
    Set<String> domains = new HashSet<>();
    collectDomains(node, domains);
    for (OperatorSetIdProto opset : opsets) {
      if (domains.contains(domain(opset))) {
        kept.addOpsetImportBuilder().setDomain(domain(opset)).setVersion(opset.getVersion());
      }
    }
    NodeProto.Builder bare =
        node.toBuilder().clearName().clearDocString().clearInput().clearOutput();
    node.getInputList().forEach(name -> bare.addInput(name.isEmpty() ? "" : "_"));
    node.getOutputList().forEach(name -> bare.addOutput(name.isEmpty() ? "" : "_"));
    kept.getGraphBuilder().addNode(bare);
    return new Opaque(
        node.getOpType(),
        domain(node.getDomain()),
        Base64.getEncoder().encodeToString(kept.build().toByteArray()),
        (int) node.getOutputList().stream().filter(name -> !name.isEmpty()).count(),
        stored(node));
  }

  private static Optional<Opaque.Stored> stored(NodeProto node) {
    boolean holds =
        node.getOpType().equals("Constant")
            && node.getAttributeCount() == 1
            && node.getAttribute(0).hasT();
    if (!holds) {
      return Optional.empty();
    }
    TensorProto tensor = node.getAttribute(0).getT();
    return Optional.of(
        new Opaque.Stored(
            ElementTypes.name(ElementTypes.of(tensor.getDataType())),
            Tensors.shape(tensor, node.getOutput(0))));
  }

  /** The domains of a node and of all nodes in its bodies, its own first. */
  private static void collectDomains(NodeProto node, Set<String> domains) {
    domains.add(domain(node.getDomain()));
    for (AttributeProto attribute : node.getAttributeList()) {
      for (GraphProto body : ValueNames.bodies(attribute)) {
        body.getNodeList().forEach(inner -> collectDomains(inner, domains));
      }
    }
  }

  /** The ONNX node again, reading and making the values of the network's node. */
  static NodeProto restore(Opaque op, Node node) {
    NodeProto kept = model(op).getGraph().getNode(0);
    NodeProto.Builder restored = kept.toBuilder().setName(node.name()).clearInput().clearOutput();
    refill(kept.getInputList(), node.inputs()).forEach(restored::addInput);
    refill(kept.getOutputList(), node.outputs()).forEach(restored::addOutput);
    return restored.build();
  }

  /** Names in order, with the gaps that ONNX uses for operands left out. */
  private static List<String> refill(List<String> kept, List<String> names) {
    List<String> all = new ArrayList<>();
    Iterator<String> next = names.iterator();
    kept.forEach(name -> all.add(name.isEmpty() ? "" : next.next()));
    return all;
  }

  /** The operator sets a model says it uses, one a domain: of several the last. */
  static List<OperatorSetIdProto> opsets(ModelProto model) {
    Map<String, OperatorSetIdProto> last = new LinkedHashMap<>();
    model.getOpsetImportList().forEach(o -> last.put(domain(o), o));
    return List.copyOf(last.values());
  }

  /** The operator sets the node was written for. */
  static List<OperatorSetIdProto> opsets(Opaque op) {
    return model(op).getOpsetImportList();
  }

  static String domain(OperatorSetIdProto opset) {
    return domain(opset.getDomain());
  }

  /** The default operator set has two names. */
  static String domain(String name) {
    return name.equals("ai.onnx") ? "" : name;
  }

  /** Values of the network that bodies inside the node (branches, loops) read by name. */
  static Set<String> outerValues(Opaque op) {
    if (op.stored().isPresent()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    model(op).getGraph().getNode(0).getAttributeList().forEach(a -> collect(a, names));
    return names;
  }

  private static void collect(AttributeProto attribute, Set<String> names) {
    for (GraphProto body : ValueNames.bodies(attribute)) {
      for (NodeProto node : body.getNodeList()) {
        names.addAll(node.getInputList());
        node.getAttributeList().forEach(a -> collect(a, names));
      }
      body.getOutputList().forEach(output -> names.add(output.getName()));
    }
  }

  /** The operator with other names for outer values in its bodies. */
  static Opaque renamed(Opaque op, Map<String, String> names) {
    if (outerValues(op).stream().noneMatch(names::containsKey)) {
      return op;
    }
    ModelProto.Builder model = model(op).toBuilder();
    model
        .getGraphBuilder()
        .getNodeBuilder(0)
        .getAttributeBuilderList()
        .forEach(a -> rename(a, names));
    String bytes = Base64.getEncoder().encodeToString(model.build().toByteArray());
    return new Opaque(op.type(), op.domain(), bytes, op.outputs(), op.stored());
  }

  private static void rename(AttributeProto.Builder attribute, Map<String, String> names) {
    List<GraphProto.Builder> bodies = new ArrayList<>(attribute.getGraphsBuilderList());
    if (attribute.hasG()) {
      bodies.add(attribute.getGBuilder());
    }
    for (GraphProto.Builder body : bodies) {
      for (NodeProto.Builder node : body.getNodeBuilderList()) {
        for (int i = 0; i < node.getInputCount(); i++) {
          node.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
        }
        node.getAttributeBuilderList().forEach(a -> rename(a, names));
      }
      for (ValueInfoProto.Builder output : body.getOutputBuilderList()) {
        output.setName(names.getOrDefault(output.getName(), output.getName()));
      }
    }
  }

  private static ModelProto model(Opaque op) {
    if (op.isTorchScript()) {
      throw new BadInputException(
          op.type()
              + " is a TorchScript file: engine pytorch runs it, and it cannot be written as ONNX;"
              + " export the network with torch.onnx.export for other engines");
    }
    try {
      ModelProto model = ModelProto.parseFrom(Base64.getDecoder().decode(op.serializedNode()));
      if (model.getGraph().getNodeCount() != 1) {
        throw new IllegalArgumentException("opaque operator " + op.type() + " holds no node");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "opaque operator " + op.type() + " holds no ONNX node: " + e.getMessage(), e);
    }
  }
}
