package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.labelling.Labelling;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.Mappings;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.Preprocess;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published weights give what the authors' code gives with them. */
class PublishedModelsTest {
  private static final int LOGITS_HEADER_BYTES = 128;

  @TempDir Path folder;

  static List<String> espnetv2() {
    return List.copyOf(PublishedModels.ESPNETV2_MIOU.keySet());
  }

  @ParameterizedTest
  @MethodSource("espnetv2")
  void espnetv2WeightsLoadWithoutLeftovers(String name) {
    Model model = Models.load(PublishedModels.espnetv2(folder, name).toString());
    assertEquals("espnetv2", model.spec().architecture());
    assertEquals(Shape.of(1, 20, 512, 1024), outputAt(model, 512, 1024));
  }

  @Test
  void espnetCityscapesWeightsLoadAndTellTheirSkip() {
    Model model = Models.load(PublishedModels.espnetCityscapes(folder).toString());
    assertEquals("plain", model.spec().options().get("skip"));
    assertEquals(364_569, model.network().parameters());
  }

  @Test
  void importedModelSurvivesItsOnnxFile() {
    Model model = Models.load(PublishedModels.espnetCamvid(folder).toString());
    Path file = folder.resolve("espnet.onnx");
    Models.write(model, file);
    Model back = Models.load(file.toString());
    assertEquals(model.spec(), back.spec());
    assertEquals(model.network(), back.network());
    assertEquals(Models.digest(model), Models.digest(back));
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnxruntime", "pytorch"})
  void espnetCamvidLogitsEqualTheAuthorsCode(String engine) throws IOException {
    Path file = SharedData.require("fixtures/camvid-espnet-val/logits_0016E5_07959_every8.npy");
    byte[] bytes = Files.readAllBytes(file);
    FloatBuffer expected =
        ByteBuffer.wrap(bytes, LOGITS_HEADER_BYTES, bytes.length - LOGITS_HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertEquals(12 * 45 * 60, expected.remaining());
    Model model = Models.load(PublishedModels.espnetCamvid(folder).toString());
    try (Runner runner = new Runner(model, engine)) {
      float[] logits = runner.logits(camvid(OptionalInt.of(1)).frame(0).sample());
      double worst = 0;
      for (int c = 0; c < 12; c++) {
        for (int y = 0; y < 45; y++) {
          for (int x = 0; x < 60; x++) {
            float found = logits[(c * 360 + 8 * y) * 480 + 8 * x];
            worst = Math.max(worst, Math.abs(found - expected.get((c * 45 + y) * 60 + x)));
          }
        }
      }
      assertTrue(worst <= 1e-3, "largest difference " + worst);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnxruntime", "pytorch"})
  void espnetCamvidLabelsEqualTheAuthorsCode(String engine) {
    assertLabelsEqual(engine, OptionalInt.of(3));
  }

  @Tag("slow")
  @Test
  void espnetCamvidLabelsEqualTheAuthorsCodeOnAllFrames() {
    double miou = assertLabelsEqual("onnxruntime", OptionalInt.empty());
    assertEquals(0.7010, miou, 0.0005);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("espnetv2")
  void espnetv2ScoresWhatTheAuthorsCodeScores(String name) {
    Dataset val = camvid(OptionalInt.empty());
    Model model = Models.load(PublishedModels.espnetv2(folder, name).toString());
    LabelMapping mapping = Mappings.between(model.spec().labels(), val.labels());
    ConfusionAccumulator counts = new ConfusionAccumulator(val.labels());
    try (Runner runner = new Runner(model, "onnxruntime")) {
      for (int i = 0; i < val.ids().size(); i++) {
        Sample sample = val.frame(i).sample();
        byte[] labels = nearest(runner.labels(sample), runner.size, 360, 480);
        for (int p = 0; p < labels.length; p++) {
          labels[p] = (byte) mapping.of(labels[p] & 0xFF);
        }
        counts.add(sample.truth().pixels(), labels);
      }
    }
    double miou = miou(counts);
    assertEquals(PublishedModels.ESPNETV2_MIOU.get(name), miou, 0.01);
  }

  @Test
  void cgnetCamvidWeightsLoadWithANoteOnTheirShapes() {
    Model model = Models.load(PublishedModels.cgnetCamvid(folder).toString());
    assertEquals(1, model.notes().size());
    String note = model.notes().get(0);
    assertTrue(
        note.endsWith(
            ": 48 weights with more or fewer extents of one (level2_0.F_glo.fc.0.weight [8, 64] as"
                + " [8, 64, 1, 1]); left aside: 54 num_batches_tracked"),
        note);
  }

  @Tag("slow")
  @Test
  void cgnetScoresOnCamvidWhatTheAuthorsCodeScores() {
    Dataset val = camvid(OptionalInt.empty());
    Model model = Models.load(PublishedModels.cgnetCamvid(folder).toString());
    ConfusionAccumulator counts = new ConfusionAccumulator(val.labels());
    Labelling labelling = Labelling.of(val.labels(), Grid.LOGITS_BILINEAR);
    byte[] labels = new byte[360 * 480];
    try (Runner runner = new Runner(model, "onnxruntime")) {
      for (int i = 0; i < val.ids().size(); i++) {
        Sample sample = val.frame(i).sample();
        runner.logits(sample);
        labelling.label(runner.output, outputAt(model, 360, 480), 360, 480, labels);
        counts.add(sample.truth().pixels(), labels);
      }
    }
    assertEquals(0.8552, miou(counts), 0.00005);
  }

  private double assertLabelsEqual(String engine, OptionalInt limit) {
    Path predictions = SharedData.require("fixtures/camvid-espnet-val/predictions");
    Dataset val = camvid(limit);
    ConfusionAccumulator counts = new ConfusionAccumulator(val.labels());
    Model model = Models.load(PublishedModels.espnetCamvid(folder).toString());
    long equal = 0;
    long pixels = 0;
    try (Runner runner = new Runner(model, engine)) {
      for (int i = 0; i < val.ids().size(); i++) {
        Sample sample = val.frame(i).sample();
        byte[] labels = runner.labels(sample);
        RawLabels expected = ImageCodec.readRaw(predictions.resolve(sample.id() + ".png"));
        for (int p = 0; p < labels.length; p++) {
          equal += (labels[p] & 0xFF) == expected.value(p) ? 1 : 0;
          labels[p] = labels[p] == 11 ? (byte) LabelSpace.VOID : labels[p];
        }
        pixels += labels.length;
        counts.add(sample.truth().pixels(), labels);
      }
    }
    assertTrue(equal >= 0.999 * pixels, equal + " of " + pixels + " pixels are equal");
    return miou(counts);
  }

  private static double miou(ConfusionAccumulator counts) {
    return Protocols.cityscapes().evaluate(List.of(counts.matrix())).miou().value().orElseThrow();
  }

  private static Dataset camvid(OptionalInt limit) {
    return Datasets.open("camvid", SharedData.require("data/camvid"), "val", limit);
  }

  private static Shape outputAt(Model model, int height, int width) {
    return model.network().shapesAt(height, width).get(model.network().outputs().get(0));
  }

  /** Labels on another grid: pixel floor(i·from/to), as OpenCV's nearest rule. */
  private static byte[] nearest(byte[] labels, Size from, int height, int width) {
    byte[] out = new byte[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out[y * width + x] =
            labels[y * from.height() / height * from.width() + x * from.width() / width];
      }
    }
    return out;
  }

  /** A model in an engine, at its own size. */
  private static final class Runner implements AutoCloseable {
    private final Size size;
    private final Preprocess preprocess;
    private final Session session;
    private final FloatBuffer input;
    private final FloatBuffer output;

    Runner(Model model, String engine) {
      InputSpec spec = model.spec().input();
      this.size = spec.size().orElseThrow();
      this.preprocess =
          new Preprocess(
              ChannelOrder.parse(spec.channels()),
              spec.mean(),
              spec.std(),
              size.height(),
              size.width());
      this.session =
          Engines.named(engine)
              .open(model.network(), size.height(), size.width(), new EngineOptions(2));
      this.input = Session.buffer(session.inputShape());
      this.output = Session.buffer(session.outputShapes().get(0));
    }

    float[] logits(Sample sample) {
      preprocess.into(sample.image(), input);
      session.run(input, List.of(output));
      float[] values = new float[output.capacity()];
      output.get(0, values);
      return values;
    }

    byte[] labels(Sample sample) {
      float[] logits = logits(sample);
      int plane = size.height() * size.width();
      byte[] labels = new byte[plane];
      for (int p = 0; p < plane; p++) {
        for (int c = 1; c < logits.length / plane; c++) {
          if (logits[c * plane + p] > logits[labels[p] * plane + p]) {
            labels[p] = (byte) c;
          }
        }
      }
      return labels;
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
