package io.drivemark.eval.runner.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.KeptCell;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that somebody changed in results.json, the cell being as it was. */
class EntryCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path out;

  @BeforeEach
  void copy() {
    KeptCell.copy(out);
  }

  private Path results() {
    return out.resolve("results.json");
  }

  private Path record() {
    return KeptCell.cell(out).resolve("record.json");
  }

  /** Sets a value, which must be another one than was there. */
  private static void change(Path file, String pointer, String json) throws IOException {
    JsonNode tree = JSON.readTree(file.toFile());
    JsonPointer at = JsonPointer.compile(pointer);
    JsonNode value = JSON.readTree(json);
    assertNotEquals(value, tree.at(at), pointer);
    assertTrue(!tree.at(at).isMissingNode(), pointer);
    String last = at.last().getMatchingProperty();
    if (tree.at(at.head()) instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), value);
    } else {
      ((ObjectNode) tree.at(at.head())).set(last, value);
    }
    JSON.writeValue(file.toFile(), tree);
  }

  private void assertRefused(String part) {
    assertEquals(
        results()
            + ": the "
            + part
            + " of entry espnet-synthdrive is not what its cell cells/"
            + KeptCell.cell(out).getFileName()
            + " says; run the study again to write it anew",
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
  }

  @Test
  void whatWasWrittenIsRead() {
    Entry entry = RunStore.read(out).entries().get(0);
    assertEquals(CellStore.read(KeptCell.cell(out)).entry(), entry);
    assertTrue(entry.accuracy().isPresent() && entry.speed().isPresent());
    assertTrue(entry.confidence().isPresent() && entry.diagnosis().isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "accuracy/miou; 0.9; accuracy",
        "accuracy/pixelAccuracy; null; accuracy",
        "accuracy/meanAccuracy; 1; accuracy",
        "accuracy/frequencyWeightedIou; 1; accuracy",
        "accuracy/iou/Sky; 0.99; accuracy",
        "accuracy/precision/Sky; 0.99; accuracy",
        "accuracy/recall/Sky; 0.99; accuracy",
        "accuracy/f1/Sky; 0.99; accuracy",
        "accuracy/colors/Sky; '\"#000000\"'; accuracy",
        "accuracy/truthPixels/Sky; 1; accuracy",
        "accuracy/confusion/0/1; 123456; accuracy",
        "perImage/3/miou; 0.9; accuracy by image",
        "perImage/3/id; '\"other\"'; accuracy by image",
        "perImage/3/attributes/weather; '\"snow\"'; accuracy by image",
        "perImage; []; accuracy by image",
        "confidence/miou/low; 0.19; interval",
        "confidence/iou/Sky/high; 1; interval",
        "confidence/resamples; 10000; interval",
        "confidence; null; interval",
        "slices/0/miou; 0.9; slices",
        "slices/0/images; 1; slices",
        "slices; []; slices",
        "diagnosis/images/miou; 0.9; diagnosis",
        "diagnosis/boundary/iou/Sky; 0.9; diagnosis",
        "diagnosis/vulnerableRoadUsers/found; 1; diagnosis",
        "diagnosis/worstFrames; []; diagnosis",
        "diagnosis; null; diagnosis",
        "cost/params; 1; cost",
        "cost/macs; 1; cost",
        "cost/activationBytes; null; cost",
        "cost; null; cost",
        "engine/name; '\"pytorch\"'; engine",
        "engine/version; '\"9\"'; engine",
        "engine/threads; 2; engine",
        "engine/precision; '\"fp16\"'; engine",
        "dataset/name; '\"camvid\"'; dataset",
        "dataset/split; '\"test\"'; dataset",
        "dataset/images; 21; dataset",
        "dataset/height; 480; dataset",
        "dataset/digest; '\"d\"'; dataset",
        "input/height; 64; size",
        "input/width; 48; size",
        "protocol/name; '\"camvid\"'; protocol",
        "protocol/digest; '\"p\"'; protocol",
        "protocol/mapping; '\"other\"'; protocol",
        "protocol/grid; '\"labels-nearest\"'; protocol",
        "pictures/0/prediction; '\"pictures/00001-truth.png\"'; pictures",
        "pictures; []; pictures",
        "accuracyPass/wallMs; 1; time of the pass",
        "accuracyPass/engineMs; 1; time of the pass",
        "accuracyPass; null; time of the pass",
        "latencyMs/mean; 1; latency",
        "latencyMs/p95; 1; latency",
        "latencyMs/meanLow; 1; latency",
        "modelLatencyMs/p50; 1; latency",
        "latency/endToEndSamplesMs/0; 1; latency",
        "latency/modelSamplesMs; []; latency",
        "latency/control; null; latency",
        "latency/rotation/referenceMs; 1; latency",
        "latency/environment; '\"e\"'; latency",
        "latency/loadBefore; 0; latency",
        "complete; false; completeness",
        "issues; '[\"one frame is missing\"]'; completeness"
      })
  void aChangedValueIsRefused(String field, String value, String part) throws IOException {
    change(results(), "/entries/0/" + field, value);
    assertRefused(part);
  }

  /** Frames per second are the mean's reciprocal, so that a changed one is not read at all. */
  @Test
  void framesPerSecondFollowFromTheLatency() throws IOException {
    StudyResult before = RunStore.read(out);
    change(results(), "/entries/0/fps", "1e6");
    assertEquals(before, RunStore.read(out));
  }

  @Test
  void anIssueOfTheCellMustBeAmongThoseOfTheEntry() throws IOException {
    change(record(), "/entry/issues", "[\"one frame is missing\"]");
    change(record(), "/entry/complete", "false");
    assertRefused("list of issues");
    change(results(), "/entries/0/issues", "[\"another\"]");
    change(results(), "/entries/0/complete", "false");
    assertRefused("list of issues");
    change(results(), "/entries/0/issues", "[\"one frame is missing\"]");
    assertEquals(List.of("one frame is missing"), RunStore.read(out).entries().get(0).issues());
    change(results(), "/entries/0/complete", "true");
    assertRefused("completeness");
  }

  @Test
  void aRunMayAddAnIssueAndIsThenNotComplete() throws IOException {
    change(results(), "/entries/0/issues", "[\"the latency was not measured\"]");
    change(results(), "/entries/0/complete", "false");
    assertEquals(
        List.of("the latency was not measured"), RunStore.read(out).entries().get(0).issues());
  }

  @Test
  void aLatencyMayBeLeftOut() throws IOException {
    change(results(), "/entries/0/latency", "null");
    change(results(), "/entries/0/latencyMs", "null");
    change(results(), "/entries/0/modelLatencyMs", "null");
    change(results(), "/entries/0/fps", "null");
    assertEquals(Optional.empty(), RunStore.read(out).entries().get(0).speed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "entries/0/model; '\"other\"'",
        "entries/0/architecture; '\"other\"'",
        "entries/0/variant/technique; '\"layer\"'",
        "entries/0/variant/criterion; '\"l1\"'",
        "entries/0/modelFacts/labels; '\"other\"'",
        "entries/0/modelFacts/digest; '\"other\"'",
        "entries/0/modelFacts/reading; '[\"takes: all\"]'",
        "entries/0/modelFacts/options; '{\"a\": \"b\"}'",
        "entries/0/modelFacts/provenance; '{\"a\": \"b\"}'",
        "entries/0/method; '{\"accuracy\": \"by hand\"}'",
        "entries/0/notes; '[\"a note\"]'",
        "study; '\"\"'",
        "started; '\"2026-01-31T12:00:00Z\"'",
        "findings; '[\"a finding\"]'",
        "environment/processor; '\"other\"'"
      })
  void whatEveryRunSaysAnewIsNotCompared(String field, String value) throws IOException {
    StudyResult before = RunStore.read(out);
    change(results(), "/" + field, value);
    StudyResult after = RunStore.read(out);
    assertNotEquals(before, after, "the change is read");
    assertEquals(before.entries().get(0).accuracy(), after.entries().get(0).accuracy());
  }

  @Test
  void numbersWithoutACellAreRefused() throws IOException {
    change(results(), "/entries/0/folder", "\"\"");
    assertEquals(
        results()
            + ": entry espnet-synthdrive has results but names no cell that they come from; run the"
            + " study again to write it anew",
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
    assertTrue(Files.exists(record()));
  }
}
