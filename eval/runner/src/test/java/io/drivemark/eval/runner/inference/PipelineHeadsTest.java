package io.drivemark.eval.runner.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LiveUnits;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.RgbImage;
import io.drivemark.eval.runner.HandMadeTorchScript;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network of several heads answers, by the name of the head. */
class PipelineHeadsTest {
  private static final FrameSize SIZE = new FrameSize(6, 10);
  private static final LabelTarget TARGET =
      new LabelTarget(LabelMapping.identity(Yard.SPACE), Yard.SPACE, Grid.LOGITS_BILINEAR);
  private static final Head LABELS =
      new Head("road", Optional.of("scores"), new LabelsHead(Yard.SPACE, LabelsHead.Form.LOGITS));
  private static final Head DEPTH =
      new Head("far", Optional.of("z"), new DepthHead(1, 50, DepthHead.Form.METRES));
  private static final Head GATES =
      new Head(
          "gates",
          Optional.of("bits"),
          new GatesHead(List.of(new GatesHead.Site("a", 2), new GatesHead.Site("b", 1))));

  private static final String YARD =
      "name: yard\nclasses:\n"
          + "  - {name: red, color: '255,0,0', category: a}\n"
          + "  - {name: green, color: '0,255,0', category: a}\n"
          + "  - {name: blue, color: '0,0,255', category: a}\n";

  @TempDir Path folder;

  /** Scores are the image; metres are its green at half the size; of three units two are live. */
  private static Network network() {
    NetworkBuilder b = new NetworkBuilder("heads", 1);
    String x = b.input("image", 3);
    Tensor identity = Tensor.of(Shape.of(3, 3, 1, 1), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    String scores = b.conv("scores", x, 3, 1).initial(identity).build();
    Tensor green = Tensor.of(Shape.of(1, 3, 1, 1), new float[] {0, 1, 0});
    String z = b.conv("z", x, 1, 1).stride(2).initial(green).build();
    Tensor nothing = Tensor.of(Shape.of(3, 3, 1, 1), new float[9]);
    String pooled = b.add("pooled", new GlobalPool(GlobalPool.Kind.AVERAGE), x);
    String bits =
        b.add(
            "bits",
            new Elementwise(Elementwise.Kind.ADD),
            b.conv("g", pooled, 3, 1).initial(nothing).build(),
            b.constant("live", Tensor.of(Shape.of(1, 3, 1, 1), new float[] {0, 1, 1})));
    String aux = b.add("aux", Activation.of(Activation.Kind.SIGMOID), scores);
    return b.build(scores, aux, bits, z);
  }

  private static Model model(Network network, Head... heads) {
    return new Model(
        new ModelSpec(
            "m",
            "tiny",
            Map.of(),
            new ModelSpec.InputSpec(
                Optional.empty(), "rgb", List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
            List.of(heads),
            ModelSpec.Variant.DENSE,
            Map.of(),
            Wiring.PLAIN),
        network);
  }

  private static RgbImage image() {
    byte[] pixels = new byte[SIZE.height() * SIZE.width() * 3];
    new Random(8).nextBytes(pixels);
    return RgbImage.of(SIZE.height(), SIZE.width(), pixels);
  }

  private static InferencePipeline open(Model model, String engine, Optional<LabelTarget> target) {
    return InferencePipeline.open(model, Engines.named(engine), new EngineOptions(1), SIZE, target);
  }

  private static HeadValues values(InferencePipeline pipeline) {
    FloatBuffer input = pipeline.newInput();
    List<FloatBuffer> outputs = pipeline.newOutputs();
    pipeline.preprocess(image(), input);
    pipeline.infer(input, outputs);
    HeadValues values = pipeline.decode(outputs, SIZE.height(), SIZE.width(), 1);
    HeadValues counted =
        pipeline.decodeCounting(outputs, SIZE.height(), SIZE.width(), Optional.empty());
    assertEquals(values.heads(), counted.heads());
    return counted;
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnxruntime", "pytorch", "opencv"})
  void everyHeadAnswersByItsName(String engine) {
    try (InferencePipeline pipeline =
            open(model(network(), GATES, LABELS, DEPTH), engine, Optional.of(TARGET));
        InferencePipeline alone =
            open(
                model(network(), Head.ofLabels((LabelsHead) LABELS.kind())),
                engine,
                Optional.of(TARGET))) {
      HeadValues values = values(pipeline);
      assertEquals(java.util.Set.of("gates", "road", "far"), values.heads());
      LabelMap labels = values(alone).labels();
      assertArrayEquals(labels.pixels(), values.labels().pixels(), "as labels alone are");
      assertEquals(60, values.use().pixels());
      assertEquals("a=4 b=8", values.of("gates", LiveUnits.class).toString());
      float[] metres = values.of("far", Depth.class).metres();
      byte[] pixels = image().pixels();
      int corner = pixels[1] & 0xFF;
      assertEquals(Math.min(50, Math.max(1, corner)), metres[0], 1e-4);
      assertEquals(60, metres.length);
      assertEquals(
          "head far is a io.drivemark.datasets.Depth, not a io.drivemark.datasets.LabelMap",
          assertThrows(IllegalArgumentException.class, () -> values.of("far", LabelMap.class))
              .getMessage());
    }
  }

  @Test
  void aNetworkOfDepthAloneNeedsNoClasses() {
    try (InferencePipeline pipeline =
        open(model(network(), DEPTH), "onnxruntime", Optional.empty())) {
      HeadValues values = values(pipeline);
      assertEquals(60, values.of("far", Depth.class).metres().length);
      assertEquals(List.of(), pipeline.notes());
      assertEquals(
          "head of labels is none of [far]",
          assertThrows(IllegalArgumentException.class, values::labels).getMessage());
    }
  }

  @Test
  void theTensorsOfATorchScriptFileAreFoundByTheirNamesWhenItIsOpened() throws Exception {
    Model model = script("{name: far, output: z, kind: depth, form: metres, range: [1, 50]}");
    try (InferencePipeline pipeline = open(model, "pytorch", Optional.of(TARGET))) {
      HeadValues values = values(pipeline);
      assertEquals(
          (float) Math.min(50, Math.max(1, image().pixels()[0] & 0xFF)),
          values.of("far", Depth.class).metres()[0]);
      assertEquals(60, values.labels().pixels().length);
      assertEquals(
          List.of(
              "answers: scores float32 [1, 3, 6, 10], channels-first, logits; output-name names it",
              "far: z float32 [1, 1, 6, 10], depth, metres, 1.0 to 50.0 m",
              "left aside: more float32 [1, 6, 6, 10]"),
          pipeline.reading().lines().subList(3, 6));
    }
    Model wrong = script("{name: far, output: zz, kind: depth, form: metres, range: [1, 50]}");
    assertEquals(
        "model theirs has no output called 'zz', which its head far reads (did you mean 'z'?);"
            + " there are more float32 [1, 6, 6, 10], scores float32 [1, 3, 6, 10], z float32 [1,"
            + " 1, 6, 10]",
        assertThrows(BadInputException.class, () -> open(wrong, "pytorch", Optional.of(TARGET)))
            .getMessage());
  }

  private Model script(String depth) throws Exception {
    Files.write(
        folder.resolve("net.pt"),
        HandMadeTorchScript.of(
            "    z = torch.slice(x, 1, 0, 1, 1)\n"
                + "    return {\"scores\": x, \"z\": z, \"more\": torch.cat([x, x], 1)}\n",
            "Dict[str, Tensor]"));
    Files.writeString(folder.resolve("yard.yaml"), YARD);
    return Models.load(
        Files.writeString(
                folder.resolve("net.yaml"),
                "name: theirs\nfile: net.pt\ninput: {mean: [0, 0, 0], std: [1, 1, 1]}\nlayout: {output: channels-first}\nheads:\n"
                    + "  - {name: road, output: scores, kind: labels, labels: yard.yaml}\n  - "
                    + depth
                    + "\n")
            .toString());
  }
}
