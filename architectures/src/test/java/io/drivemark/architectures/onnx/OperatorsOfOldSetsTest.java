package io.drivemark.architectures.onnx;

import static io.drivemark.architectures.onnx.Toy.HEIGHT;
import static io.drivemark.architectures.onnx.Toy.WIDTH;
import static io.drivemark.architectures.onnx.Toy.floats;
import static io.drivemark.architectures.onnx.Toy.longs;
import static io.drivemark.architectures.onnx.Toy.node;
import static io.drivemark.architectures.onnx.Toy.number;
import static io.drivemark.architectures.onnx.Toy.numbers;
import static io.drivemark.architectures.onnx.Toy.whole;
import static io.drivemark.architectures.onnx.Toy.wholes;
import static io.drivemark.architectures.onnx.Toy.words;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Opaque;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Operators whose meaning or form changed between operator sets: ours answers as ONNX Runtime does
 * on the original file, whether the operator becomes one of ours or a foreign one behind it makes
 * us keep the file's operator set.
 */
class OperatorsOfOldSetsTest {
  private static final int NEWEST = 21;
  private static final String FOREIGN = node("Sign", "l", "sign") + node("Mul", "sign l", "k");
  private static final String KNOWN = node("Relu", "l", "r") + node("Sub", "r b1", "k");
  private static final String ONES = "initializer { name: 'b1' data_type: 1 float_data: 9 } ";

  @TempDir private Path folder;

  private record Row(String what, int from, int to, String graph) {}

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (double scale : new double[] {2, 1.5}) {
      for (String mode : List.of("nearest", "linear")) {
        String name = mode + " by " + scale;
        rows.add(
            new Row(
                "Upsample " + name,
                7,
                8,
                node(
                    "Upsample", "k", "y", words("mode", mode), numbers("scales", 1, 1, 2, scale))));
        rows.add(
            new Row(
                "Upsample " + name,
                9,
                9,
                floats("s", 1, 1, 2, scale) + node("Upsample", "k s", "y", words("mode", mode))));
      }
    }
    for (double scale : new double[] {2, 1.5, 0.5, 0.7, 0.25, 0.3}) {
      for (String mode : List.of("nearest", "linear")) {
        String s =
            floats("s", 1, 1, scale, scale) + "initializer { name: 'roi' data_type: 1 dims: 0 } ";
        rows.add(
            new Row(
                "Resize " + mode + " by " + scale,
                10,
                10,
                s + node("Resize", "k s", "y", words("mode", mode))));
        for (String how :
            List.of("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel")) {
          for (String near : List.of("floor", "round_prefer_floor", "round_prefer_ceil", "ceil")) {
            if (mode.equals("nearest") || near.equals("floor")) {
              rows.add(
                  new Row(
                      "Resize " + mode + " " + how + " " + near + " by " + scale,
                      11,
                      NEWEST,
                      s
                          + node(
                              "Resize",
                              "k roi s",
                              "y",
                              words("mode", mode),
                              words("coordinate_transformation_mode", how),
                              words("nearest_mode", near))));
            }
          }
        }
      }
    }
    String starts = wholes("starts", 1, -6);
    String ends = wholes("ends", 99, -1);
    rows.add(new Row("Slice", 7, 9, node("Slice", "k", "y", starts, ends, wholes("axes", 1, 3))));
    rows.add(
        new Row(
            "Slice", 7, 9, node("Slice", "k", "y", wholes("starts", 0, 2), wholes("ends", 1, 4))));
    String cut = longs("st", 1, -6) + longs("en", 99, -1) + longs("ax", 1, -1);
    rows.add(new Row("Slice", 10, NEWEST, cut + node("Slice", "k st en ax", "y")));
    rows.add(
        new Row(
            "Slice with steps",
            10,
            NEWEST,
            cut + longs("sp", 2, 3) + node("Slice", "k st en ax sp", "y")));
    rows.add(
        new Row("Clip", 7, 10, node("Clip", "k", "y", number("min", -20.5), number("max", 30))));
    rows.add(new Row("Clip below", 7, 10, node("Clip", "k", "y", number("min", 0))));
    rows.add(new Row("Clip above", 7, 10, node("Clip", "k", "y", number("max", 6))));
    rows.add(new Row("Clip nothing", 7, NEWEST, node("Clip", "k", "y")));
    String bounds =
        "initializer { name: 'lo' data_type: 1 float_data: -20.5 } "
            + "initializer { name: 'hi' data_type: 1 float_data: 30 } ";
    rows.add(new Row("Clip", 11, NEWEST, bounds + node("Clip", "k lo hi", "y")));
    rows.add(new Row("Clip above", 11, NEWEST, bounds + node("Clip", "k - hi", "y")));
    for (String mode : List.of("constant", "reflect", "edge")) {
      String pads = "0 0 1 2 0 0 3 1".replace(" ", ", ");
      long[] all = Stream.of(pads.split(", ")).mapToLong(Long::parseLong).toArray();
      rows.add(
          new Row(
              "Pad " + mode,
              7,
              10,
              node(
                  "Pad",
                  "k",
                  "y",
                  words("mode", mode),
                  wholes("pads", all),
                  number("value", 1.5))));
      rows.add(
          new Row(
              "Pad " + mode,
              11,
              NEWEST,
              longs("p", all) + node("Pad", "k p b1", "y", words("mode", mode))));
    }
    for (long axis : new long[] {-1, 1, 2, 3}) {
      for (String op : List.of("Softmax", "LogSoftmax", "Hardmax")) {
        rows.add(
            new Row(
                op + " over " + axis,
                axis < 0 ? 11 : 7,
                NEWEST,
                node(op, "k", "y", whole("axis", axis))));
      }
      if (axis > 0) {
        rows.add(
            new Row("Flatten " + axis, 7, NEWEST, node("Flatten", "k", "y", whole("axis", axis))));
      }
      rows.add(
          new Row(
              "ArgMax " + axis,
              axis < 0 ? 11 : 7,
              NEWEST,
              node("ArgMax", "k", "i", whole("axis", axis), whole("keepdims", 0))
                  + node("Cast", "i", "y", whole("to", 1))));
    }
    rows.add(new Row("Softmax", 7, NEWEST, node("Softmax", "k", "y")));
    rows.add(new Row("Flatten", 7, NEWEST, node("Flatten", "k", "y")));
    for (String op : List.of("ReduceMean", "ReduceMax", "ReduceSum", "ReduceL2")) {
      rows.add(
          new Row(
              op,
              7,
              op.equals("ReduceSum") ? 12 : 17,
              node(op, "k", "y", wholes("axes", 2, 3), whole("keepdims", 0))));
      rows.add(new Row(op + " over all", 7, 17, node(op, "k", "y")));
    }
    rows.add(
        new Row(
            "Squeeze and Unsqueeze",
            7,
            12,
            node("Squeeze", "k", "q", wholes("axes", 0))
                + node("Unsqueeze", "q", "y", wholes("axes", 0))));
    rows.add(new Row("Dropout", 7, 11, node("Dropout", "k", "y", number("ratio", 0.3))));
    rows.add(new Row("Dropout", 12, NEWEST, node("Dropout", "k", "y")));
    String norm = floats("g", 1, 2, 3, 4, 5) + floats("v", 5, 4, 3, 2, 1);
    rows.add(
        new Row(
            "BatchNormalization",
            7,
            NEWEST,
            norm + node("BatchNormalization", "k g b g v", "y", number("epsilon", 0.1))));
    rows.add(
        new Row(
            "BatchNormalization spatial",
            7,
            8,
            norm + node("BatchNormalization", "k g b g v", "y", whole("spatial", 1))));
    rows.add(
        new Row(
            "InstanceNormalization",
            7,
            NEWEST,
            norm + node("InstanceNormalization", "k g b", "y")));
    rows.add(new Row("LRN", 7, NEWEST, node("LRN", "k", "y", whole("size", 3))));
    rows.add(new Row("TopK", 7, 9, node("TopK", "k", "y i", whole("k", 2), whole("axis", 1))));
    rows.add(
        new Row("TopK", 10, NEWEST, longs("n", 2) + node("TopK", "k n", "y i", whole("axis", 1))));
    for (String pool : List.of("MaxPool", "AveragePool")) {
      String kernel = wholes("kernel_shape", 3, 2);
      rows.add(new Row(pool, 7, NEWEST, node(pool, "k", "y", kernel, wholes("strides", 2, 2))));
      rows.add(
          new Row(
              pool + " padded",
              7,
              NEWEST,
              node(pool, "k", "y", kernel, wholes("pads", 1, 1, 0, 0), wholes("strides", 2, 1))));
      rows.add(
          new Row(
              pool + " rounding up",
              10,
              NEWEST,
              node(pool, "k", "y", kernel, wholes("strides", 2, 3), whole("ceil_mode", 1))));
      rows.add(
          new Row(
              pool + " padded by itself",
              7,
              NEWEST,
              node(
                  pool,
                  "k",
                  "y",
                  kernel,
                  wholes("strides", 2, 2),
                  words("auto_pad", "SAME_UPPER"))));
    }
    rows.add(
        new Row(
            "AveragePool counting its padding",
            7,
            NEWEST,
            node(
                "AveragePool",
                "k",
                "y",
                wholes("kernel_shape", 3, 3),
                wholes("pads", 1, 1, 1, 1),
                whole("count_include_pad", 1))));
    rows.add(
        new Row(
            "MaxUnpool",
            9,
            NEWEST,
            node("MaxPool", "k", "m i", wholes("kernel_shape", 2, 2), wholes("strides", 2, 2))
                + node(
                    "MaxUnpool",
                    "m i",
                    "y",
                    wholes("kernel_shape", 2, 2),
                    wholes("strides", 2, 2))));
    rows.add(
        new Row(
            "Split", 7, 12, node("Split", "k", "a y", whole("axis", 1), wholes("split", 2, 3))));
    rows.add(new Row("Split in halves", 7, 17, node("Split", "k", "a y", whole("axis", 2))));
    rows.add(new Row("Concat", 7, NEWEST, node("Concat", "k l", "y", whole("axis", 1))));
    rows.add(new Row("Transpose", 7, NEWEST, node("Transpose", "k", "y")));
    rows.add(
        new Row(
            "Gather",
            7,
            NEWEST,
            longs("n", 4, 0, 2) + node("Gather", "k n", "y", whole("axis", 1))));
    rows.add(new Row("Sum of three", 8, NEWEST, node("Sum", "k l b1", "y")));
    rows.add(new Row("Sum of two", 8, NEWEST, node("Sum", "k l", "y")));
    rows.add(new Row("Max", 8, NEWEST, node("Max", "k b1", "y")));
    rows.add(new Row("PRelu", 9, NEWEST, floats("sl", 0.5) + node("PRelu", "k sl", "y")));
    for (String op :
        List.of(
            "Elu",
            "LeakyRelu",
            "HardSigmoid",
            "Selu",
            "Softplus",
            "Softsign",
            "Sigmoid",
            "Exp",
            "Abs")) {
      rows.add(new Row(op, 7, NEWEST, node(op, "k", "y")));
    }
    rows.add(new Row("ThresholdedRelu", 10, NEWEST, node("ThresholdedRelu", "k", "y")));
    rows.add(
        new Row("SpaceToDepth", 7, NEWEST, node("SpaceToDepth", "k", "y", whole("blocksize", 2))));
    rows.add(
        new Row(
            "DepthToSpace",
            11,
            NEWEST,
            node("SpaceToDepth", "k", "d", whole("blocksize", 2))
                + node("DepthToSpace", "d", "y", whole("blocksize", 2), words("mode", "CRD"))));
    rows.add(new Row("Tile", 7, NEWEST, longs("n", 1, 2, 1, 3) + node("Tile", "k n", "y")));
    rows.add(new Row("Expand", 8, NEWEST, longs("n", 2, 5, 6, 8) + node("Expand", "k n", "y")));
    rows.add(
        new Row(
            "Conv padded by itself",
            7,
            NEWEST,
            node("Conv", "x W b", "y", words("auto_pad", "SAME_UPPER"), wholes("strides", 2, 3))));
    rows.add(
        new Row(
            "ConvTranspose of a given size",
            7,
            NEWEST,
            node(
                "ConvTranspose",
                "k W",
                "y",
                wholes("strides", 2, 2),
                wholes("output_shape", 12, 16))));
    rows.add(
        new Row(
            "ConvTranspose",
            7,
            NEWEST,
            node(
                "ConvTranspose",
                "k W",
                "y",
                wholes("strides", 2, 2),
                wholes("output_padding", 1, 1))));
    rows.add(
        new Row("Where", 9, NEWEST, node("Greater", "k b1", "c") + node("Where", "c k l", "y")));
    rows.add(
        new Row(
            "a stored tensor of another type",
            7,
            NEWEST,
            "initializer { name: 'i32' data_type: 6 dims: 1 int32_data: 3 } "
                + node("Cast", "i32", "f32", whole("to", 1))
                + node("Mul", "k f32", "y")));
    rows.add(new Row("GlobalMaxPool", 7, NEWEST, node("GlobalMaxPool", "k", "y")));
    rows.add(new Row("Reshape", 7, NEWEST, longs("n", 0, -1, 4) + node("Reshape", "k n", "y")));
    rows.add(
        new Row(
            "a size worked out by factors",
            7,
            8,
            node("Upsample", "k", "u", words("mode", "nearest"), numbers("scales", 1, 1, 1.34, 1.6))
                + node("Relu", "u", "y")));
    return rows;
  }

  static Stream<Arguments> cases() {
    return rows().stream()
        .flatMap(
            row ->
                IntStream.of(row.from(), Math.min(row.to(), 10), 11, 13)
                    .filter(opset -> opset >= row.from() && opset <= row.to())
                    .distinct()
                    .filter(opset -> opset < 11 || !row.what().startsWith("Resize") || opset == 11)
                    .boxed()
                    .map(opset -> Arguments.of(row.what(), opset, row.graph())));
  }

  @ParameterizedTest(name = "{0} in operator set {1}")
  @MethodSource("cases")
  void answersAsTheFileDoes(String what, int opset, String graph) throws Exception {
    String conv = node("Conv", "x W b", "l");
    check(opset, conv + KNOWN + graph, false);
    // Sign is newer than operator set 8
    check(opset, conv + (opset < 9 ? node("Abs", "l", "k") : FOREIGN) + graph, true);
  }

  private void check(int opset, String graph, boolean foreign) throws Exception {
    ModelProto model = Toy.model(opset, "y", 1, graph + ONES);
    Path file = Files.write(folder.resolve("old.onnx"), model.toByteArray());
    float[] image = new float[3 * HEIGHT * WIDTH];
    Random random = new Random(opset);
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(256);
    }
    float[] expected;
    try {
      expected = BareRuntime.run(file, HEIGHT, WIDTH, image);
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime does not run the original", e);
    }
    Network network = OnnxReader.read(file);
    assertTrue(!foreign || network.nodes().stream().anyMatch(n -> n.op() instanceof Opaque));
    byte[] bytes = OnnxWriter.toBytes(network, HEIGHT, WIDTH);
    if (foreign) {
      assertEquals(opset, ModelProto.parseFrom(bytes).getOpsetImport(0).getVersion());
    }
    assertArrayEquals(
        expected,
        AsTheRuntimeRunsItTest.run(network, HEIGHT, WIDTH, image),
        1e-3f,
        "operator set " + opset + (foreign ? " with a foreign operator" : ""));
    assertEquals(network, OnnxReader.read(bytes));
  }
}
