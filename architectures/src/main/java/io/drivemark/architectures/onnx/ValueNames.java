package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Names of values in nodes and in the bodies (branches, loops) they hold. Stateless. */
final class ValueNames {
  private ValueNames() {}

  /** What a graph's nodes and outputs read, bodies included. */
  static Set<String> read(GraphProto graph) {
    Set<String> names = new HashSet<>();
    read(graph, names);
    return names;
  }

  private static void read(GraphProto graph, Set<String> names) {
    for (NodeProto node : graph.getNodeList()) {
      names.addAll(node.getInputList());
      node.getAttributeList().forEach(a -> bodies(a).forEach(body -> read(body, names)));
    }
    graph.getOutputList().forEach(output -> names.add(output.getName()));
  }

  /** The graphs that an attribute holds. */
  static List<GraphProto> bodies(AttributeProto attribute) {
    List<GraphProto> bodies = new ArrayList<>(attribute.getGraphsList());
    if (attribute.hasG()) {
      bodies.add(attribute.getG());
    }
    return bodies;
  }

  /** Gives every value of a node another name; the empty name, for none, stays. */
  static void rename(NodeProto.Builder node, UnaryOperator<String> names) {
    for (int i = 0; i < node.getInputCount(); i++) {
      node.setInput(i, named(node.getInput(i), names));
    }
    for (int i = 0; i < node.getOutputCount(); i++) {
      node.setOutput(i, named(node.getOutput(i), names));
    }
    for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        rename(attribute.getGBuilder(), names);
      }
      attribute.getGraphsBuilderList().forEach(body -> rename(body, names));
    }
  }

  private static void rename(GraphProto.Builder body, UnaryOperator<String> names) {
    body.getNodeBuilderList().forEach(node -> rename(node, names));
    for (int i = 0; i < body.getInitializerCount(); i++) {
      String name = named(body.getInitializer(i).getName(), names);
      body.getInitializerBuilder(i).setName(name);
    }
    body.clearValueInfo();
    for (ValueInfoProto.Builder info : body.getInputBuilderList()) {
      info.setName(named(info.getName(), names));
    }
    for (ValueInfoProto.Builder info : body.getOutputBuilderList()) {
      info.setName(named(info.getName(), names));
    }
  }

  private static String named(String name, UnaryOperator<String> names) {
    return name.isEmpty() ? name : names.apply(name);
  }
}
