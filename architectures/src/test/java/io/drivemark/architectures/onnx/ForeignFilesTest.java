package io.drivemark.architectures.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.ReferenceInterpreter;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX files that other tools wrote, and files that are none. */
class ForeignFilesTest {
  @TempDir Path folder;

  @Test
  void operatorsThatAreOursBecomeNodes() {
    Network network = OnnxReader.read(ForeignModel.written(13, false).toByteArray());
    assertEquals(
        List.of(
            Conv2d.class,
            Activation.class,
            Identity.class,
            MaxPool.class,
            Resize.class,
            Conv2d.class),
        network.nodes().stream().map(n -> n.op().getClass()).toList());
    assertEquals(4 * 3 * 9 + 5 * 4, network.parameters());
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 17, 21})
  void anUnknownOperatorIsKeptAndTheNetworkRunsAtAnySize(int opset) {
    Network network = OnnxReader.read(ForeignModel.written(opset, true).toByteArray());
    Network known = OnnxReader.read(ForeignModel.written(opset, false).toByteArray());
    assertEquals(
        List.of("Abs"),
        network.nodes().stream()
            .filter(n -> n.op() instanceof Opaque)
            .map(n -> ((Opaque) n.op()).type())
            .toList());
    for (int[] size : new int[][] {{8, 12}, {10, 6}}) {
      float[] image = image(size[0], size[1]);
      float[] expected = ReferenceInterpreter.run(known, size[0], size[1], image).get(0);
      assertArrayEquals(expected, run(network, size[0], size[1], image), 1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 13, 21})
  void writtenAgainItIsTheSameNetwork(int opset) {
    Network network = OnnxReader.read(ForeignModel.written(opset, true).toByteArray());
    byte[] bytes = OnnxWriter.toBytes(network, 8, 12);
    assertEquals(network, OnnxReader.read(bytes));
  }

  @Test
  void sizesComputedFromAnotherShapeAreFolded() {
    Network network = OnnxReader.read(ForeignModel.resizedLikeTheImage().toByteArray());
    assertEquals(
        List.of(new ResizeLike(ResizeMode.BILINEAR)),
        network.nodes().stream().skip(1).map(Node::op).toList());
    assertRunsAsItStands(network, 9, 13);
    assertEquals(network, OnnxReader.read(OnnxWriter.toBytes(network, 9, 13)));
  }

  @Test
  void sizesBehindAnUnknownActivationAreFoldedToo() {
    Network network = OnnxReader.read(ForeignModel.resizedBehind("Softsign").toByteArray());
    assertEquals(
        List.of(Conv2d.class, Opaque.class, ResizeLike.class),
        network.nodes().stream().map(n -> n.op().getClass()).toList());
    Cost cost = Cost.of(network, 8, 12);
    assertEquals(List.of("Softsign"), cost.uncounted());
    assertEquals(4 * 6 * 27 * 5, cost.macs());
    assertEquals(5 * 8 * 12, run(network, 8, 12, image(8, 12)).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UINT8", "INT32", "INT64", "FLOAT"})
  void aCastOfTheLabelsIsNoOperator(String type) {
    byte[] file = ForeignModel.labels(TensorProto.DataType.valueOf(type)).toByteArray();
    Network network = OnnxReader.read(file);
    assertEquals(
        List.of(Conv2d.class, ArgMax.class, Identity.class),
        network.nodes().stream().map(n -> n.op().getClass()).toList());
    assertRunsAsItStands(network, 6, 8);
    assertEquals(network, OnnxReader.read(OnnxWriter.toBytes(network, 6, 8)));
  }

  /** Class 200 would become −56. */
  @Test
  void aCastThatNotEveryLabelOutlivesStays() {
    Network network = OnnxReader.read(ForeignModel.labels(TensorProto.DataType.INT8).toByteArray());
    assertTrue(network.nodes().get(2).op() instanceof Opaque);
  }

  @Test
  void aFactorComputedExtentByExtentIsFolded() {
    Network network = OnnxReader.read(ForeignModel.resizedByComputedFactor().toByteArray());
    assertEquals(
        List.of(new Resize(ResizeMode.BILINEAR, 2, 2)),
        network.nodes().stream().skip(1).map(Node::op).toList());
    assertRunsAsItStands(network, 9, 13);
  }

  /** Sizes that are an output too must stay. */
  @Test
  void sizesThatAreReadElsewhereStay() {
    ModelProto.Builder model = ForeignModel.resizedLikeTheImage().toBuilder();
    model.getGraphBuilder().addOutputBuilder().setName("sizes");
    Network network = OnnxReader.read(model.build().toByteArray());
    assertTrue(network.nodes().stream().anyMatch(n -> n.outputs().contains("sizes")));
  }

  private static void assertRunsAsItStands(Network network, int height, int width) {
    float[] image = image(height, width);
    assertArrayEquals(
        ReferenceInterpreter.run(network, height, width, image).get(0),
        run(network, height, width, image),
        1e-4f);
  }

  @Test
  void anEngineThatCannotRunAnOperatorNamesIt() {
    Network network = OnnxReader.read(ForeignModel.written(13, true).toByteArray());
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> Engines.named("pytorch").open(network, 8, 12, new EngineOptions(1)));
    assertTrue(e.getMessage().contains("Abs"), e.getMessage());
  }

  @Test
  void anImageThatIsNoNumberIsRefused() {
    assertRefused(
        ForeignModel.taking(TensorProto.DataType.STRING).toByteArray(),
        "theirs.onnx: input image [?, 3, ?, ?] string is no image; expected float32, or another type"
            + " of numbers: export the model again");
  }

  @Test
  void aFileWithoutItsOperatorSetIsRefused() {
    ModelProto.Builder model = ForeignModel.written(13, false).toBuilder().clearOpsetImport();
    assertRefused(
        model.build().toByteArray(),
        "theirs.onnx: does not say its ONNX operator set; export it again with operator set 17");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertRefused(
        new byte[0], "theirs.onnx: is empty (0 bytes); copy, download or export it again");
  }

  /** Cut anywhere, a file is refused as bad input with its name, and never half read. */
  @Test
  void aTruncatedFileIsRefusedWhereverItIsCut() {
    byte[] whole = ForeignModel.written(13, false).toByteArray();
    for (int length = 0; length < whole.length; length += 7) {
      byte[] part = Arrays.copyOf(whole, length);
      BadInputException e =
          assertThrows(
              BadInputException.class,
              () -> OnnxReader.read(part, "theirs.onnx"),
              "cut at " + part.length + " of " + whole.length);
      assertTrue(e.getMessage().startsWith("theirs.onnx: "), e.getMessage());
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("nowhere.onnx");
    BadInputException e = assertThrows(BadInputException.class, () -> OnnxReader.read(file));
    assertEquals(file + ": there is no such file; expected an ONNX model", e.getMessage());
  }

  @Test
  void aTextFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.onnx"), "these are my notes\n");
    BadInputException e = assertThrows(BadInputException.class, () -> OnnxReader.read(file));
    assertEquals(
        file
            + ": is a text, not an ONNX model: it begins with 'these are my notes'; copy, download"
            + " or export the model again",
        e.getMessage());
  }

  private static void assertRefused(byte[] bytes, String message) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> OnnxReader.read(bytes, "theirs.onnx"));
    assertEquals(message, e.getMessage());
  }

  private static float[] run(Network network, int height, int width, float[] image) {
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

  private static float[] image(int height, int width) {
    Random random = new Random(height * 31L + width);
    float[] image = new float[3 * height * width];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    return image;
  }
}
