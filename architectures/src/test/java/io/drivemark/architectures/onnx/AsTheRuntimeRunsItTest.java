package io.drivemark.architectures.onnx;

import static io.drivemark.architectures.onnx.Toy.HEIGHT;
import static io.drivemark.architectures.onnx.Toy.WIDTH;
import static io.drivemark.architectures.onnx.Toy.input;
import static io.drivemark.architectures.onnx.Toy.longs;
import static io.drivemark.architectures.onnx.Toy.node;
import static io.drivemark.architectures.onnx.Toy.value;
import static io.drivemark.architectures.onnx.Toy.whole;
import static io.drivemark.architectures.onnx.Toy.wholes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.StoredParameters;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that ONNX Runtime runs as they stand answer the same, bit by bit, when we read them. */
class AsTheRuntimeRunsItTest {
  private static final String CONV = node("Conv", "x W b", "l");
  private static final String HALF =
      node("Cast", "x", "xh", whole("to", 10))
          + node("Cast", "W", "Wh", whole("to", 10))
          + node("Cast", "b", "bh", whole("to", 10))
          + node("Conv", "xh Wh bh", "lh");

  private static final Path FIXTURES = SharedData.path("fixtures/foreign/onnx");

  @TempDir private Path folder;

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of(
            "a second input that nothing reads",
            Toy.model(13, "l", 1, CONV + input("im_shape", 1, 1, 2)),
            List.of("its input im_shape is read by no operator and was left out")),
        Arguments.of(
            "extents of 0",
            Toy.model(13, CONV + input("x", 1, 0, 3, 0, 0) + value("output", "l", 1)),
            List.of("its input x has extents of 0, which were taken as free")),
        Arguments.of(
            "float16 behind float32",
            Toy.model(13, "l", 1, HALF + node("Cast", "lh", "l", whole("to", 1))),
            List.of()),
        Arguments.of(
            "float16 out",
            Toy.model(13, "lh", 10, HALF),
            List.of("its output lh holds float16, which is converted to float32")),
        Arguments.of(
            "float16 in and out",
            Toy.model(
                13,
                HALF.replaceFirst("node [^}]*} }", "")
                    + input("xh", 10, 1, 3, HEIGHT, WIDTH)
                    + value("output", "lh", 10)),
            List.of(
                "its input xh takes float16: the image is converted to it",
                "its output lh holds float16, which is converted to float32")),
        Arguments.of(
            "float64 in and out",
            Toy.model(
                13,
                node("Cast", "x", "x32", whole("to", 1))
                    + node("Conv", "x32 W b", "l")
                    + node("Cast", "l", "y", whole("to", 11))
                    + input("x", 11, 1, 3, HEIGHT, WIDTH)
                    + value("output", "y", 11)),
            List.of(
                "its input x takes float64: the image is converted to it",
                "its output y holds float64, which is converted to float32")),
        Arguments.of(
            "uint8 in",
            Toy.model(
                13,
                node("Cast", "x", "x32", whole("to", 1))
                    + node("Conv", "x32 W b", "l")
                    + input("x", 2, 1, 3, HEIGHT, WIDTH)
                    + value("output", "l", 1)),
            List.of("its input x takes uint8: the image is rounded and converted to it")),
        Arguments.of(
            "bool out",
            Toy.model(13, "y", 9, CONV + node("Greater", "l t", "y") + Toy.floats("t", 30)),
            List.of("its output y holds bool, which is converted to float32")),
        Arguments.of(
            "int16 labels",
            Toy.model(
                13,
                "y",
                5,
                CONV
                    + longs("k", 1)
                    + node("TopK", "l k", "v a", whole("axis", 1))
                    + node("Cast", "a", "y", whole("to", 5))),
            List.of("its output y holds int16, which is converted to float32")),
        Arguments.of(
            "a fixed batch whose images are computed one by one",
            Toy.model(
                13,
                CONV
                    + node("Relu", "l", "r")
                    + node("Transpose", "r", "t", wholes("perm", 0, 2, 3, 1))
                    + longs("s", 0, -1, 5)
                    + node("Reshape", "t s", "y")
                    + input("x", 1, 4, 3, HEIGHT, WIDTH)
                    + value("output", "y", 1)),
            List.of(
                "it was exported for 4 images at once; all its operators work on each image by"
                    + " itself, so it is run on one")),
        Arguments.of(
            "a fixed batch that is computed with",
            Toy.model(
                13,
                CONV
                    + longs("s", 4, 5, HEIGHT * WIDTH)
                    + node("Reshape", "l s", "r")
                    + longs("back", 4, 5, HEIGHT, WIDTH)
                    + node("Reshape", "r back", "y")
                    + input("x", 1, 4, 3, HEIGHT, WIDTH)
                    + value("output", "y", 1)),
            List.of(
                "it was exported for 4 images at once and computes with that number: every image"
                    + " is repeated 4 times and the first answer is read, so its time is that of 4"
                    + " images; export it for one image to measure its speed")),
        Arguments.of(
            "operators in another order than they run in",
            Toy.model(13, "y", 1, node("Neg", "l", "y") + CONV),
            List.of("its operators stand in another order than they run in, and were sorted")),
        Arguments.of(
            "two tensors with one name",
            Toy.model(
                13,
                "y",
                1,
                CONV + node("Add", "l t", "y") + Toy.floats("t", 30) + Toy.floats("t", 7)),
            List.of(
                "it has 4 stored tensors under 3 names; of those with one name the last was taken,"
                    + " as ONNX Runtime does")),
        Arguments.of(
            "constants of other types",
            Toy.model(
                13,
                "y",
                1,
                CONV
                    + "initializer { name: 's' data_type: 6 dims: 4 int32_data: [1, 5, 6, 8] } "
                    + "node { op_type: 'Constant' output: 'f' attribute { name: 'value_floats'"
                    + " type: FLOATS floats: 2 } } "
                    + node("Cast", "s", "s64", whole("to", 7))
                    + node("Mul", "l f", "m")
                    + node("Reshape", "m s64", "y")),
            List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void fileByFile(String what, ModelProto model, List<String> notes) throws Exception {
    Path file = Files.write(folder.resolve("theirs.onnx"), model.toByteArray());
    OnnxReader.Reading reading = OnnxReader.reading(file);
    assertEquals(notes, reading.notes());
    assertAgrees(file, reading.network(), HEIGHT, WIDTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch4",
        "boolout",
        "c_floats",
        "c_int32",
        "dim0",
        "ext",
        "ext16",
        "f64out",
        "fp16",
        "fp16keepio",
        "fp16out",
        "functions",
        "i16",
        "pr_mid",
        "pr_pag",
        "qdq",
        "unused_in"
      })
  void fixtureByFixture(String name) throws Exception {
    Path file = FIXTURES.resolve(name + ".onnx");
    assumeTrue(Files.exists(file), () -> "skipped: no " + file);
    assertAgrees(file, OnnxReader.read(file), 48, 64);
  }

  static Stream<Arguments> sparse() {
    String s = "data_type: 1 dims: 3 float_data: [90, -70, 0.5]";
    String constant =
        "node { op_type: 'Constant' output: 's' attribute { name: 'sparse_value' type:"
            + " SPARSE_TENSOR sparse_tensor { values { dims: 3 data_type: 1 float_data: [90, -70,"
            + " 0.5] } indices { data_type: 7 dims: 3 int64_data: [0, 2, 4] } dims: 1 dims: 5 dims:"
            + " 1 dims: 1 } } } ";
    String ends = " } dims: 1 dims: 5 dims: 1 dims: 1 } ";
    return Stream.of(
        Arguments.of(
            "places in row-major order",
            "sparse_initializer { values { name: 's' "
                + s
                + " } indices { data_type: 7 dims: 3 int64_data: [0, 2, 4]"
                + ends),
        Arguments.of(
            "coordinates",
            "sparse_initializer { values { name: 's' "
                + s
                + " } indices { data_type: 7 dims: 3 dims: 4 int64_data: [0, 0, 0, 0, 0, 2, 0, 0,"
                + " 0, 4, 0, 0]"
                + ends),
        Arguments.of("a constant", constant));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sparse")
  void sparseTensorsAreDenseOnes(String what, String tensor) throws Exception {
    ModelProto model = Toy.model(13, "y", 1, tensor + CONV + node("Add", "l s", "y"));
    Path file = Files.write(folder.resolve("theirs.onnx"), model.toByteArray());
    OnnxReader.Reading reading = OnnxReader.reading(file);
    assertEquals(List.of("its sparse tensors were read as dense ones: s"), reading.notes());
    assertEquals(25, StoredParameters.of(reading.network()).total());
    assertAgrees(file, reading.network(), HEIGHT, WIDTH);
  }

  /** Pixels that are normalised have more digits than float16 holds. */
  @Test
  void anImageIsRoundedToWhatTheNetworkTakes() throws Exception {
    ModelProto model = (ModelProto) files().toList().get(4).get()[1];
    Path file = Files.write(folder.resolve("half.onnx"), model.toByteArray());
    float[] image = new float[3 * HEIGHT * WIDTH];
    Random random = new Random(10);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian() + 3;
    }
    assertArrayEquals(
        BareRuntime.run(file, HEIGHT, WIDTH, image),
        run(OnnxReader.read(file), HEIGHT, WIDTH, image));
  }

  /** Also written by us and read again, which is what import does. */
  private static void assertAgrees(Path file, Network network, int height, int width)
      throws Exception {
    float[] image = new float[3 * height * width];
    Random random = new Random(9);
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(256);
    }
    float[] expected = BareRuntime.run(freed(file), height, width, image);
    assertArrayEquals(expected, run(network, height, width, image));
    Network again = OnnxReader.read(OnnxWriter.toBytes(network, height, width));
    assertArrayEquals(expected, run(again, height, width, image));
  }

  /** ONNX Runtime takes an extent of 0 at its word. */
  private static Path freed(Path file) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    boolean any = false;
    for (var value :
        Stream.concat(
                model.getGraphBuilder().getInputBuilderList().stream(),
                model.getGraphBuilder().getOutputBuilderList().stream())
            .toList()) {
      for (var extent : value.getType().getTensorType().getShape().getDimList()) {
        any |= extent.hasDimValue() && extent.getDimValue() == 0;
      }
    }
    if (!any) {
      return file;
    }
    model
        .getGraphBuilder()
        .getInputBuilderList()
        .forEach(v -> v.getTypeBuilder().getTensorTypeBuilder().clearShape());
    model
        .getGraphBuilder()
        .getOutputBuilderList()
        .forEach(v -> v.getTypeBuilder().getTensorTypeBuilder().clearShape());
    Path free = Files.createTempFile("freed", ".onnx");
    Files.write(free, model.build().toByteArray());
    free.toFile().deleteOnExit();
    return free;
  }

  static float[] run(Network network, int height, int width, float[] image) {
    try (Session session =
        Engines.named("onnxruntime").open(network, height, width, new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, image);
      FloatBuffer output = Session.buffer(session.outputShapes().get(0));
      session.run(input, List.of(output));
      float[] values = new float[output.capacity()];
      output.get(0, values);
      return values;
    }
  }
}
