package io.drivemark.eval.runner;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * ONNX files byte by byte, by the field numbers of onnx.proto3: written by none of the libraries
 * that read them here.
 */
final class HandMadeOnnx {
  private HandMadeOnnx() {}

  /**
   * A 1×1 convolution of an image of any size, perhaps Abs behind it, perhaps the mean over all
   * pixels as an answer that is no segmentation.
   *
   * @param weights [classes, 3], row by row
   */
  static byte[] pointwise(float[] weights, boolean unknown, boolean classifier) {
    int classes = weights.length / 3;
    Message graph = new Message().text(2, "theirs");
    graph.message(1, node("Conv", "image", "weight", "scores"));
    String last = "scores";
    if (unknown) {
      graph.message(1, node("Relu", last, "positive"));
      graph.message(1, node("Abs", "positive", "magnitude"));
      last = "magnitude";
    }
    if (classifier) {
      graph.message(1, node("GlobalAveragePool", last, "mean"));
      graph.message(1, node("Flatten", "mean", "logits"));
      last = "logits";
    }
    graph.message(5, tensor("weight", weights, classes, 3, 1, 1));
    return file(graph, last);
  }

  /**
   * As exporters write a trained network, normalisation folded into convolutions with bias and
   * names by numbers: a stem, units of one convolution each that are added to what they read, and a
   * 1×1 convolution to the classes, all at the image's size.
   */
  static byte[] residual(int width, int units, int classes, long seed) {
    Random random = new Random(seed);
    Message graph = new Message().text(2, "torch_jit");
    String last = conv(graph, "image", "/0/Conv", width, 3, 3, random);
    last = relu(graph, last, "/1/Relu");
    for (int i = 0; i < units; i++) {
      String unit = "/unit." + i;
      String branch = conv(graph, last, unit + "/Conv", width, width, 3, random);
      graph.message(1, node("Add", last, branch, unit + "/Add_output_0"));
      last = relu(graph, unit + "/Add_output_0", unit + "/Relu");
    }
    return file(graph, conv(graph, last, "/head/Conv", classes, width, 1, random));
  }

  private static String relu(Message graph, String from, String name) {
    graph.message(1, node("Relu", from, name + "_output_0"));
    return name + "_output_0";
  }

  private static String conv(
      Message graph, String from, String name, int out, int in, int side, Random random) {
    String to = name + "_output_0";
    Message pads = new Message().text(1, "pads").number(20, 7);
    for (int i = 0; i < 4; i++) {
      pads.number(8, side / 2);
    }
    graph.message(1, node("Conv", from, name + ".weight", name + ".bias", to).message(5, pads));
    graph.message(
        5, tensor(name + ".weight", drawn(out * in * side * side, random), out, in, side, side));
    graph.message(5, tensor(name + ".bias", drawn(out, random), out));
    return to;
  }

  private static float[] drawn(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.2 * random.nextGaussian());
    }
    return values;
  }

  private static byte[] file(Message graph, String output) {
    graph.message(11, value("image"));
    graph.message(12, new Message().text(1, output));
    return new Message()
        .number(1, 8)
        .text(2, "by hand")
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes();
  }

  private static Message node(String type, String... names) {
    Message node = new Message();
    for (int i = 0; i < names.length - 1; i++) {
      node.text(1, names[i]);
    }
    return node.text(2, names[names.length - 1]).text(3, names[names.length - 1]).text(4, type);
  }

  private static Message tensor(String name, float[] values, int... extents) {
    Message tensor = new Message();
    for (int extent : extents) {
      tensor.number(1, extent);
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor.number(2, 1).text(8, name).bytes(9, raw.array());
  }

  private static Message value(String name) {
    Message shape = new Message();
    shape.message(1, new Message().number(1, 1));
    shape.message(1, new Message().number(1, 3));
    shape.message(1, new Message().text(2, "height"));
    shape.message(1, new Message().text(2, "width"));
    Message tensor = new Message().number(1, 1).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protocol buffer message: fields one after the other. */
  static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String text) {
      return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message nested) {
      return bytes(field, nested.bytes());
    }

    Message bytes(int field, byte[] content) {
      varint((long) field << 3 | 2);
      varint(content.length);
      out.writeBytes(content);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while (rest > 127) {
        out.write((int) (rest & 127 | 128));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
