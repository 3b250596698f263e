package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.DisparityHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.metrics.depth.DepthCrop;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.depth.DepthScore;
import io.drivemark.eval.runner.depth.DepthScorer;
import io.drivemark.eval.runner.evidence.DepthEvidence;
import io.drivemark.eval.runner.inference.StoredDepth;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of depth in studies, beside those of labels, and their predictions. */
class DepthStudyTest {
  private static final String STUDY =
      """
      schema: drivemark-study/1
      datasets:
        - {name: synthdrive, split: val, options: {count: 6, size: 24x32, sequence: 2}}
      models: [MODELS]
      engines: [{name: onnxruntime, threads: 1}]
      latency: LATENCY
      """;

  @TempDir Path folder;

  /**
   * A 1×1 convolution of the photograph to one number: {@code bias + weight · (r + g + b) / 255}.
   */
  private static Model model(String name, HeadKind kind, float weight, float bias) {
    NetworkBuilder b = new NetworkBuilder(name, 1);
    float w = weight / 255;
    Tensor weights = Tensor.of(Shape.of(1, 3, 1, 1), new float[] {w, w, w});
    String z = b.conv("z", b.input("image", 3), 1, 1).initial(weights).bias().build();
    Network network =
        b.build(z).withTensors(Map.of("z.bias", Tensor.of(Shape.of(1), new float[] {bias})));
    ModelSpec plain = Yard.model("plain", 0).spec();
    return new Model(
        new ModelSpec(
            name,
            "tiny",
            Map.of(),
            plain.input(),
            List.of(new Head("far", Optional.of("z"), kind)),
            plain.variant(),
            plain.provenance(),
            Wiring.PLAIN),
        network);
  }

  private static Sources sources() {
    DepthHead metres = new DepthHead(1, 80, DepthHead.Form.METRES);
    Map<String, Model> models = new LinkedHashMap<>();
    models.put("near", model("near", metres, 7, 1));
    models.put("far", model("far", metres, 20, 3));
    models.put("shift", model("shift", new DisparityHead(1, 80), 0.02f, 0.005f));
    models.put("plain", Yard.model("plain", 0));
    return new Sources(Datasets::open, models::get, Engines::named, NanoClock.SYSTEM);
  }

  private Study study(String yaml) throws Exception {
    return Study.read(Files.writeString(folder.resolve("study.yaml"), yaml));
  }

  private Study study(String models, String latency, String more) throws Exception {
    return study(STUDY.replace("MODELS", models).replace("LATENCY", latency) + more);
  }

  private StudyResult run(Study study) {
    return new Runner(study, folder.resolve("out"), Progress.NONE, sources()).run();
  }

  private static Dataset frames() {
    return Datasets.open(
        DatasetRequest.of("synthdrive", "val")
            .withOption("count", "6")
            .withOption("size", "24x32")
            .withOption("sequence", "2"));
  }

  /** The path of predictions and that of runs agree bit by bit, for metres and for disparities. */
  @Test
  void scoresOfPredictedFilesAreThoseOfTheRun() throws Exception {
    String rule = "depth: {crop: garg, min: 2, max: 60.5}\n";
    StudyResult result = run(study("near, shift", "off", rule));
    assertEquals(2, result.entries().size());
    for (Entry entry : result.entries()) {
      assertEquals(List.of(), entry.issues());
      Path out = folder.resolve("predicted-" + entry.model().name());
      Predictor.Outcome written =
          Predictor.predict(
              study(entry.model().name(), "off", ""),
              PredictionEncoding.TRAIN_IDS,
              out,
              Progress.NONE,
              sources());
      assertEquals(6, written.files());
      DepthScore scored =
          DepthScorer.of(frames(), out, StoredDepth.STEPS)
              .depth(new DepthRule(2, 60.5, DepthCrop.GARG), Progress.NONE);
      DepthAccuracy depth = entry.depth().orElseThrow();
      assertEquals(Optional.of(scored.mean()), depth.mean());
      Map<String, DepthScores> byFrame = new LinkedHashMap<>();
      depth.frames().forEach(f -> byFrame.put(f.id(), f.scores()));
      assertEquals(scored.frames(), byFrame);
      assertEquals(scored.unjudged(), depth.unjudged());
      assertEquals("depth-garg-2-60.5m", entry.protocol().name());
    }
  }

  /** The metres by hand: pixel sum 0 to 3, so near answers bias + weight · sum. */
  @Test
  void predictedFilesHoldTheMetresThatTheNetworkAnswers() throws Exception {
    Path out = folder.resolve("predicted");
    Predictor.predict(
        study("near", "off", ""), PredictionEncoding.TRAIN_IDS, out, Progress.NONE, sources());
    Dataset frames = frames();
    byte[] pixels = frames.frame(0).image().pixels();
    RawLabels raw = ImageCodec.readRaw(out.resolve(frames.ids().get(0) + ".png"));
    assertEquals(2, raw.bytesPerPixel());
    for (int i = 0; i < 24 * 32; i++) {
      int sum = (pixels[3 * i] & 255) + (pixels[3 * i + 1] & 255) + (pixels[3 * i + 2] & 255);
      assertEquals((1 + 7 * sum / 255.0) * 256, raw.value(i), 0.51, "pixel " + i);
    }
  }

  @Test
  void aRunIsReadBackWithItsIntervalsSlicesDifferencesAndPictures() throws Exception {
    StudyResult result = run(study("near, far, shift", "{runs: 10}", ""));
    assertEquals(result, RunStore.read(folder.resolve("out")));
    Entry near = result.entries().get(0);
    assertEquals(Task.DEPTH, near.task());
    assertEquals(Optional.empty(), near.accuracy());
    DepthAccuracy depth = near.depth().orElseThrow();
    assertEquals(6, depth.frames().size());
    assertEquals("3 clusters (few: intervals come out narrow): sequences", clusters(depth));
    assertEquals(
        depth.mean().orElseThrow().byName().keySet(),
        depth.confidence().orElseThrow().errors().keySet());
    assertEquals(3, depth.worstFrames().size());
    assertEquals(worstId(depth), depth.worstFrames().get(0).id());
    assertEquals(4, near.pictures().size());
    for (String picture : List.of("image", "truth", "prediction", "error")) {
      Path file = folder.resolve("out").resolve(near.folder()).resolve("pictures");
      assertTrue(Files.exists(file.resolve("00000-" + picture + ".png")), picture);
    }
    Entry best =
        result.entries().stream()
            .min(java.util.Comparator.comparingDouble(DepthStudyTest::absRel))
            .orElseThrow();
    for (Entry entry : result.entries()) {
      List<DepthAccuracy.Difference> differences = entry.depth().orElseThrow().differences();
      assertEquals(entry == best ? 0 : 1, differences.size(), entry.model().name());
      for (DepthAccuracy.Difference difference : differences) {
        DepthAccuracy.Change change = difference.errors().get("absRel");
        assertEquals(best.model().name(), difference.from());
        assertEquals(absRel(entry) - absRel(best), change.value());
        assertEquals(0.25, change.swapP().orElseThrow(), "the least that three clusters can give");
        assertTrue(change.low().getAsDouble() <= change.high().getAsDouble());
      }
      assertTrue(entry.speed().orElseThrow().endToEnd().mean() > 0);
    }
  }

  private static double absRel(Entry entry) {
    return entry.depth().flatMap(DepthAccuracy::mean).orElseThrow().absRel();
  }

  private static String clusters(DepthAccuracy depth) {
    return depth.confidence().orElseThrow().clusters();
  }

  private static String worstId(DepthAccuracy depth) {
    return depth.frames().stream()
        .max(java.util.Comparator.comparingDouble(f -> f.scores().absRel()))
        .orElseThrow()
        .id();
  }

  @Test
  void aRecordThatItsFramesContradictIsRefused() throws Exception {
    StudyResult result = run(study("near", "off", ""));
    Path cell = folder.resolve("out").resolve(result.entries().get(0).folder());
    Path evidence = cell.resolve(DepthEvidence.FILE);
    String frames = Files.readString(evidence);
    Files.writeString(evidence, frames.replaceFirst("(?m)^(val[^,]*,\\d+,)0", "$11"));
    assertTrue(refusal().contains("evidence/distances.csv has been changed since"), refusal());
    Files.writeString(evidence, frames);
    Path record = cell.resolve("record.json");
    String said = Files.readString(record);
    String absRel = Double.toString(absRel(result.entries().get(0)));
    Files.writeString(record, said.replaceFirst(absRel, "0.001"));
    assertTrue(
        refusal().contains("it says absRel 0.001, the errors of its frames give " + absRel),
        refusal());
  }

  private String refusal() {
    return assertThrows(BadInputException.class, () -> RunStore.read(folder.resolve("out")))
        .getMessage();
  }

  @Test
  void aStudyOfBothTasksJudgesEachWhereItHasTruth() throws Exception {
    Path yard = Yard.write(folder.resolve("yard"));
    Path pairs = distancesAlone();
    StudyResult result =
        run(
            study(
                STUDY
                        .replaceAll("  - \\{name: synthdrive.*", "")
                        .replace(
                            "datasets:",
                            "datasets:\n  - {name: "
                                + pairs
                                + ", root: "
                                + pairs.getParent()
                                + ", split: all}\n  - {name: "
                                + yard
                                + ", root: "
                                + yard.getParent()
                                + ", split: val}")
                        .replace("MODELS", "plain, near")
                        .replace("LATENCY", "off")
                    + "require: {miou: '>=0', absRel: '<=1000'}\n"));
    assertEquals(
        List.of("near pairs depth", "plain yard segmentation"),
        result.entries().stream()
            .map(e -> e.model().name() + " " + e.dataset().name() + " " + e.task().word())
            .toList());
    assertEquals(List.of(), result.findings());
    assertTrue(
        result
            .entries()
            .get(0)
            .notes()
            .contains("answers depth and is not run on yard/val, where there is no truth for that"),
        result.entries().get(0).notes().toString());
  }

  @Test
  void aBoundOfATaskThatNoEntryHasIsAFinding() throws Exception {
    StudyResult result =
        run(study("near", "off", "require: {absRel: '<=0.0001', miou: '>=0.1'}\n"));
    assertEquals(2, result.findings().size());
    assertTrue(result.findings().get(0).contains(": absRel is "), result.findings().toString());
    assertEquals("no entry has miou, required >=0.1", result.findings().get(1));
  }

  /** A dataset of distances without labels; two of its three frames know none. */
  private Path distancesAlone() throws Exception {
    for (int frame = 0; frame < 3; frame++) {
      Path image = folder.resolve("pairs/photo/" + frame + ".png");
      ImageCodec.writeImage(image, frames().frame(frame).image());
      short[] metres = new short[24 * 32];
      java.util.Arrays.fill(metres, (short) (frame == 0 ? 12 * 256 : 0));
      ImageCodec.writeGray16(folder.resolve("pairs/depth/" + frame + ".png"), 24, 32, metres);
    }
    String yaml =
        """
        name: pairs
        layout: [{image: 'photo/{id}.png', depth: 'depth/{id}.png'}]
        depth: {metresPerUnit: 0.00390625, unknown: [0]}
        splits: [all]
        """;
    return Files.writeString(folder.resolve("pairs/pairs.yaml"), yaml);
  }

  @Test
  void aDatasetWithoutLabelsIsJudgedAndDisparitiesNeedItsCameras() throws Exception {
    Path file = distancesAlone();
    String text =
        STUDY
            .replaceAll("  - \\{name: synthdrive.*", "")
            .replace(
                "datasets:",
                "datasets:\n  - {name: " + file + ", root: " + file.getParent() + ", split: all}")
            .replace("LATENCY", "off");
    StudyResult result = run(study(text.replace("MODELS", "near, shift")));
    DepthAccuracy near = result.entries().get(0).depth().orElseThrow();
    assertEquals(1, near.frames().size());
    assertEquals(List.of("1", "2"), near.unjudged());
    assertTrue(result.entries().get(0).complete());
    Entry shift = result.entries().get(1);
    assertFalse(shift.complete());
    assertTrue(
        shift.issues().get(0).contains("focal length and baseline of the frame's cameras are not"),
        shift.issues().toString());
  }

  @Test
  void theRuleIsReadAndWritten() throws Exception {
    Study study = study("near", "off", "depth: {crop: eigen, min: 0.5}\n");
    assertEquals(new DepthRule(0.5, Double.POSITIVE_INFINITY, DepthCrop.EIGEN), study.depth());
    Path again = Files.writeString(folder.resolve("again.yaml"), study.toYaml());
    assertEquals(study.depth(), Study.read(again).depth());
    assertFalse(study("near", "off", "").toYaml().contains("depth:"));
    assertTrue(
        assertThrows(
                BadInputException.class,
                () -> study("near", "off", "depth: {crop: gard, min: 9, max: 9}\n"))
            .getMessage()
            .contains("depth.crop: found gard (did you mean 'garg'?), expected one of none, garg"));
  }
}
