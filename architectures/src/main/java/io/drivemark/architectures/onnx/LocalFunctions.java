package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Replaces calls of functions that a model defines itself by what the functions do, as an ONNX
 * runtime does when it opens the model. Used once; not thread-safe.
 */
final class LocalFunctions {
  /** Functions that call functions can double the nodes at each level. */
  private static final int MOST_NODES = 200_000;

  private final String source;
  private final Map<String, FunctionProto> functions = new LinkedHashMap<>();
  private final Map<String, Long> opsets = new TreeMap<>();
  private final Set<String> called = new LinkedHashSet<>();
  private final Set<String> taken = new HashSet<>();
  private int made;

  private LocalFunctions(String source) {
    this.source = source;
  }

  /**
   * The model without functions.
   *
   * @param notes gets a sentence on what was done
   * @throws BadInputException if functions call each other in a circle, are called with inputs they
   *     do not have, or were written for other operator sets than the model
   */
  static ModelProto inlined(ModelProto model, String source, List<String> notes) {
    if (model.getFunctionsCount() == 0) {
      return model;
    }
    LocalFunctions inlining = new LocalFunctions(source);
    model
        .getFunctionsList()
        .forEach(f -> inlining.functions.put(key(f.getDomain(), f.getName(), f.getOverload()), f));
    model.getOpsetImportList().forEach(o -> inlining.opsets.put(Opaques.domain(o), o.getVersion()));
    ModelProto.Builder plain = model.toBuilder().clearFunctions();
    inlining.replace(plain.getGraphBuilder(), List.of());
    plain.clearOpsetImport();
    inlining.opsets.forEach(
        (domain, version) ->
            plain.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    if (!inlining.called.isEmpty()) {
      notes.add(
          "functions that the file defines itself were put where they are called: "
              + String.join(", ", inlining.called));
    }
    return plain.build();
  }

  private static String key(String domain, String name, String overload) {
    return Opaques.domain(domain) + "::" + name + (overload.isEmpty() ? "" : ":" + overload);
  }

  private void replace(GraphProto.Builder graph, List<String> callers) {
    List<NodeProto> nodes = new ArrayList<>();
    graph.getNodeList().forEach(node -> nodes.addAll(replaced(node, callers)));
    graph.clearNode().addAllNode(nodes);
  }

  /** What a node becomes: itself, or the nodes of the function it calls. */
  private List<NodeProto> replaced(NodeProto node, List<String> callers) {
    String key = key(node.getDomain(), node.getOpType(), node.getOverload());
    FunctionProto function = functions.get(key);
    made++;
    if (made > MOST_NODES) {
      throw new BadInputException(
          source
              + ": its functions call each other so often that it has more than "
              + MOST_NODES
              + " nodes; export it again without functions");
    }
    if (function == null) {
      NodeProto.Builder copy = node.toBuilder();
      for (AttributeProto.Builder attribute : copy.getAttributeBuilderList()) {
        if (attribute.hasG()) {
          replace(attribute.getGBuilder(), callers);
        }
        attribute.getGraphsBuilderList().forEach(body -> replace(body, callers));
      }
      return List.of(copy.build());
    }
    if (callers.contains(key)) {
      throw new BadInputException(
          source
              + ": function "
              + key
              + " calls itself ("
              + String.join(", ", callers)
              + "); export it again without functions");
    }
    called.add(key);
    List<String> deeper = new ArrayList<>(callers);
    deeper.add(key);
    List<NodeProto> all = new ArrayList<>();
    for (NodeProto inner : new Call(key, function, node).nodes()) {
      all.addAll(replaced(inner, deeper));
    }
    return all;
  }

  /** One call of one function. */
  private final class Call {
    private final FunctionProto function;
    private final String prefix;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, AttributeProto> attributes = new HashMap<>();
    private final Map<String, String> handedOn = new LinkedHashMap<>();

    Call(String key, FunctionProto function, NodeProto node) {
      this.function = function;
      if (node.getInputCount() > function.getInputCount()
          || node.getOutputCount() > function.getOutputCount()) {
        throw new BadInputException(
            source
                + ": function "
                + key
                + " has "
                + function.getInputCount()
                + " inputs and "
                + function.getOutputCount()
                + " outputs, a node calls it with "
                + node.getInputCount()
                + " and "
                + node.getOutputCount()
                + "; export it again");
      }
      String base = node.getName().isEmpty() ? node.getOpType() : node.getName();
      String unique = base;
      for (int i = taken.size(); !taken.add(unique); i++) {
        unique = base + "_" + i;
      }
      prefix = unique + "/";
      for (int i = 0; i < function.getInputCount(); i++) {
        values.put(function.getInput(i), i < node.getInputCount() ? node.getInput(i) : "");
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        String result = function.getOutput(i);
        if (node.getOutput(i).isEmpty()) {
          continue;
        }
        if (function.getInputList().contains(result)) {
          handedOn.put(values.get(result), node.getOutput(i));
        } else {
          values.put(result, node.getOutput(i));
        }
      }
      function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
      node.getAttributeList().forEach(a -> attributes.put(a.getName(), a));
      for (OperatorSetIdProto opset : function.getOpsetImportList()) {
        long version = opset.getVersion();
        Long other = opsets.putIfAbsent(Opaques.domain(opset), version);
        if (other != null && other != version) {
          throw new BadInputException(
              source
                  + ": function "
                  + key
                  + " is written for operator set "
                  + version
                  + ", the model for "
                  + other
                  + "; export it again without functions");
        }
      }
    }

    List<NodeProto> nodes() {
      List<NodeProto> nodes = new ArrayList<>();
      for (NodeProto inner : function.getNodeList()) {
        NodeProto.Builder copy = inner.toBuilder();
        copy.setName(prefix + (inner.getName().isEmpty() ? inner.getOpType() : inner.getName()));
        ValueNames.rename(copy, name -> values.computeIfAbsent(name, n -> prefix + n));
        fill(copy);
        nodes.add(copy.build());
      }
      handedOn.forEach(
          (from, to) ->
              nodes.add(
                  NodeProto.newBuilder()
                      .setOpType("Identity")
                      .setName(prefix + to)
                      .addInput(from)
                      .addOutput(to)
                      .build()));
      return nodes;
    }

    /** Puts what the call gives where attributes refer to it; what it does not give goes. */
    private void fill(NodeProto.Builder node) {
      List<AttributeProto> all = new ArrayList<>();
      for (AttributeProto attribute : node.getAttributeList()) {
        String reference = attribute.getRefAttrName();
        if (reference.isEmpty()) {
          AttributeProto.Builder copy = attribute.toBuilder();
          if (copy.hasG()) {
            copy.getGBuilder().getNodeBuilderList().forEach(this::fill);
          }
          copy.getGraphsBuilderList().forEach(g -> g.getNodeBuilderList().forEach(this::fill));
          all.add(copy.build());
        } else if (attributes.containsKey(reference)) {
          all.add(attributes.get(reference).toBuilder().setName(attribute.getName()).build());
        }
      }
      node.clearAttribute().addAllAttribute(all);
    }
  }
}
