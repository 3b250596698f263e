package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.HeadDecoder;
import io.drivemark.architectures.head.HeadSite;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LiveUnits;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that answer with more than labels. */
@Tag("text")
class HeadsTest {
  private static final String ALL =
      """
      name: all
      file: net.onnx
      heads:
        - {name: road, output: scores, kind: labels, labels: camvid-11, form: probabilities}
        - {name: depth, output: inverse_depth, kind: depth, form: inverse, range: [1, 80]}
        - {name: gates, output: gates, kind: gates, sites: [{name: a, units: 2}, {name: b, units: 3}]}
        - {name: horizon, output: horizon, kind: horizon, from: top}
      """;

  @TempDir Path folder;

  /** Five outputs: scores, an auxiliary one, 1/metres, five gates, one share. */
  private static Network network() {
    NetworkBuilder b = new NetworkBuilder("many", 3);
    String features = b.relu("relu", b.conv("a", b.input("image", 3), 4, 3).same().build());
    String scores = b.conv("scores", features, 11, 1).build();
    String aux = b.conv("aux", features, 11, 1).build();
    String depth =
        b.add(
            "inverse_depth",
            Activation.of(Activation.Kind.SIGMOID),
            b.conv("d", features, 1, 1).build());
    String pooled = b.add("pooled", new GlobalPool(GlobalPool.Kind.AVERAGE), features);
    Tensor nothing = Tensor.of(Shape.of(5, 4, 1, 1), new float[20]);
    String gates =
        b.add(
            "gates",
            new Elementwise(Elementwise.Kind.ADD),
            b.conv("g", pooled, 5, 1).initial(nothing).build(),
            b.constant("bits", Tensor.of(Shape.of(1, 5, 1, 1), new float[] {1, 0, 0, 1, 1})));
    String horizon =
        b.add("horizon", Activation.of(Activation.Kind.SIGMOID), b.conv("h", pooled, 1, 1).build());
    return b.build(aux, scores, depth, gates, horizon);
  }

  private Model load(String yaml) throws Exception {
    if (!Files.exists(folder.resolve("net.onnx"))) {
      OnnxWriter.write(network(), folder.resolve("net.onnx"), 8, 12);
    }
    return Models.load(Files.writeString(folder.resolve("net.yaml"), yaml).toString());
  }

  private String refusal(String yaml) {
    return assertThrows(BadInputException.class, () -> load(yaml))
        .getMessage()
        .replace(folder + "/", "");
  }

  @Test
  void headsOfAModelFileAreReadAndDecoded() throws Exception {
    Model model = load(ALL);
    assertEquals(
        List.of("road", "depth", "gates", "horizon"),
        model.spec().heads().stream().map(Head::name).toList());
    assertEquals(new DepthHead(1, 80, DepthHead.Form.INVERSE), model.spec().heads().get(1).kind());
    assertEquals(LabelsHead.Form.PROBABILITIES, model.spec().output());
    assertEquals(Optional.of(Task.SEGMENTATION), model.spec().task(), "labels go first");
    assertEquals(List.of("scores", "inverse_depth", "gates", "horizon"), model.outputs());
    assertEquals("scores", model.network().outputs().get(0), "labels come first");

    Network opened = model.network().withOutputs(model.outputs());
    try (Session session = Engines.named("onnxruntime").open(opened, 8, 12, new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      for (int i = 0; i < input.capacity(); i++) {
        input.put(i, (i % 17) / 8f - 1);
      }
      List<HeadDecoder<?>> decoders = new ArrayList<>();
      List<FloatBuffer> buffers = new ArrayList<>();
      for (int i = 1; i < model.outputs().size(); i++) {
        Extents whole = new Extents(8, 12);
        HeadSite site =
            new HeadSite("test", session.outputShapes().get(i), whole, whole, Optional.empty());
        decoders.add(model.spec().heads().get(i).kind().decoder(site));
      }
      session.outputShapes().forEach(shape -> buffers.add(Session.buffer(shape)));
      session.run(input, buffers);
      Depth depth = (Depth) decoders.get(0).decode(buffers.get(1), 8, 12, 1);
      for (int i = 0; i < 96; i++) {
        assertEquals((float) (1 / (double) buffers.get(1).get(i)), depth.metres()[i], "pixel " + i);
      }
      LiveUnits live = (LiveUnits) decoders.get(1).decode(buffers.get(2), 8, 12, 1);
      assertEquals("a=8 b=6", live.toString());
      assertEquals(
          Math.round(buffers.get(3).get(0) * 7), decoders.get(2).decode(buffers.get(3), 8, 12, 1));
    }
  }

  @Test
  void headsSurviveTheOnnxFileBesideTheKeysOfLabels() throws Exception {
    Model model = load(ALL).forInference();
    Path file = folder.resolve("ours.onnx");
    Models.write(model, file, new ModelSpec.Size(8, 12));
    Map<String, String> metadata = OnnxReader.read(file).metadata();
    assertEquals("camvid-11", metadata.get("drivemark.labels"));
    assertEquals("probabilities", metadata.get("drivemark.output"));
    assertEquals("scores", metadata.get("drivemark.output-name"));
    assertEquals(
        "[{\"kind\":\"labels\",\"name\":\"road\",\"output\":\"scores\"},"
            + "{\"form\":\"inverse\",\"kind\":\"depth\",\"name\":\"depth\","
            + "\"output\":\"inverse_depth\",\"range\":[1.0,80.0]},"
            + "{\"kind\":\"gates\",\"name\":\"gates\",\"output\":\"gates\","
            + "\"sites\":[{\"name\":\"a\",\"units\":2},{\"name\":\"b\",\"units\":3}]},"
            + "{\"from\":\"top\",\"kind\":\"horizon\",\"name\":\"horizon\",\"output\":\"horizon\"}]",
        metadata.get("drivemark.heads"));
    Model back = Models.load(file.toString());
    assertEquals(model.spec(), back.spec());
    assertEquals(Models.digest(model), Models.digest(back));
    assertEquals(model.outputs(), back.network().outputs(), "the auxiliary output is gone");
    Model over = load("name: other\nfile: ours.onnx\noutput: logits\n");
    assertEquals(LabelsHead.Form.LOGITS, over.spec().output());
    assertEquals(model.spec().otherHeads(), over.spec().otherHeads());
  }

  @Test
  void aNetworkOfDepthAloneHasNoLabelsAndSaysSo() throws Exception {
    Model model =
        load(
            """
            name: far
            file: net.onnx
            heads: [{name: depth, output: inverse_depth, kind: depth, form: inverse, range: [1, 80]}]
            """);
    Path file = folder.resolve("ours.onnx");
    Models.write(model.forInference(), file, new ModelSpec.Size(8, 12));
    assertFalse(OnnxReader.read(file).metadata().containsKey("drivemark.labels"));
    Model back = Models.load(file.toString());
    assertEquals(model.spec().heads(), back.spec().heads());
    assertEquals(List.of("inverse_depth"), back.network().outputs());
    assertEquals(Optional.of(Task.DEPTH), back.spec().task());
    assertEquals(
        "model far has no labels: its head is depth (depth, inverse, 1.0 to 80.0 m); a model with a"
            + " head of kind labels is needed here",
        assertThrows(BadInputException.class, () -> back.spec().labels()).getMessage());
    assertEquals(
        List.of(
            "takes: image float32 [1, 3, ?, ?], channels-first",
            "depth: inverse_depth [1, 1, ?, ?], depth, inverse, 1.0 to 80.0 m"),
        Reading.of(back).lines().stream()
            .filter(l -> l.startsWith("takes") || l.startsWith("depth"))
            .toList());
    assertEquals(
        "net.yaml: output: ours.onnx has no labels, its head is depth (depth, inverse, 1.0 to 80.0"
            + " m); leave it out",
        refusal("name: x\nfile: ours.onnx\noutput: labels\n"));
  }

  @Test
  void aModelOfLabelsAloneIsWrittenAsBefore() {
    ModelSpec spec = Models.load("enet-camvid").spec();
    assertTrue(spec.hasLabelsAlone());
    assertEquals(
        List.of(
            Head.ofLabels(new LabelsHead(LabelSpaces.named("camvid-11"), LabelsHead.Form.LOGITS))),
        spec.heads());
    assertFalse(SpecMetadata.write(spec).containsKey("drivemark.heads"));
    assertEquals(
        spec, SpecMetadata.read("test", SpecMetadata.write(spec), Optional.empty()).orElseThrow());
  }

  @Test
  void whatContradictsItselfIsRefusedAllAtOnce() {
    assertEquals(
        "net.yaml: 4 problems\n"
            + "  line 3: labels: heads is given too, which says it for each output: move it into the"
            + " entry of kind labels, or leave heads out\n"
            + "  line 4: output: heads is given too, which says it for each output: write it as"
            + " 'form' into the entry of kind labels, or leave heads out\n"
            + "  line 5: output-name: heads is given too, which says it for each output: name the"
            + " output in the entry of kind labels, or leave heads out\n"
            + "  line 6: threshold: is for labels, and no head is of kind labels",
        refusal(
            """
            name: x
            file: net.onnx
            labels: camvid-11
            output: logits
            output-name: scores
            threshold: 0.5
            heads: [{name: depth, output: d, kind: depth, form: log, range: [1, 80]}]
            """));
    assertEquals(
        "net.yaml: 6 problems\n"
            + "  line 5: heads[1].name: a second head is called road\n"
            + "  line 5: heads[1].kind: head road is of labels already, and one of them alone can be"
            + " scored; leave one out\n"
            + "  line 6: heads[2].kind: found dept (did you mean 'depth'?), expected one of depth,"
            + " disparity, gates, horizon, labels\n"
            + "  line 7: key 'heads[3].output' is missing: expected a text\n"
            + "  line 7: heads[3].range: found [80.0, 1.0], expected two numbers of metres above 0,"
            + " the nearest first, for example [1, 80]\n"
            + "  line 8: heads[4].output: found scores, which head road reads already",
        refusal(
            """
            name: x
            file: net.onnx
            heads:
              - {name: road, output: scores, kind: labels, labels: camvid-11}
              - {name: road, output: aux, kind: labels, labels: camvid-11}
              - {name: far, output: z, kind: dept, range: [1, 2]}
              - {name: near, kind: depth, form: log, range: [80, 1]}
              - {name: up, output: scores, kind: horizon, from: top}
            """));
    assertEquals(
        "net.yaml: line 3: heads: is empty: expected an entry for each output that means something,"
            + " for example {name: depth, output: inverse_depth, kind: depth, form: inverse, range:"
            + " [1, 80]}",
        refusal("name: x\nfile: net.onnx\nheads: []\n"));
  }

  @Test
  void outputsThatTheFileLacksOrThatCannotBeItAreRefused() {
    assertEquals(
        "net.yaml: network all has no output called 'inverse', which its head depth reads; there are"
            + " aux [1, 11, 8, 12], scores [1, 11, 8, 12], inverse_depth [1, 1, 8, 12], gates [1, 5,"
            + " 1, 1], horizon [1, 1, 1, 1]",
        refusal(ALL.replace("output: inverse_depth", "output: inverse")).replace(" float32", ""));
    assertEquals(
        "net.yaml: network all: output aux of head depth is [1, 11, 8, 12], expected one plane of"
            + " depth [1, 1, height, width] or [1, height, width]",
        refusal(ALL.replace("output: inverse_depth", "output: aux")));
    assertEquals(
        "net.yaml: network all has 11 outputs, label space cityscapes-19 has 19 classes; name the"
            + " label space it was trained with as 'labels'",
        refusal(ALL.replace("camvid-11", "cityscapes-19")).replace(", output scores,", ""));
  }

  @Test
  void damagedMetadataIsRefusedWithItsPlace() {
    Map<String, String> metadata =
        new java.util.TreeMap<>(SpecMetadata.write(Models.load("enet-camvid").spec()));
    metadata.put("drivemark.heads", "[{\"kind\":\"labels\",\"name\":\"road\"}]");
    assertEquals(
        "a.onnx, metadata drivemark.heads: line 1: key 'heads[0].output' is missing: expected a text",
        damage(metadata));
    metadata.put(
        "drivemark.heads", "[{\"kind\":\"lidar\",\"name\":\"x\",\"output\":\"y\",\"beams\":4}]");
    assertEquals(
        "a.onnx, metadata drivemark.heads: line 1: heads[0].kind: found lidar, expected one of depth,"
            + " disparity, gates, horizon, labels",
        damage(metadata));
    metadata.put("drivemark.heads", "[]}\nname: {a: b");
    assertTrue(damage(metadata).startsWith("a.onnx, metadata drivemark.heads: "), "another key");
  }

  private static String damage(Map<String, String> metadata) {
    return assertThrows(
            BadInputException.class, () -> SpecMetadata.read("a.onnx", metadata, Optional.empty()))
        .getMessage();
  }
}
