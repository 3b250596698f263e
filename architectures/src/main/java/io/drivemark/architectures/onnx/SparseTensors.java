package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.UnsafeByteOperations;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes out tensors that a model stores as their values beside zero and where these lie, as ONNX
 * Runtime does when it opens a file. Sizes are checked before memory is taken. Used once; not
 * thread-safe.
 */
final class SparseTensors {
  private final String source;
  private final List<String> read = new ArrayList<>();
  private long room;

  /**
   * @param room how many bytes the tensors may take
   */
  SparseTensors(String source, long room) {
    this.source = source;
    this.room = room;
  }

  /**
   * The model with dense tensors alone; the same model if it has no others.
   *
   * @param notes gets a sentence if there were some
   * @throws BadInputException if one is damaged or larger than there is room
   */
  ModelProto dense(ModelProto model, List<String> notes) {
    ModelProto.Builder made = model.toBuilder();
    GraphProto.Builder graph = made.getGraphBuilder();
    for (SparseTensorProto sparse : model.getGraph().getSparseInitializerList()) {
      graph.addInitializer(dense(sparse, sparse.getValues().getName()));
    }
    graph.clearSparseInitializer();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      if (isSparse(graph.getNode(i))) {
        NodeProto.Builder node = graph.getNodeBuilder(i);
        TensorProto value =
            dense(
                node.getAttribute(0).getSparseTensor(),
                node.getOutputCount() == 0 ? node.getName() : node.getOutput(0));
        node.getAttributeBuilder(0)
            .clear()
            .setName("value")
            .setType(AttributeProto.AttributeType.TENSOR)
            .setT(value);
      }
    }
    if (read.isEmpty()) {
      return model;
    }
    notes.add("its sparse tensors were read as dense ones: " + String.join(", ", read));
    return made.build();
  }

  /** Whether a node is a constant that is stored so. */
  private static boolean isSparse(NodeProto node) {
    return node.getOpType().equals("Constant")
        && Opaques.domain(node.getDomain()).isEmpty()
        && node.getAttributeCount() == 1
        && node.getAttribute(0).getName().equals("sparse_value");
  }

  private TensorProto dense(SparseTensorProto sparse, String name) {
    TensorProto values = sparse.getValues();
    TensorProto.Builder dense =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(values.getDataType())
            .addAllDims(sparse.getDimsList());
    Shape shape = Tensors.shape(dense.build(), source);
    DataType type = ElementTypes.of(values.getDataType());
    int width = ElementTypes.bits(type) / 8;
    require(width > 0, name, "has values of the type " + ElementTypes.name(type));
    int[] places = places(sparse, name, shape);
    byte[] from = numbers(values, name, places.length, width);
    long bytes = bytes(shape, width);
    room -= bytes;
    require(room >= 0, name, shape + " is too large for the memory of this program (-Xmx)");
    byte[] to = new byte[(int) bytes];
    for (int i = 0; i < places.length; i++) {
      System.arraycopy(from, i * width, to, places[i] * width, width);
    }
    read.add(name);
    return dense.setRawData(UnsafeByteOperations.unsafeWrap(to)).build();
  }

  /** How many bytes a tensor takes, or more than there is room if no int counts them. */
  private static long bytes(Shape shape, int width) {
    try {
      long bytes = Math.multiplyExact(shape.elements(), width);
      return bytes > Integer.MAX_VALUE - 16 ? Long.MAX_VALUE / 2 : bytes;
    } catch (ArithmeticException | IllegalArgumentException e) {
      return Long.MAX_VALUE / 2;
    }
  }

  /** Where the values lie in row-major order, given so or by their coordinates. */
  private int[] places(SparseTensorProto sparse, String name, Shape shape) {
    TensorProto indices = sparse.getIndices();
    DataType type = ElementTypes.of(indices.getDataType());
    boolean whole =
        type == DataType.INT64
            || type == DataType.INT32
            || type == DataType.INT16
            || type == DataType.INT8;
    require(whole, name, "has indices of the type " + ElementTypes.name(type));
    Shape listed = Tensors.shape(indices, source);
    int rank = shape.rank();
    boolean linear = listed.rank() == 1;
    boolean byCoordinates = listed.rank() == 2 && listed.extent(1) == rank;
    require(
        linear || byCoordinates,
        name,
        shape + " has indices " + listed + ", expected [values] or [values, " + rank + "]");
    int n = listed.extent(0);
    int each = linear ? 1 : rank;
    int width = ElementTypes.bits(type) / 8;
    ByteBuffer numbers =
        ByteBuffer.wrap(numbers(indices, name + "'s indices", (long) n * each, width))
            .order(ByteOrder.LITTLE_ENDIAN);
    int[] places = new int[n];
    for (int i = 0; i < n; i++) {
      long place = 0;
      for (int axis = 0; axis < each; axis++) {
        long index = number(numbers, type);
        long extent = linear ? shape.elements() : shape.extent(axis);
        require(
            index >= 0 && index < extent,
            name,
            shape + " has a value at the index " + index + ", expected 0 to " + (extent - 1));
        place = place * extent + index;
      }
      require(place <= Integer.MAX_VALUE, name, shape + " is too large");
      places[i] = (int) place;
    }
    return places;
  }

  private static long number(ByteBuffer from, DataType type) {
    return switch (type) {
      case INT64 -> from.getLong();
      case INT32 -> from.getInt();
      case INT16 -> from.getShort();
      default -> from.get();
    };
  }

  /** The elements of a tensor as raw data, of {@code width} bytes each. */
  private byte[] numbers(TensorProto tensor, String name, long count, int width) {
    if (tensor.hasRawData()) {
      checkCount(name, count * width, tensor.getRawData().size(), "bytes");
      return tensor.getRawData().toByteArray();
    }
    ElementTypes.Listed listed = ElementTypes.listed(tensor, count);
    checkCount(name, listed.needed(), listed.found(), "numbers");
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(count * width)).order(ByteOrder.LITTLE_ENDIAN);
    switch (ElementTypes.of(tensor.getDataType())) {
      case FLOAT, COMPLEX64 -> tensor.getFloatDataList().forEach(out::putFloat);
      case DOUBLE, COMPLEX128 -> tensor.getDoubleDataList().forEach(out::putDouble);
      case INT64 -> tensor.getInt64DataList().forEach(out::putLong);
      case UINT32, UINT64 -> tensor.getUint64DataList().forEach(v -> put(out, v, width));
      default -> tensor.getInt32DataList().forEach(v -> put(out, v, width));
    }
    return out.array();
  }

  private static void put(ByteBuffer out, long value, int width) {
    for (int i = 0; i < width; i++) {
      out.put((byte) (value >> 8 * i));
    }
  }

  private void checkCount(String name, long expected, long found, String unit) {
    require(expected == found, name, "takes " + expected + " " + unit + ", found " + found);
  }

  private void require(boolean condition, String name, String what) {
    if (!condition) {
      throw new BadInputException(
          source
              + ": sparse tensor "
              + name
              + " "
              + what
              + "; the file is damaged, or save it again with dense weights");
    }
  }
}
