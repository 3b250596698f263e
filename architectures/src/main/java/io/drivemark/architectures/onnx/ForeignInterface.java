package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a foreign graph take and give float32: inputs that nothing reads are left out, an image of
 * another element type is converted behind the input, and answers of a type that no engine reads
 * before the output. Used once; not thread-safe.
 */
final class ForeignInterface {
  /** What a float32 image can be converted to. */
  private static final Set<DataType> NUMBERS =
      EnumSet.of(
          DataType.FLOAT16,
          DataType.BFLOAT16,
          DataType.DOUBLE,
          DataType.UINT8,
          DataType.INT8,
          DataType.UINT16,
          DataType.INT16,
          DataType.UINT32,
          DataType.INT32,
          DataType.UINT64,
          DataType.INT64);

  /** Types of answers that engines do not read; all others are handed to them as they are. */
  private static final Set<DataType> CONVERTED =
      EnumSet.of(DataType.UINT16, DataType.UINT32, DataType.UINT64);

  /** Types of answers that engines turn into float32. */
  private static final Set<DataType> READ_AS_FLOAT =
      EnumSet.of(
          DataType.FLOAT16, DataType.BFLOAT16, DataType.DOUBLE, DataType.BOOL, DataType.INT16);

  private static final Set<DataType> WHOLE =
      EnumSet.of(
          DataType.UINT8,
          DataType.INT8,
          DataType.UINT16,
          DataType.INT16,
          DataType.UINT32,
          DataType.INT32,
          DataType.UINT64,
          DataType.INT64);

  private static final String CAST = "//cast";
  private static final String ROUNDED = "//rounded";

  private final GraphProto.Builder graph;
  private final String source;
  private final List<String> notes;

  private ForeignInterface(GraphProto graph, String source, List<String> notes) {
    this.graph = graph.toBuilder();
    this.source = source;
    this.notes = notes;
  }

  /**
   * The graph with a float32 interface.
   *
   * @param notes gets a sentence for each thing that was done
   * @throws BadInputException if the image has a type that no image can be converted to, or several
   *     inputs are needed and one is not float32
   */
  static GraphProto float32(GraphProto graph, String source, List<String> notes) {
    ForeignInterface made = new ForeignInterface(graph, source, notes);
    made.dropUnreadInputs();
    made.freeExtentsOfNothing();
    made.convertInputs();
    made.convertOutputs();
    return made.graph.build();
  }

  private List<ValueInfoProto> images() {
    Set<String> stored =
        graph.getInitializerList().stream().map(t -> t.getName()).collect(Collectors.toSet());
    return graph.getInputList().stream().filter(i -> !stored.contains(i.getName())).toList();
  }

  private void dropUnreadInputs() {
    Set<String> read = ValueNames.read(graph.build());
    List<ValueInfoProto> unread =
        images().stream().filter(i -> !read.contains(i.getName())).toList();
    if (unread.isEmpty() || unread.size() == images().size()) {
      return;
    }
    List<ValueInfoProto> kept =
        graph.getInputList().stream().filter(i -> !unread.contains(i)).toList();
    graph.clearInput().addAllInput(kept);
    for (ValueInfoProto input : unread) {
      notes.add("its input " + input.getName() + " is read by no operator and was left out");
    }
  }

  /** An extent of 0 is how some exporters write one that is free. */
  private void freeExtentsOfNothing() {
    for (ValueInfoProto input : images()) {
      boolean free =
          input.getType().getTensorType().getShape().getDimList().stream()
              .anyMatch(d -> d.hasDimValue() && d.getDimValue() == 0);
      if (free) {
        notes.add("its input " + input.getName() + " has extents of 0, which were taken as free");
      }
    }
  }

  private void convertInputs() {
    List<ValueInfoProto> images = images();
    for (ValueInfoProto input : images) {
      TypeProto type = input.getType();
      DataType element = ElementTypes.of(type.getTensorType().getElemType());
      if (type.hasTensorType() && element == DataType.FLOAT) {
        continue;
      }
      if (images.size() > 1) {
        throw new BadInputException(
            source
                + ": takes "
                + images.size()
                + " inputs, "
                + images.stream().map(ForeignInterface::words).collect(Collectors.joining(" and "))
                + "; expected the image alone: export it again with the others as constants");
      }
      if (!type.hasTensorType() || !NUMBERS.contains(element)) {
        throw new BadInputException(
            source
                + ": input "
                + words(input)
                + " is no image; expected float32, or another type of numbers: export the model"
                + " again");
      }
      convert(input, element);
    }
  }

  private void convert(ValueInfoProto input, DataType element) {
    String name = input.getName();
    String converted = name + "//" + ElementTypes.name(element);
    List<NodeProto> nodes = new ArrayList<>();
    if (WHOLE.contains(element)) {
      nodes.addAll(rounded(name));
      nodes.add(cast(name + ROUNDED, converted, element));
    } else {
      // ONNX Runtime takes out a Cast to float16 before operators it computes in float32, and with
      // it the rounding that an image in float16 has; it does not look past a Concat
      nodes.add(cast(name, converted + ROUNDED, element));
      nodes.add(
          node("Concat", List.of(converted + ROUNDED), converted).toBuilder()
              .addAttribute(Protos.of("axis", 1))
              .build());
    }
    for (NodeProto node : graph.getNodeList()) {
      NodeProto.Builder copy = node.toBuilder();
      ValueNames.rename(copy, value -> value.equals(name) ? converted : value);
      nodes.add(copy.build());
    }
    graph.clearNode().addAllNode(nodes);
    for (int i = 0; i < graph.getInputCount(); i++) {
      if (graph.getInput(i).getName().equals(name)) {
        graph
            .getInputBuilder(i)
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .setElemType(DataType.FLOAT.getNumber());
      }
    }
    notes.add(
        "its input "
            + name
            + " takes "
            + ElementTypes.name(element)
            + ": the image is "
            + (WHOLE.contains(element) ? "rounded and " : "")
            + "converted to it");
  }

  private void convertOutputs() {
    List<NodeProto> casts = new ArrayList<>();
    for (ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
      DataType element = ElementTypes.of(output.getType().getTensorType().getElemType());
      boolean converted = CONVERTED.contains(element);
      if (!output.getType().hasTensorType() || !converted && !READ_AS_FLOAT.contains(element)) {
        continue;
      }
      String name = output.getName();
      if (converted) {
        String stored = name + "//" + ElementTypes.name(element);
        rename(name, stored);
        casts.add(cast(stored, name, DataType.FLOAT));
        output.getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.FLOAT.getNumber());
      }
      notes.add(
          "its output "
              + name
              + " holds "
              + ElementTypes.name(element)
              + ", which is converted to float32");
    }
    graph.addAllNode(casts);
  }

  /** Names a value of the graph anew wherever it is made and read by nodes. */
  private void rename(String from, String to) {
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      ValueNames.rename(node, value -> value.equals(from) ? to : value);
    }
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      if (graph.getInitializer(i).getName().equals(from)) {
        graph.getInitializerBuilder(i).setName(to);
      }
    }
  }

  /** The nearest whole numbers, with operators that every version has. */
  private List<NodeProto> rounded(String name) {
    String half = Weight.CONSTANT_PREFIX + name + "//half";
    String shifted = name + "//shifted";
    graph.addInitializer(
        Protos.tensor(half, Tensor.of(Shape.of(), new float[] {0.5f}), Shape.of()));
    return List.of(
        node("Add", List.of(name, half), shifted), node("Floor", List.of(shifted), name + ROUNDED));
  }

  private static NodeProto node(String type, List<String> from, String to) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(to)
        .addAllInput(from)
        .addOutput(to)
        .build();
  }

  /** The whole numbers that an image is converted to behind the input; empty if it is not. */
  static Optional<DataType> wholeImage(Network network) {
    return WHOLE.stream()
        .filter(
            type ->
                network.nodes().stream()
                    .anyMatch(n -> n.name().endsWith("//" + ElementTypes.name(type) + CAST)))
        .findFirst();
  }

  private static NodeProto cast(String from, String to, DataType type) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .setName(to + CAST)
        .addInput(from)
        .addOutput(to)
        .addAttribute(Protos.of("to", type.getNumber()))
        .build();
  }

  /** {@code s [1, 2] int64}. */
  private static String words(ValueInfoProto input) {
    if (!input.getType().hasTensorType()) {
      return input.getName() + " (no tensor)";
    }
    TypeProto.Tensor type = input.getType().getTensorType();
    String extents =
        type.getShape().getDimList().stream()
            .map(ForeignInterface::extent)
            .collect(Collectors.joining(", ", "[", "]"));
    return input.getName()
        + " "
        + (type.hasShape() ? extents + " " : "")
        + ElementTypes.name(ElementTypes.of(type.getElemType()));
  }

  private static String extent(TensorShapeProto.Dimension dimension) {
    return dimension.getDimValue() > 0 ? Long.toString(dimension.getDimValue()) : "?";
  }
}
