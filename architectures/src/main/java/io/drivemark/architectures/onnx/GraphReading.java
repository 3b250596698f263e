package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One reading of one ONNX graph. Used once; not thread-safe. */
final class GraphReading {
  private final ModelProto model;
  private final GraphProto graph;
  private final int opset;
  private final String source;
  private final GraphNotes notes;
  private final PlainNodes plain;
  private final ShapeArithmetic arithmetic;
  private final LabelCasts casts;
  private final List<OperatorSetIdProto> opsets;
  private final Set<Node> figures = new HashSet<>();
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final Map<String, Tensor> values = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final List<NetworkInput> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> nodeNames = new HashSet<>();
  private final Map<String, Integer> repeated = new HashMap<>();

  GraphReading(ModelProto model, int opset, String source) {
    this.model = model;
    this.graph = model.getGraph();
    this.opset = opset;
    this.source = source;
    this.notes = notes();
    this.plain = new PlainNodes(opset, this::value, name -> fileShape(name));
    this.arithmetic = new ShapeArithmetic(opset, this::value, this::valueShape);
    this.casts = new LabelCasts(graph);
    this.opsets = Opaques.opsets(model);
  }

  Network network() {
    readInitializers();
    readInputs();
    int i = 0;
    while (i < graph.getNodeCount()) {
      i += readNodes(i);
    }
    dropUnreadFigures();
    Map<String, String> metadata = new TreeMap<>();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (!entry.getKey().equals(GraphNotes.KEY)) {
        metadata.put(entry.getKey(), entry.getValue());
      }
    }
    List<String> outputs = graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    return new ReadWeights(notes, inputs, nodes, values, outputs)
        .network(graph.getName(), metadata);
  }

  private GraphNotes notes() {
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (entry.getKey().equals(GraphNotes.KEY)) {
        try {
          return GraphNotes.parse(entry.getValue());
        } catch (JsonProcessingException e) {
          throw new BadInputException(
              source
                  + ": the metadata entry "
                  + GraphNotes.KEY
                  + " is damaged: "
                  + e.getOriginalMessage()
                  + "; export the model again",
              e);
        }
      }
    }
    return GraphNotes.NONE;
  }

  private void readInitializers() {
    for (TensorProto initializer : graph.getInitializerList()) {
      initializers.put(initializer.getName(), initializer);
      Optional<Tensor> tensor = Tensors.read(initializer, source);
      if (tensor.isPresent()) {
        values.put(initializer.getName(), tensor.get());
        shapes.put(initializer.getName(), logicalShape(initializer.getName(), tensor.get()));
      } else {
        NodeProto constant =
            NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput(initializer.getName())
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(initializer))
                .build();
        keep(constant);
      }
    }
  }

  private Shape logicalShape(String name, Tensor tensor) {
    GraphNotes.WeightNote note = notes.weights().get(name);
    if (note != null && note.fits(tensor)) {
      return Shape.of(note.shape());
    }
    return tensor.shape();
  }

  private void readInputs() {
    for (ValueInfoProto input : graph.getInputList()) {
      if (initializers.containsKey(input.getName())) {
        continue;
      }
      TypeProto type = input.getType();
      Shape shape = shape(type.getTensorType());
      shapes.put(input.getName(), shape);
      inputs.add(
          new NetworkInput(input.getName(), notes.inputShape(input.getName()).orElse(shape)));
    }
  }

  private static Shape shape(TypeProto.Tensor type) {
    if (!type.hasShape()) {
      return Shape.unknown();
    }
    int[] extents = new int[type.getShape().getDimCount()];
    for (int i = 0; i < extents.length; i++) {
      TensorShapeProto.Dimension dim = type.getShape().getDim(i);
      extents[i] = dim.getDimValue() > 0 ? Math.toIntExact(dim.getDimValue()) : Shape.UNKNOWN;
    }
    return Shape.of(extents);
  }

  /** Reads the node at an index, and what else it was lowered to; returns how many were read. */
  private int readNodes(int index) {
    NodeProto first = graph.getNode(index);
    Optional<OpJson.Original> original = OpJson.read(first.getDocString());
    if (original.isPresent() && isLoweredFrom(original.get(), index)) {
      add(original.get().node());
      return original.get().parts();
    }
    if (first.getOpType().equals("Constant") && fold(first)) {
      return 1;
    }
    Optional<Node> sized = arithmetic.sized(first, unique(first));
    Optional<Node> read =
        sized.or(() -> casts.read(first, unique(first))).or(() -> plain.read(first, unique(first)));
    if (read.isPresent() && fits(read.get())) {
      add(read.get());
    } else {
      keep(first);
    }
    if (arithmetic.follow(first)) {
      figures.add(nodes.get(nodes.size() - 1));
    }
    return 1;
  }

  /** Takes out what only computed sizes that became part of other nodes. */
  private void dropUnreadFigures() {
    Set<String> read = new HashSet<>();
    graph.getOutputList().forEach(output -> read.add(output.getName()));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (figures.contains(node) && node.outputs().stream().noneMatch(read::contains)) {
        nodes.remove(i);
      } else {
        read.addAll(node.inputs());
        if (node.op() instanceof Opaque opaque) {
          read.addAll(Opaques.outerValues(opaque));
        }
      }
    }
  }

  /** Whether lowering the node again gives exactly what stands in the file. */
  private boolean isLoweredFrom(OpJson.Original original, int index) {
    int parts = original.parts();
    if (parts < 1 || index + parts > graph.getNodeCount()) {
      return false;
    }
    Lowering.Result again;
    try {
      again = Lowering.lower(original.node(), opset, this::valueShape, this::fileShape);
    } catch (RuntimeException e) {
      return false; // the note does not fit the graph: somebody changed it
    }
    List<NodeProto> found = new ArrayList<>(graph.getNodeList().subList(index, index + parts));
    found.set(0, found.get(0).toBuilder().clearDocString().build());
    return again.nodes().equals(found)
        && again.constants().stream()
            .allMatch(c -> Tensors.read(c, source).equals(value(c.getName())));
  }

  private boolean fits(Node node) {
    try {
      return node.op().outputShapes(node.inputs().stream().map(this::valueShape).toList()).size()
          == node.outputs().size();
    } catch (RuntimeException e) {
      return false; // not what our operator of this name takes: the node is kept whole
    }
  }

  private boolean fold(NodeProto constant) {
    if (constant.getAttributeCount() != 1 || constant.getOutputCount() != 1) {
      return false;
    }
    AttributeProto attribute = constant.getAttribute(0);
    Tensor tensor =
        switch (attribute.getName()) {
          case "value" -> Tensors.read(attribute.getT(), source).orElse(null);
          case "value_float" -> Tensor.of(Shape.of(), new float[] {attribute.getF()});
          case "value_floats" -> floats(attribute.getFloatsList());
          case "value_int" -> Tensor.ofLongs(Shape.of(), new long[] {attribute.getI()});
          case "value_ints" ->
              Tensor.ofLongs(attribute.getIntsList().stream().mapToLong(Long::longValue).toArray());
          default -> null;
        };
    if (tensor == null) {
      return false;
    }
    values.put(constant.getOutput(0), tensor);
    shapes.put(constant.getOutput(0), tensor.shape());
    return true;
  }

  private static Tensor floats(List<Float> values) {
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i);
    }
    return Tensor.of(Shape.of(all.length), all);
  }

  private void keep(NodeProto node) {
    List<String> read = node.getInputList().stream().filter(name -> !name.isEmpty()).toList();
    List<String> made = node.getOutputList().stream().filter(name -> !name.isEmpty()).toList();
    Opaque op = Opaques.keep(node, opsets);
    RuntimeLayouts.refuse(op, node, source);
    add(new Node(unique(node), op, read, made));
  }

  private void add(Node node) {
    nodes.add(node);
    nodeNames.add(node.name());
    List<Shape> made = null;
    try {
      made = node.op().outputShapes(node.inputs().stream().map(this::valueShape).toList());
    } catch (RuntimeException e) {
      made = List.of(); // unknown shapes: opening the network at a size will say what is wrong
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      shapes.put(node.outputs().get(i), i < made.size() ? made.get(i) : Shape.unknown());
    }
  }

  private String unique(NodeProto node) {
    String base = node.getName().isEmpty() ? node.getOpType() : node.getName();
    String name = base;
    int i = repeated.getOrDefault(base, 1);
    for (; nodeNames.contains(name) || name.isEmpty(); i++) {
      name = base + "_" + i;
    }
    repeated.put(base, Math.max(1, i - 1));
    return name;
  }

  private Shape valueShape(String name) {
    return shapes.getOrDefault(name, Shape.unknown());
  }

  private Optional<Tensor> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The shape as it stands in the file: slopes and masks may be written as they are broadcast. */
  private Shape fileShape(String name) {
    Tensor tensor = values.get(name);
    return tensor == null ? valueShape(name) : tensor.shape();
  }
}
