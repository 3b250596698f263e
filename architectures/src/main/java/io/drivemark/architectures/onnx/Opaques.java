package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Opaque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * Foreign nodes kept whole. An opaque operator holds a model of this one node, so that the version
 * of its operator set is kept too.
 */
final class Opaques {
  private Opaques() {}

  /** Keeps a node whole. */
  static Opaque keep(NodeProto node, List<OperatorSetIdProto> opsets) {
    ModelProto.Builder kept = ModelProto.newBuilder();
    opsets.stream()
        .filter(o -> domain(o).equals(domain(node.getDomain())))
        .forEach(kept::addOpsetImport);
    kept.getGraphBuilder().addNode(node);
    return new Opaque(
        node.getOpType(),
        node.getDomain(),
        Base64.getEncoder().encodeToString(kept.build().toByteArray()),
        (int) node.getOutputList().stream().filter(name -> !name.isEmpty()).count());
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

  private static ModelProto model(Opaque op) {
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
