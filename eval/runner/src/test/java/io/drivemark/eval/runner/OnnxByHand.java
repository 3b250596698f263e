package io.drivemark.eval.runner;

import io.drivemark.eval.runner.HandMadeOnnx.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An ONNX file node by node, by the field numbers of onnx.proto3. Not thread-safe. */
final class OnnxByHand {
  static final int FLOAT = 1;
  static final int INT64 = 7;

  private final Message graph = new Message().text(2, "theirs");

  /** An input: extents are numbers, or names of free ones. */
  OnnxByHand input(String name, Object... extents) {
    graph.message(11, value(name, FLOAT, extents));
    return this;
  }

  /** An output, likewise. */
  OnnxByHand output(String name, Object... extents) {
    graph.message(12, value(name, FLOAT, extents));
    return this;
  }

  OnnxByHand labels(String name, Object... extents) {
    graph.message(12, value(name, INT64, extents));
    return this;
  }

  OnnxByHand node(String type, List<String> inputs, String output, Message... attributes) {
    Message node = new Message();
    inputs.forEach(name -> node.text(1, name));
    node.text(2, output).text(3, output).text(4, type);
    for (Message attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return this;
  }

  OnnxByHand transpose(String from, String to, int... permutation) {
    return node("Transpose", List.of(from), to, whole("perm", permutation));
  }

  static Message whole(String name, int... values) {
    Message attribute = new Message().text(1, name).number(20, 7);
    for (int value : values) {
      attribute.number(8, value);
    }
    return attribute;
  }

  static Message number(String name, int value) {
    return new Message().text(1, name).number(20, 2).number(3, value);
  }

  OnnxByHand weight(String name, float[] values, int... extents) {
    Message tensor = new Message();
    for (int extent : extents) {
      tensor.number(1, extent);
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
    return this;
  }

  byte[] bytes() {
    return new Message()
        .number(1, 8)
        .text(2, "by hand")
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes();
  }

  private static Message value(String name, int type, Object... extents) {
    Message shape = new Message();
    for (Object extent : extents) {
      shape.message(
          1,
          extent instanceof Integer fixed
              ? new Message().number(1, fixed)
              : new Message().text(2, extent.toString()));
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }
}
