package io.drivemark.eval.runner.record.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no record is refused with its place, and never read as something near it. */
class StrictRecordsTest {
  /** Written for readers; they follow from others. */
  private static final Set<String> DERIVED = Set.of("trained", "fps");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Entry entry = ResultsJsonTest.entry(true, true);
  private ObjectNode tree;

  @BeforeEach
  void write() {
    tree = EntryJson.write(entry);
  }

  private Entry read() {
    return EntryJson.read("r.json", "entries[0]", tree);
  }

  private String refusal() {
    return assertThrows(BadInputException.class, this::read).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/complete | null | complete: found null, expected true or false",
        "/complete | \"true\" | complete: found \"true\", expected true or false",
        "/model | 5 | model: found 5, expected a text",
        "/engine | 5 | engine: found 5, expected an object",
        "/engine/threads | 2.0 | engine.threads: found 2.0, expected a whole number",
        "/engine/threads | 99999999999 | engine.threads: found 99999999999, expected a whole number",
        "/engine/version | 1 | engine.version: found 1, expected a text",
        "/accuracy/miou | \"NaN\" | accuracy.miou: found \"NaN\", expected a number or null",
        "/accuracy/colors/Sky | \"gray\" | accuracy.colors.Sky: found \"gray\", expected #rrggbb",
        "/accuracy/confusion/0 | 7 | accuracy.confusion: found 7, expected rows of counts",
        "/accuracy/confusion/0/1 | -1 | accuracy.confusion: found -1, expected rows of counts",
        "/cost/macs | 1.5 | cost.macs: found 1.5, expected a whole number",
        "/latencyMs/mean | \"1\" | latencyMs.mean: found \"1\", expected a number",
        "/latencyMs/mean | null | latencyMs.mean: found null, expected a number",
        "/latencyMs | null | latencyMs: found nothing, expected an object",
        "/latency/control/kind | \"third\" | latency.control.kind: found \"third\", expected 'same"
            + " session' or 'second session'",
        "/latency/rotation/referenceMs | 0 | latency.rotation: its reference takes 0.0 ms, the"
            + " engine alone 17.25 ms; both must be more than 0",
        "/latency/modelSamplesMs/1 | null | latency.modelSamplesMs: found null, expected a list of"
            + " numbers",
        "/issues | \"\" | issues: found \"\", expected a list",
        "/notes/0 | 3 | notes: found 3, expected a list of texts",
        "/perImage/0 | null | perImage[0]: found null, expected an object",
        "/confidence/iou/Sky | null | confidence.iou.Sky: found null, expected an object",
        "/variant/lineage/layers/0/after | 17 | variant.lineage.layers[0]: layer stem: 17 of 16"
            + " filters kept",
        "/method/miou | 1 | method.miou: found 1, expected a text"
      })
  void aWrongValueIsNamed(String pointer, String value, String message) throws Exception {
    replace(pointer, JSON.readTree(value));
    assertEquals("r.json: entries[0]." + message, refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "engine/threads, a whole number",
    "dataset/split, a text",
    "accuracyPass/wallMs, a number",
    "confidence/miou, an object",
    "confidence/iou, an object",
    "protocol, an object",
    "complete, true or false"
  })
  void whatMustBeThereIsMissed(String pointer, String expected) {
    int at = pointer.lastIndexOf('/');
    ((ObjectNode) tree.at(at < 0 ? "" : "/" + pointer.substring(0, at)))
        .remove(pointer.substring(at + 1));
    assertEquals(
        "r.json: entries[0]." + pointer.replace('/', '.') + ": found nothing, expected " + expected,
        refusal());
  }

  /** Whatever stands in a field: the entry is refused with the field's place, or is the same. */
  @Test
  void noFieldTakesAValueOfAnotherKind() throws Exception {
    List<String> all = new ArrayList<>();
    leaves(tree, "", all);
    assertTrue(all.size() > 150, all.size() + " fields");
    for (String pointer : all) {
      JsonNode stored = tree.at(pointer);
      String text = stored.isTextual() ? "7" : "\"7\"";
      for (String other : List.of(text, "{}", "[[]]", stored.isBoolean() ? "1" : "true")) {
        replace(pointer, JSON.readTree(other));
        String field = pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        if (DERIVED.contains(field)) {
          assertEquals(entry, read(), pointer);
        } else {
          String place = "r.json: entries[0]." + field.replaceAll("(\\[\\d+\\])+$", "");
          String message = refusal();
          assertTrue(message.startsWith(place), pointer + " := " + other + ": " + message);
        }
      }
      replace(pointer, stored);
    }
    assertEquals(entry, read());
  }

  @Test
  void fieldsOfLaterProgramsAreIgnoredAnywhere() {
    tree.put("later", 1);
    for (String place : List.of("/engine", "/latencyMs", "/accuracy", "/variant/lineage")) {
      ((ObjectNode) tree.at(place)).put("later", 1);
    }
    assertEquals(entry, read());
  }

  @Test
  void recordsOfOlderProgramsLackFields() {
    ((ObjectNode) tree.at("/dataset")).remove("digest");
    ((ObjectNode) tree.at("/protocol")).remove(List.of("mapping", "grid"));
    ((ObjectNode) tree.at("/latency")).remove(List.of("rotation", "operators"));
    ((ObjectNode) tree.at("/latency/control")).remove("kind");
    tree.remove(List.of("folder", "modelFacts", "confidence", "slices", "differences"));
    Entry old = read();
    assertEquals("", old.dataset().digest() + old.protocol().mapping() + old.protocol().grid());
    assertEquals("", old.folder() + old.model().labels() + old.model().digest());
    assertTrue(old.speed().orElseThrow().rotation().isEmpty());
    assertEquals("same session", old.speed().get().control().orElseThrow().kind().key());
    assertTrue(old.confidence().isEmpty() && old.slices().isEmpty());
  }

  private static void leaves(JsonNode node, String at, List<String> all) {
    node.properties().forEach(field -> leaves(field.getValue(), at + "/" + field.getKey(), all));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      leaves(node.get(i), at + "/" + i, all);
    }
    if (node.isValueNode() && !node.isNull()) {
      all.add(at);
    }
  }

  private void replace(String pointer, JsonNode value) {
    int at = pointer.lastIndexOf('/');
    JsonNode in = tree.at(pointer.substring(0, at));
    String key = pointer.substring(at + 1);
    if (in instanceof ObjectNode object) {
      object.set(key, value);
    } else {
      ((ArrayNode) in).set(Integer.parseInt(key), value);
    }
  }
}
