package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.ReferenceInterpreter;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.ForeignModel;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files for networks of other tools. */
@Tag("text")
class ForeignModelFileTest {
  @TempDir Path folder;

  @Test
  void channelsLastBecomesChannelsFirst() throws Exception {
    Files.write(folder.resolve("net.onnx"), ForeignModel.channelsLast().toByteArray());
    Model model = load("layout: channels-last");
    assertEquals(Optional.of(new ModelSpec.Size(6, 8)), model.spec().input().size());
    assertEquals("foreign", model.spec().architecture());

    float[] last = new float[6 * 8 * 3];
    Random random = new Random(5);
    for (int i = 0; i < last.length; i++) {
      last[i] = (float) random.nextGaussian();
    }
    float[] first = turned(last, 48, 3);
    float[] expected =
        ReferenceInterpreter.run(convolution(folder.resolve("net.onnx")), 6, 8, first).get(0);
    assertArrayEquals(expected, run(model.network(), 6, 8, first), 1e-4f);
  }

  /** What stands between the file's first and last Transpose. */
  private static Network convolution(Path file) {
    Network whole = OnnxReader.read(file);
    return new Network(
        "middle",
        List.of(new NetworkInput("first", Shape.of(1, 3, 6, 8))),
        whole.nodes().subList(1, 2),
        whole.weights().values(),
        List.of("conv"),
        Map.of());
  }

  @Test
  void channelsLastOfANetworkThatTakesThemFirstIsRefused() throws Exception {
    Files.write(folder.resolve("net.onnx"), ForeignModel.written(13, false).toByteArray());
    BadInputException e =
        assertThrows(BadInputException.class, () -> load("layout: channels-last"));
    assertEquals(
        folder.resolve("net.yaml")
            + ": network theirs: input image is [?, 3, ?, ?], with layout: channels-last expected"
            + " [1, height, width, 3]",
        e.getMessage());
  }

  @Test
  void channelsAtTheEndAreSeenByTheExtentsAndSaid() throws Exception {
    Files.write(folder.resolve("net.onnx"), ForeignModel.channelsLast().toByteArray());
    Model model = load("output: logits");
    assertEquals(
        List.of(
            "it takes [1, 6, 8, 3], so images are given to it with their channels last",
            "it answers with [1, 6, 8, 12], so the channels of its answer are read last",
            "it has 12 outputs and camvid-11 has 11 classes: output 11 is beyond the classes and"
                + " void; if output 0 is the background, give a label space that begins with it"),
        model.notes());
    assertEquals(Shape.of(1, 3, 6, 8), model.network().inputs().get(0).shape());
    assertEquals(load("layout: channels-last").network(), model.network());
  }

  @Test
  void scoresThatAreSaidToBeLabelsAreRefused() throws Exception {
    Files.write(folder.resolve("net.onnx"), ForeignModel.written(13, false).toByteArray());
    BadInputException e = assertThrows(BadInputException.class, () -> load("output: labels"));
    assertEquals(
        folder.resolve("net.yaml")
            + ": network theirs answers with [?, 5, ?, ?]; expected labels [1, height, width], or"
            + " output: logits",
        e.getMessage());
  }

  @Test
  void tooFewOutputsForTheLabelsAreRefused() throws Exception {
    Files.write(folder.resolve("net.onnx"), ForeignModel.written(13, false).toByteArray());
    BadInputException e = assertThrows(BadInputException.class, () -> load("output: logits"));
    assertEquals(
        folder.resolve("net.yaml")
            + ": network theirs has 5 outputs, label space camvid-11 has 11 classes; name the label"
            + " space it was trained with as 'labels'",
        e.getMessage());
  }

  private Model load(String line) throws Exception {
    Path yaml =
        Files.writeString(
            folder.resolve("net.yaml"),
            "name: theirs\nfile: net.onnx\nlabels: camvid-11\n" + line + "\n");
    return Models.load(yaml.toString());
  }

  /** [pixels, channels] as [channels, pixels]. */
  private static float[] turned(float[] values, int pixels, int channels) {
    float[] out = new float[values.length];
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < channels; c++) {
        out[c * pixels + p] = values[p * channels + c];
      }
    }
    return out;
  }

  private static float[] run(Network network, int height, int width, float[] image) {
    try (Session session =
        Engines.named("onnxruntime").open(network, height, width, new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, image);
      Shape shape = session.outputShapes().get(0);
      FloatBuffer output = Session.buffer(shape);
      session.run(input, List.of(output));
      float[] values = new float[Math.toIntExact(shape.elements())];
      output.get(0, values);
      return values;
    }
  }
}
