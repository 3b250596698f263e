package io.drivemark.eval.runner.record.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.datasets.Task;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.problem.BadInputException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("text")
class ResultsJsonTest {
  @TempDir Path folder;

  @Test
  void writtenThenReadIsEqual() {
    StudyResult result = result(entry(true, true), entry(false, false));
    Path file = folder.resolve("results.json");
    ResultsJson.write(file, result);
    assertEquals(result, ResultsJson.read(file));
  }

  /** As the program of November 2026 wrote them, every field present or absent at least once. */
  @Test
  void writesTheBytesOfTheKeptFile() throws Exception {
    Path file = folder.resolve("results.json");
    ResultsJson.write(file, result(entry(true, true), entry(false, false)));
    try (InputStream kept = getClass().getResourceAsStream("results-kept.json")) {
      assertEquals(new String(kept.readAllBytes(), StandardCharsets.UTF_8), Files.readString(file));
    }
  }

  @Test
  void fieldsAreNamedAsTheContractSays() {
    JsonNode tree = ResultsJson.tree(result(entry(true, true)));
    assertEquals("drivemark-run/1", tree.get("schema").textValue());
    JsonNode entry = tree.get("entries").get(0);
    assertEquals("enet-camvid", entry.get("model").textValue());
    assertEquals("enet", entry.get("architecture").textValue());
    assertTrue(entry.get("complete").booleanValue());
    assertEquals(0, entry.get("issues").size());
    assertEquals("the first frame is one class", entry.at("/notes/0").textValue());
    assertEquals("dense", entry.at("/variant/technique").textValue());
    assertTrue(entry.at("/variant/parent").isNull());
    assertEquals("1.29.0", entry.at("/engine/version").textValue());
    assertEquals(2, entry.at("/engine/threads").intValue());
    assertEquals("fp32", entry.at("/engine/precision").textValue());
    assertEquals(101, entry.at("/dataset/images").intValue());
    assertEquals(360, entry.at("/input/height").intValue());
    assertEquals("cityscapes", entry.at("/protocol/name").textValue());
    assertEquals(0.5, entry.at("/accuracy/miou").doubleValue());
    assertTrue(entry.at("/accuracy/iou/Pole").isNull());
    assertEquals(10, entry.at("/cost/params").intValue());
    assertEquals(20, entry.at("/latencyMs/mean").doubleValue());
    assertTrue(entry.at("/latencyMs/p99").isNull());
    assertEquals(50, entry.at("/fps").doubleValue());
    assertEquals(2, entry.at("/modelLatencyMs/count").intValue());
    assertEquals(3.5, entry.at("/imageDecodeMs").doubleValue());
  }

  @Test
  void recordsFromBeforeNotesHaveNone() {
    ObjectNode tree = EntryJson.write(entry(true, true));
    tree.remove("notes");
    assertEquals(
        entry(true, true).withNotes(List.of()), EntryJson.read("results.json", "entries[0]", tree));
  }

  @Test
  void storedPrecisionIsKeptAndAbsentInOldRecords() {
    Entry old = entry(true, true);
    ObjectNode before = EntryJson.write(old);
    assertTrue(before.at("/modelFacts/storedPrecision").isMissingNode());
    assertEquals(Optional.empty(), read(before).model().storedPrecision());
    Entry entry = old.withModel(old.model().withStoredPrecision("mixed (fp16, fp32)"));
    ObjectNode tree = EntryJson.write(entry);
    assertEquals("mixed (fp16, fp32)", tree.at("/modelFacts/storedPrecision").textValue());
    assertEquals("fp32", tree.at("/engine/precision").textValue());
    assertEquals(entry, read(tree));
    assertEquals(
        "mixed (fp16, fp32)",
        read(tree).model().withReading(List.of("a line")).storedPrecision().orElseThrow());
  }

  @Test
  void storedBytesAreKeptAndAbsentInOldRecords() {
    Entry old = entry(true, true);
    ObjectNode before = EntryJson.write(old);
    assertTrue(before.at("/modelFacts/storedBytes").isMissingNode());
    assertEquals(OptionalLong.empty(), read(before).model().storedBytes());
    Entry entry = old.withModel(old.model().withStoredBytes(1_234_567));
    ObjectNode tree = EntryJson.write(entry);
    assertEquals(1_234_567, tree.at("/modelFacts/storedBytes").longValue());
    assertEquals(entry, read(tree));
  }

  private static Entry read(ObjectNode tree) {
    return EntryJson.read("results.json", "entries[0]", tree);
  }

  /** A record without the field is of segmentation, as records of old are. */
  @Test
  void distancesAreKeptAndAbsentWhereLabelsWereAskedFor() {
    DepthScores scores =
        new DepthScores(8, 0.125, 0.5, 0.25, 4, 0.2, 0.1, 0.3, 2, 0.01, 0.75, 0.9, 1);
    DepthAccuracy depth =
        new DepthAccuracy(
            DepthAccuracy.Rule.of(DepthRule.everywhere()),
            Optional.of(scores),
            List.of(new DepthAccuracy.Frame("a", scores, Map.of("weather", "rain"))),
            List.of("b"),
            Optional.empty(),
            List.of(new DepthAccuracy.Slice("weather", "rain", 1, scores)),
            List.of(),
            List.of(
                new DepthAccuracy.Difference(
                    "twin",
                    Map.of(
                        "absRel",
                        new DepthAccuracy.Change(
                            -0.01,
                            OptionalDouble.of(-0.02),
                            OptionalDouble.empty(),
                            OptionalDouble.empty(),
                            OptionalDouble.empty(),
                            OptionalDouble.of(0.03))))));
    Entry labels = entry(false, false);
    Entry distances = labels.withDepth(depth);
    ObjectNode tree = EntryJson.write(distances);
    assertEquals("depth", tree.path("task").asText());
    assertEquals(0.125, tree.path("depth").path("mean").path("absRel").asDouble());
    assertEquals(distances, read(tree));
    assertEquals(Task.DEPTH, read(tree).task());
    assertFalse(EntryJson.write(labels).has("task"));
    assertFalse(EntryJson.write(labels).has("depth"));
    assertEquals(Task.SEGMENTATION, read(EntryJson.write(labels)).task());
    ((ObjectNode) tree.path("depth").path("rule")).put("crop", "oval");
    assertTrue(
        assertThrows(BadInputException.class, () -> read(tree))
            .getMessage()
            .contains("depth.rule: crop 'oval' is none of [none, garg, eigen]"),
        "names the place");
  }

  @Test
  void whatWasNotMeasuredIsNull() {
    JsonNode entry = ResultsJson.tree(result(entry(false, false))).get("entries").get(0);
    for (String key : List.of("accuracy", "latencyMs", "fps", "modelLatencyMs", "imageDecodeMs")) {
      assertTrue(entry.has(key) && entry.get(key).isNull(), key);
    }
  }

  @Test
  void anotherSchemaIsRefused() throws Exception {
    Path file = folder.resolve("results.json");
    Files.writeString(file, "{\"schema\": \"drivemark-run/9\"}");
    BadInputException e = assertThrows(BadInputException.class, () -> ResultsJson.read(file));
    assertEquals(
        file + ": schema: found drivemark-run/9, expected drivemark-run/1", e.getMessage());
  }

  @Test
  void aWrongFieldIsNamedWithItsPath() throws Exception {
    Path file = folder.resolve("results.json");
    ResultsJson.write(file, result(entry(true, true)));
    Files.writeString(
        file, Files.readString(file).replace("\"threads\" : 2", "\"threads\" : \"two\""));
    BadInputException e = assertThrows(BadInputException.class, () -> ResultsJson.read(file));
    assertEquals(
        file + ": entries[0].engine.threads: found \"two\", expected a whole number",
        e.getMessage());
  }

  @Test
  void exitCodeTellsNothingMeasuredFromSomethingMissing() {
    assertEquals(0, result(entry(true, true)).exitCode());
    assertEquals(1, result(entry(true, true), entry(false, false)).exitCode());
    assertEquals(3, result(entry(false, false)).exitCode());
    StudyResult good = result(entry(true, true));
    assertEquals(
        1,
        new StudyResult(
                good.started(),
                good.finished(),
                good.study(),
                good.environment(),
                good.entries(),
                List.of("miou is 0.5, required >=0.6"))
            .exitCode());
  }

  static StudyResult result(Entry... entries) {
    Environment environment =
        new Environment(
            "Some processor",
            2,
            2,
            8L << 30,
            "Linux",
            "17.0.1",
            Map.of("onnxruntime", "1.29.0"),
            OptionalDouble.of(0.25),
            OptionalDouble.empty(),
            "f00d");
    return new StudyResult(
        Instant.parse("2026-01-02T03:04:05Z"),
        Instant.parse("2026-01-02T03:05:05Z"),
        "schema: drivemark-study/1\n",
        environment,
        List.of(entries),
        List.of());
  }

  static Entry entry(boolean complete, boolean measured) {
    Accuracy accuracy =
        new Accuracy(
            OptionalDouble.of(0.5),
            OptionalDouble.of(0.75),
            OptionalDouble.of(0.6),
            OptionalDouble.of(0.7),
            List.of(
                new Accuracy.ClassScore(
                    "Sky",
                    0x808080,
                    OptionalDouble.of(0.5),
                    OptionalDouble.of(0.6),
                    OptionalDouble.of(0.7),
                    OptionalDouble.of(0.65),
                    4),
                new Accuracy.ClassScore(
                    "Pole",
                    0xC0C080,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    0)),
            List.of(List.of(3L, 0L, 1L), List.of(0L, 0L, 0L)));
    Speed.Latency latency =
        new Speed.Latency(
            2,
            20,
            19,
            21,
            OptionalDouble.empty(),
            19,
            21,
            OptionalDouble.of(18.5),
            OptionalDouble.of(21.5));
    Speed speed =
        new Speed(
            latency,
            latency,
            OptionalDouble.of(3.5),
            Optional.of(
                new Speed.Control(
                    "enet-camvid", 1.01, 0.98, 1.02, Speed.ControlKind.SECOND_SESSION)),
            Optional.of(
                new Speed.Rotation("5eed", 12, "enet-camvid", Optional.of("key"), 20.5, 17.25)),
            List.of(19.0, 21.0),
            List.of(19.0, 21.0),
            "f00d",
            OptionalDouble.of(0.1),
            OptionalDouble.empty(),
            List.of(
                new Speed.OperatorTime("conv", "3×3 convolution", 1.5, 1000, Optional.empty()),
                new Speed.OperatorTime(
                    "up", "transposed convolution", 2.5, 100, Optional.of("tail=bilinear"))),
            Optional.empty());
    return new Entry(
        measured ? "cells/enet-camvid-12345678" : "",
        new ModelFacts(
            "enet-camvid",
            "enet",
            "dense",
            Optional.empty(),
            Optional.empty(),
            "camvid-11",
            "abc",
            Map.of("classes", "11"),
            Map.of("epochs", "12"),
            measured ? Optional.of(lineage()) : Optional.empty()),
        complete,
        complete ? List.of() : List.of("engine onnxruntime cannot run here"),
        new EngineFacts(
            "onnxruntime", measured ? Optional.of("1.29.0") : Optional.empty(), 2, "fp32"),
        new DatasetFacts("camvid", "val", measured ? 101 : 0, 360, 480, "dd"),
        new FrameSize(360, 480),
        new ProtocolFacts("cityscapes", "pp", "identity", "logits-bilinear"),
        measured ? Optional.of(accuracy) : Optional.empty(),
        Optional.of(
            new Cost(
                OptionalLong.of(10),
                OptionalLong.of(100),
                OptionalLong.of(100),
                OptionalLong.of(400))),
        measured ? Optional.of(speed) : Optional.empty(),
        measured
            ? List.of(new ImageScore("a", OptionalDouble.of(0.5), Map.of("weather", "rain")))
            : List.of(),
        measured
            ? List.of(new Picture("a", "pictures/a-i.png", "p/t.png", "p/p.png", "p/e.png"))
            : List.of(),
        measured ? Optional.of(new PassTime(110, 100)) : Optional.empty(),
        Map.of("miou", "pooled counts"),
        measured ? Optional.of(confidence()) : Optional.empty(),
        measured
            ? List.of(
                new SliceScore("weather", "rain", 3, OptionalDouble.of(0.4)),
                new SliceScore("weather", "snow", 1, OptionalDouble.empty()))
            : List.of(),
        measured
            ? List.of(
                new MiouDifference("enet", -0.02, OptionalDouble.of(-0.03), OptionalDouble.of(0)),
                new MiouDifference("other", 0.01, OptionalDouble.empty(), OptionalDouble.empty()))
            : List.of(),
        measured ? Optional.of(diagnosis()) : Optional.empty(),
        measured ? List.of("the first frame is one class") : List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Diagnosis diagnosis() {
    OptionalDouble none = OptionalDouble.empty();
    return new Diagnosis(
        new Diagnosis.Images(OptionalDouble.of(0.4), OptionalDouble.of(0.3), 0.05, none),
        new Diagnosis.Boundary(
            0.02,
            OptionalDouble.of(0.25),
            List.of(
                new Diagnosis.ClassValue("Sky", OptionalDouble.of(0.25)),
                new Diagnosis.ClassValue("Pole", none))),
        Optional.of(new Diagnosis.Safe("camvid", OptionalDouble.of(-0.5), none)),
        Optional.of(
            new Diagnosis.People(
                4, 3, OptionalDouble.of(0.75), OptionalDouble.of(0.2), OptionalDouble.of(0.99))),
        List.of(new Diagnosis.Region("near-field", OptionalDouble.of(0.125), none)),
        Optional.of(
            new Diagnosis.ObjectScores(
                OptionalDouble.of(0.5),
                List.of(new Diagnosis.ObjectScore("Car", 12.5, OptionalDouble.of(0.5))))),
        List.of(new Picture("b", "pictures/b-i.png", "p/t.png", "p/p.png", "p/e.png")));
  }

  private static Lineage lineage() {
    return new Lineage(
        "abcd",
        "macs=0.6 at 360x480",
        "1",
        Optional.of(new Lineage.Training(3, true, "adam")),
        List.of(
            new Lineage.KeptLayer("stem", false, 16, 9), new Lineage.KeptLayer("up", true, 8, 0)),
        List.of("unit2"));
  }

  private static Confidence confidence() {
    Confidence.Range none =
        new Confidence.Range(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    Confidence.Range some =
        new Confidence.Range(
            OptionalDouble.of(0.4),
            OptionalDouble.of(0.6),
            OptionalDouble.of(0.41),
            OptionalDouble.of(0.61),
            OptionalDouble.of(0.39),
            OptionalDouble.of(0.62));
    Map<String, Confidence.Range> byClass = new LinkedHashMap<>();
    byClass.put("Pole", none);
    byClass.put("Sky", some);
    return new Confidence("11 clusters", 2000, 1, 0.95, some, byClass);
  }
}
