package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * Small foreign files written as protobuf text; all have a 1×1 convolution W, b to five classes.
 */
final class Toy {
  static final int HEIGHT = 6;
  static final int WIDTH = 8;

  private Toy() {}

  /** {@code x: [1, 3, 6, 8]} and an output of a type, by the numbers of ONNX's element types. */
  static ModelProto model(int opset, String output, int type, String graph) {
    return model(opset, graph + input("x", 1, 1, 3, HEIGHT, WIDTH) + value("output", output, type));
  }

  /** The same with inputs and outputs as the text says. */
  static ModelProto model(int opset, String graph) {
    return text("ir_version: 8 graph { name: 'g' " + graph + "}").toBuilder()
        .mergeFrom(text("opset_import { version: " + opset + " }"))
        .mergeFrom(weights(TensorProto.DataType.FLOAT))
        .build();
  }

  static ModelProto text(String text) {
    try {
      return TextFormat.parse(text, ModelProto.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static String input(String name, int type, long... extents) {
    return value("input", name, type, extents);
  }

  static String value(String kind, String name, int type, long... extents) {
    StringBuilder shape = new StringBuilder();
    for (long extent : extents) {
      shape.append("dim { dim_value: ").append(extent).append(" } ");
    }
    return kind
        + " { name: '"
        + name
        + "' type { tensor_type { elem_type: "
        + type
        + (extents.length == 0 ? "" : " shape { " + shape + "}")
        + " } } } ";
  }

  /** {@code node("Conv", "x W b", "l", "attribute {…}")}. */
  static String node(String type, String inputs, String outputs, String... attributes) {
    StringBuilder text = new StringBuilder("node { op_type: '" + type + "' ");
    for (String input : inputs.split(" ")) {
      text.append("input: '").append(input.equals("-") ? "" : input).append("' ");
    }
    for (String output : outputs.split(" ")) {
      text.append("output: '").append(output.equals("-") ? "" : output).append("' ");
    }
    for (String attribute : attributes) {
      text.append("attribute { ").append(attribute).append(" } ");
    }
    return text.append("} ").toString();
  }

  static String whole(String name, long value) {
    return "name: '" + name + "' type: INT i: " + value;
  }

  static String wholes(String name, long... values) {
    StringBuilder text = new StringBuilder("name: '" + name + "' type: INTS");
    for (long value : values) {
      text.append(" ints: ").append(value);
    }
    return text.toString();
  }

  static String number(String name, double value) {
    return "name: '" + name + "' type: FLOAT f: " + value;
  }

  static String numbers(String name, double... values) {
    StringBuilder text = new StringBuilder("name: '" + name + "' type: FLOATS");
    for (double value : values) {
      text.append(" floats: ").append(value);
    }
    return text.toString();
  }

  static String words(String name, String value) {
    return "name: '" + name + "' type: STRING s: '" + value + "'";
  }

  /** A stored vector (or, of one value without extents, a number) of int64. */
  static String longs(String name, long... values) {
    StringBuilder text =
        new StringBuilder("initializer { name: '" + name + "' data_type: 7 dims: " + values.length);
    for (long value : values) {
      text.append(" int64_data: ").append(value);
    }
    return text.append(" } ").toString();
  }

  /** A stored float32 vector. */
  static String floats(String name, double... values) {
    StringBuilder text =
        new StringBuilder("initializer { name: '" + name + "' data_type: 1 dims: " + values.length);
    for (double value : values) {
      text.append(" float_data: ").append(value);
    }
    return text.append(" } ").toString();
  }

  /** W [5, 3, 1, 1] and b [5] in an element type, random but always the same. */
  private static ModelProto weights(TensorProto.DataType type) {
    ModelProto.Builder model = ModelProto.newBuilder();
    Random random = new Random(5);
    for (int rank : new int[] {4, 1}) {
      int n = rank == 4 ? 15 : 5;
      ByteBuffer raw = ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < n; i++) {
        raw.putFloat((float) random.nextGaussian());
      }
      TensorProto.Builder tensor =
          model
              .getGraphBuilder()
              .addInitializerBuilder()
              .setName(rank == 4 ? "W" : "b")
              .setDataType(type.getNumber())
              .addDims(5)
              .setRawData(ByteString.copyFrom(raw.flip()));
      if (rank == 4) {
        tensor.addDims(3).addDims(1).addDims(1);
      }
    }
    return model.build();
  }
}
