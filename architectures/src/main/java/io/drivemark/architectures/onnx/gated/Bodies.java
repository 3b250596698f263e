package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a node reads, by itself and from within the branches it holds. Stateless. */
final class Bodies {
  private Bodies() {}

  static Set<String> read(NodeProto node) {
    Set<String> values = new LinkedHashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      List<GraphProto> bodies = new ArrayList<>(attribute.getGraphsList());
      if (attribute.hasG()) {
        bodies.add(attribute.getG());
      }
      for (GraphProto body : bodies) {
        body.getNodeList().forEach(n -> values.addAll(read(n)));
        body.getOutputList().forEach(o -> values.add(o.getName()));
      }
    }
    values.remove("");
    return values;
  }
}
