package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph that is being rewritten: its stored tensors by name, the nodes written so far, and short
 * ways of writing more. What is added bears names that start with {@value #PREFIX}. Not
 * thread-safe.
 */
final class Edited {
  static final String PREFIX = "gated//";

  private final Map<String, TensorProto> tensors = new LinkedHashMap<>();
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<List<Object>, String> constants = new HashMap<>();

  Edited(GraphProto graph) {
    graph.getInitializerList().forEach(t -> tensors.put(t.getName(), t));
    names.addAll(tensors.keySet());
    graph.getInputList().forEach(i -> names.add(i.getName()));
    graph.getNodeList().forEach(n -> names.addAll(n.getOutputList()));
  }

  /** Whether no value has this name yet. */
  boolean isNew(String name) {
    return !names.contains(name);
  }

  /** A stored tensor, or null. */
  TensorProto tensor(String name) {
    return tensors.get(name);
  }

  /** Adds a node as it is. */
  void add(NodeProto node) {
    nodes.add(node);
  }

  List<NodeProto> nodes() {
    return nodes;
  }

  /** Adds a node of the standard operators; answers with its only output. */
  String op(String type, String what, List<String> inputs, AttributeProto... attributes) {
    String output = fresh(what);
    nodes.add(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes))
            .build());
    return output;
  }

  /** Adds a node of the standard operators that makes the value of this name. */
  void named(String type, String output, List<String> inputs) {
    names.add(output);
    nodes.add(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .build());
  }

  String gather(String what, String data, String indices, int axis) {
    return op("Gather", what, List.of(data, indices), integer("axis", axis));
  }

  String reshape(String what, String x, long... shape) {
    return op("Reshape", what, List.of(x, vector(shape)));
  }

  /** A stored vector of int64; equal ones are stored once. */
  String vector(long... values) {
    return longs(new long[] {values.length}, values);
  }

  /** A stored tensor of int64; equal ones are stored once. */
  String longs(long[] dims, long... values) {
    List<Object> key = new ArrayList<>();
    for (long dim : dims) {
      key.add(dim);
    }
    key.add("of");
    for (long value : values) {
      key.add(value);
    }
    return constants.computeIfAbsent(
        key,
        k -> {
          ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asLongBuffer().put(values);
          return stored(TensorProto.DataType.INT64_VALUE, ByteString.copyFrom(bytes), dims);
        });
  }

  /** Stored float32 zeros of this shape; without extents one number. */
  String zeros(long... dims) {
    long count = 1;
    for (long dim : dims) {
      count *= dim;
    }
    byte[] bytes = new byte[Math.toIntExact(Float.BYTES * count)];
    return constants.computeIfAbsent(
        List.of("zeros", Arrays.toString(dims)),
        k -> stored(TensorProto.DataType.FLOAT_VALUE, ByteString.copyFrom(bytes), dims));
  }

  private String stored(int type, ByteString bytes, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(fresh("const")).setDataType(type).setRawData(bytes);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    tensors.put(tensor.getName(), tensor.build());
    return tensor.getName();
  }

  /** A stored tensor under other extents of the same number of elements. */
  String viewed(String name, long... dims) {
    List<Object> key = new ArrayList<>(List.of(name));
    for (long dim : dims) {
      key.add(dim);
    }
    return constants.computeIfAbsent(
        key,
        k -> {
          TensorProto.Builder view = tensors.get(name).toBuilder().clearDims();
          for (long dim : dims) {
            view.addDims(dim);
          }
          view.setName(fresh(name));
          tensors.put(view.getName(), view.build());
          return view.getName();
        });
  }

  private String fresh(String what) {
    String stem = what.startsWith(PREFIX) ? what : PREFIX + what;
    String name = stem;
    for (int i = 1; !names.add(name); i++) {
      name = stem + "." + i;
    }
    return name;
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /**
   * The graph with those of these nodes and stored tensors that its outputs need, in an order in
   * which every value is made before it is read.
   *
   * @throws IllegalArgumentException if values depend on each other in a circle
   */
  GraphProto graph(GraphProto original) {
    Map<String, NodeProto> makers = new HashMap<>();
    nodes.forEach(n -> n.getOutputList().forEach(o -> makers.put(o, n)));
    Set<String> begun = new HashSet<>();
    Set<String> read = new HashSet<>();
    List<NodeProto> sorted = new ArrayList<>();
    original.getOutputList().forEach(o -> place(o.getName(), makers, begun, read, sorted));
    GraphProto.Builder graph =
        original.toBuilder().clearNode().clearInitializer().clearValueInfo().addAllNode(sorted);
    tensors.values().stream()
        .filter(t -> read.contains(t.getName()))
        .forEach(graph::addInitializer);
    return graph.build();
  }

  private static void place(
      String value,
      Map<String, NodeProto> makers,
      Set<String> begun,
      Set<String> made,
      List<NodeProto> sorted) {
    if (made.contains(value)) {
      return;
    }
    if (!begun.add(value)) {
      throw new IllegalArgumentException("value " + value + " depends on itself");
    }
    NodeProto maker = makers.get(value);
    if (maker != null) {
      Bodies.read(maker).forEach(v -> place(v, makers, begun, made, sorted));
      made.addAll(maker.getOutputList());
      sorted.add(maker);
    }
    made.add(value);
  }
}
