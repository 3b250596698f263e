package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a network as standard ONNX for one image [1, C, height, width], float32: any runtime, and
 * Netron, reads it. Batch normalisation and dropout stay what they are, so the same file is what a
 * trainer takes. Operators that speak of sizes become operators with constants; what they were is
 * kept in the file, so that {@link OnnxReader} gives back an equal network. The same network and
 * size give the same bytes. Stateless.
 */
public final class OnnxWriter {
  /** Version of the ONNX operators used; a network with foreign operators keeps theirs. */
  public static final int OPSET = 17;

  /** The metadata key under which a file says what ONNX has no place for. */
  public static final String GRAPH_KEY = GraphNotes.KEY;

  private static final int IR_VERSION = 8;

  private OnnxWriter() {}

  /**
   * Writes a file, all of it or nothing.
   *
   * @throws BadInputException if the network cannot take this size
   * @throws UnavailableException if the file cannot be written
   */
  public static void write(Network network, Path file, int height, int width) {
    byte[] bytes = toBytes(network, height, width);
    DurableFiles.write(file, out -> out.write(bytes));
  }

  /**
   * The bytes of the file.
   *
   * @throws BadInputException if the network cannot take this size; the message names the node
   */
  public static byte[] toBytes(Network network, int height, int width) {
    return model(network, height, width).toByteArray();
  }

  /**
   * A model of one foreign operator that reads float32 values of unknown shapes: what a runtime can
   * be asked whether it knows the operator.
   */
  public static byte[] alone(Node node) {
    Opaque op = (Opaque) node.op();
    GraphProto.Builder graph =
        GraphProto.newBuilder().setName(op.type()).addNode(Opaques.restore(op, node));
    node.inputs().stream()
        .distinct()
        .forEach(i -> graph.addInput(value(i, TensorProto.DataType.FLOAT, Shape.unknown())));
    node.outputs().forEach(o -> graph.addOutput(ValueInfoProto.newBuilder().setName(o)));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addAllOpsetImport(Opaques.opsets(op))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  static ModelProto model(Network network, int height, int width) {
    Map<String, Shape> shapes = shapes(network, height, width);
    checkUnpooling(network, shapes);
    Map<String, Shape> stored = storedShapes(network);
    List<OperatorSetIdProto> opsets = WrittenOpsets.of(network);
    int opset = (int) opsets.get(0).getVersion();
    GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
    Map<String, TensorProto> constants = new LinkedHashMap<>();
    Notes notes = new Notes(opset, network, constants, shapes, stored);
    for (Node node : network.nodes()) {
      Lowering.Result lowered = lower(network, node, opset, shapes, stored);
      lowered.constants().forEach(constant -> constants.put(constant.getName(), constant));
      graph.addAllNode(notes.on(node, lowered.nodes()));
    }
    for (Weight weight : network.weights().values()) {
      graph.addInitializer(
          Protos.tensor(weight.name(), weight.tensor(), stored.get(weight.name())));
    }
    for (TensorProto constant : constants.values()) {
      if (network.weights().containsKey(constant.getName())) {
        throw new IllegalArgumentException(
            "network " + network.name() + ": weight " + constant.getName() + " needs another name");
      }
      graph.addInitializer(constant);
    }
    for (NetworkInput input : network.inputs()) {
      graph.addInput(value(input.name(), TensorProto.DataType.FLOAT, shapes.get(input.name())));
    }
    ValueTypes types = ValueTypes.of(network);
    for (String output : network.outputs()) {
      graph.addOutput(value(output, types.type(output), shapes.get(output)));
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("drivemark")
            .addAllOpsetImport(opsets)
            .setGraph(graph);
    if (network.metadata().containsKey(GraphNotes.KEY)) {
      throw new IllegalArgumentException(
          "network " + network.name() + ": the metadata key " + GraphNotes.KEY + " is reserved");
    }
    Map<String, String> metadata = new TreeMap<>(network.metadata());
    metadata.put(GraphNotes.KEY, GraphNotes.of(network).toJson());
    metadata.forEach(
        (key, text) ->
            model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return model.build();
  }

  /** Says on the ONNX nodes what they were, where they do not say it themselves. */
  private static final class Notes {
    private final PlainNodes plain;

    Notes(
        int opset,
        Network network,
        Map<String, TensorProto> constants,
        Map<String, Shape> shapes,
        Map<String, Shape> stored) {
      this.plain =
          new PlainNodes(
              opset,
              name ->
                  constants.containsKey(name)
                      ? Tensors.read(constants.get(name), network.name())
                      : Optional.ofNullable(network.weights().get(name)).map(Weight::tensor),
              name -> stored.getOrDefault(name, shapes.getOrDefault(name, Shape.unknown())));
    }

    List<NodeProto> on(Node node, List<NodeProto> lowered) {
      boolean plainly =
          lowered.isEmpty()
              || lowered.size() == 1
                  && (node.op() instanceof Opaque
                      || plain.read(lowered.get(0), node.name()).equals(Optional.of(node)));
      if (plainly) {
        return lowered;
      }
      List<NodeProto> noted = new ArrayList<>(lowered);
      noted.set(
          0, lowered.get(0).toBuilder().setDocString(OpJson.write(node, lowered.size())).build());
      return noted;
    }
  }

  private static Lowering.Result lower(
      Network network, Node node, int opset, Map<String, Shape> shapes, Map<String, Shape> stored) {
    try {
      return Lowering.lower(
          node, opset, shapes::get, name -> stored.getOrDefault(name, shapes.get(name)));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "network " + network.name() + ", node " + node.name() + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Shape> shapes(Network network, int height, int width) {
    List<Shape> given = new ArrayList<>();
    for (NetworkInput input : network.inputs()) {
      given.add(at(network, input, height, width));
    }
    try {
      return network.shapes(given);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          e.getMessage() + " (for an input of " + height + "x" + width + ")", e);
    }
  }

  private static Shape at(Network network, NetworkInput input, int height, int width) {
    Shape shape = input.shape();
    if (!shape.hasRank() || shape.rank() != 4) {
      if (shape.isKnown()) {
        return shape;
      }
      throw new BadInputException(
          "network "
              + network.name()
              + ": input "
              + input.name()
              + " has shape "
              + shape
              + "; an image [1, C, H, W] is expected");
    }
    if (fits(shape.extent(0), 1) && fits(shape.height(), height) && fits(shape.width(), width)) {
      return shape.with(0, 1).with(2, height).with(3, width);
    }
    throw new BadInputException(
        "network "
            + network.name()
            + ": input "
            + input.name()
            + " takes "
            + shape
            + " alone, not [1, "
            + (shape.channels() == Shape.UNKNOWN ? "?" : shape.channels())
            + ", "
            + height
            + ", "
            + width
            + "]; use its own size, or export it again with free sizes");
  }

  private static boolean fits(int extent, int wanted) {
    return extent == Shape.UNKNOWN || extent == wanted;
  }

  /** Slopes and masks that nothing else reads stand in the file as they are broadcast. */
  private static Map<String, Shape> storedShapes(Network network) {
    Map<String, Set<Class<?>>> readers = new HashMap<>();
    for (Node node : network.nodes()) {
      for (int i = 0; i < node.inputs().size(); i++) {
        boolean broadcast = i == 1 && (node.op() instanceof PRelu || node.op() instanceof Gate);
        readers
            .computeIfAbsent(node.inputs().get(i), k -> new HashSet<>())
            .add(broadcast ? node.op().getClass() : Object.class);
      }
    }
    network
        .outputs()
        .forEach(o -> readers.computeIfAbsent(o, k -> new HashSet<>()).add(Object.class));
    Map<String, Shape> stored = new LinkedHashMap<>();
    for (Weight weight : network.weights().values()) {
      Shape shape = weight.tensor().shape();
      Set<Class<?>> by = readers.getOrDefault(weight.name(), Set.of());
      if (shape.rank() == 1 && by.equals(Set.of(PRelu.class))) {
        shape = Shape.of(shape.extent(0), 1, 1);
      } else if (shape.rank() == 1 && by.equals(Set.of(Gate.class))) {
        shape = Shape.of(1, shape.extent(0), 1, 1);
      }
      stored.put(weight.name(), shape);
    }
    return stored;
  }

  /** ONNX positions count through the pooled map, so the unpooled one must have its extents. */
  private static void checkUnpooling(Network network, Map<String, Shape> shapes) {
    Map<String, Node> makers = new HashMap<>();
    for (Node node : network.nodes()) {
      node.outputs().forEach(o -> makers.put(o, node));
      if (node.op() instanceof MaxUnpool) {
        Node pool = makers.get(node.inputs().get(1));
        if (pool != null && pool.op() instanceof MaxPool) {
          Shape pooled = shapes.get(pool.inputs().get(0));
          Shape restored = shapes.get(node.output());
          if (pooled.isKnown() && restored.isKnown() && !pooled.equals(restored)) {
            throw new BadInputException(
                "network "
                    + network.name()
                    + ", node "
                    + node.name()
                    + ": restores "
                    + restored
                    + ", but "
                    + pool.name()
                    + " pooled "
                    + pooled
                    + "; use a size whose every pooled extent is even, or pad it");
          }
        }
      }
    }
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, Shape shape) {
    ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
    if (type == TensorProto.DataType.UNDEFINED) {
      return info.build();
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    if (shape.hasRank()) {
      for (int extent : shape.extents()) {
        if (extent == Shape.UNKNOWN) {
          tensor.getShapeBuilder().addDimBuilder();
        } else {
          tensor.getShapeBuilder().addDimBuilder().setDimValue(extent);
        }
      }
    }
    return info.setType(TypeProto.newBuilder().setTensorType(tensor)).build();
  }
}
