package io.drivemark.eval.runner.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cell's key holds: everything that its results depend on, and nothing else. */
class CellKeyTest {
  private static final String CLASSES = "[{name: ground}, {name: bush}, {name: person}]";

  @TempDir Path folder;
  private Path yaml;
  private String declaration;

  @BeforeEach
  void writeDataset() throws IOException {
    yaml = Yard.write(folder.resolve("data"));
    Files.writeString(
        folder.resolve("data/weather.json"), "[{\"id\": \"frame0\", \"weather\": \"rain\"}]");
    declaration = Files.readString(yaml);
  }

  private Study study() {
    return Yard.study(yaml, List.of("plain"));
  }

  private String keyOf(String text) throws IOException {
    Files.writeString(yaml, text);
    return key();
  }

  private String key() {
    return Cell.key(Plan.of(study(), List.of(), Yard.sources()).cells().get(0).spec());
  }

  private String classes(String person) {
    return declaration.replace(CLASSES, "[{name: ground}, {name: bush}, {" + person + "}]");
  }

  @Test
  void everyFactThatResultsDependOnChangesTheKey() throws IOException {
    String before = keyOf(declaration);
    Map<String, String> changed = new java.util.LinkedHashMap<>();
    changed.put("a flag", classes("name: person, vulnerable: true"));
    changed.put("objects", classes("name: person, instances: true"));
    changed.put("a category", classes("name: person, category: human"));
    changed.put("a colour", classes("name: person, color: '1,2,3'"));
    changed.put("sequences", declaration + "sequence: '^(frame.)$'\n");
    changed.put("other sequences", declaration + "sequence: '^(frame)'\n");
    changed.put("attributes", declaration + "attributes: {parity: {even: '[024]$'}}\n");
    changed.put("other attributes", declaration + "attributes: {parity: {even: '[02]$'}}\n");
    changed.put(
        "attribute files",
        declaration
            + "attributeFiles: [{file: weather.json, id: id, attributes: {weather: weather}}]\n");
    changed.put("object rule", declaration + "objects: plain\n");
    changed.put("depth scale", declaration + "depth: {metresPerUnit: 0.01, unknown: [0]}\n");
    changed.put("another scale", declaration + "depth: {metresPerUnit: 0.02, unknown: [0]}\n");
    changed.put("other unknown", declaration + "depth: {metresPerUnit: 0.02, unknown: [1]}\n");
    changed.put("scored classes", declaration + "unscored: [bush]\n");
    changed.put("drivable classes", declaration + "drivable: [ground]\n");
    changed.put("other drivable classes", declaration + "drivable: [bush]\n");
    String sizes = declaration + "meanInstancePixels: {person: 9.5}\nunscoredObjects:\n";
    String cart = "  - {name: cart, category: person, value: 7, meanPixels: 4.5}\n";
    changed.put("object sizes", sizes.replace("unscoredObjects:\n", ""));
    changed.put("unscored objects", sizes + cart);
    changed.put("other unscored objects", sizes + cart.replace("7", "8"));
    changed.put("unknown values", declaration.replace("void: [3]", "void: [3], unknown: void"));
    java.util.Set<String> keys = new java.util.HashSet<>(List.of(before));
    for (Map.Entry<String, String> e : changed.entrySet()) {
      assertEquals(true, keys.add(keyOf(e.getValue())), e.getKey());
    }
    assertEquals(before, keyOf(declaration), "back again");
  }

  @Test
  void whatAttributeFilesSayIsPartOfTheKey() throws IOException {
    String before = keyOf(declarationWithWeather());
    Files.writeString(
        folder.resolve("data/weather.json"), "[{\"id\": \"frame0\", \"weather\": \"fog\"}]");
    assertNotEquals(before, key());
  }

  private String declarationWithWeather() {
    return declaration
        + "attributeFiles: [{file: weather.json, id: id, attributes: {weather: weather}}]\n";
  }

  @Test
  void whatPeopleReadIsNot() throws IOException {
    String before = keyOf(declaration);
    assertEquals(before, keyOf(declaration + "description: a yard\nobtain: ask\n"));
    assertEquals(before, keyOf("# a comment\n" + declaration));
  }

  @Test
  void editedSequencesAreNotShownWithOldIntervals() throws IOException {
    Files.writeString(yaml, declaration + "sequence: '^(frame.)$'\n");
    Path out = folder.resolve("out");
    Entry six = run(study(), out).entries().get(0);
    Files.writeString(yaml, declaration + "sequence: '^(frame)'\n");
    Entry one = run(study(), out).entries().get(0);
    assertEquals(six.accuracy(), one.accuracy());
    assertNotEquals(
        six.confidence().map(c -> c.clusters()), one.confidence().map(c -> c.clusters()));
    assertEquals(List.of(), one.notes());
    Files.writeString(yaml, declaration + "sequence: '^(frame.)$'\n");
    assertEquals(six, run(study(), out).entries().get(0), "and the first is still there");
  }

  private static StudyResult run(Study study, Path out) {
    return new Runner(study, out, Progress.NONE, Yard.sources()).run();
  }

  private static String refusal(Study study, Path out) {
    return assertThrows(BadInputException.class, () -> run(study, out)).getMessage();
  }

  @Test
  void enginesThatAreOneWhenResolvedAreRefused() {
    int all = Runtime.getRuntime().availableProcessors();
    Study study =
        study()
            .withEngines(
                List.of(
                    new EngineSpec("onnxruntime", OptionalInt.empty()),
                    new EngineSpec("onnxruntime", OptionalInt.of(all))));
    assertEquals(
        "engines: onnxruntime with threads: "
            + all
            + " is in the study twice (where threads are not given they are the processors of this"
            + " machine); remove one",
        refusal(study, folder.resolve("out")));
  }

  @Test
  void datasetsThatHoldTheSameFramesAreRefused() {
    DatasetSpec whole = study().datasets().get(0);
    DatasetSpec limited =
        new DatasetSpec(
            whole.name(), whole.root(), whole.split(), OptionalInt.of(Yard.FRAMES), Map.of());
    DatasetSpec fewer =
        new DatasetSpec(whole.name(), whole.root(), whole.split(), OptionalInt.of(2), Map.of());
    assertEquals(
        "datasets: two entries are the same 6 frames of yard/val; remove one, or give them different"
            + " limits",
        refusal(study().withDatasets(List.of(whole, limited)), folder.resolve("out")));
    assertEquals(
        2,
        run(study().withDatasets(List.of(whole, fewer)), folder.resolve("out")).entries().size());
  }

  @Test
  void anOlderCellIsNamedAndNotMixedIn() throws IOException {
    Path out = folder.resolve("out");
    Entry first = run(study(), out).entries().get(0);
    Path cell = out.resolve(first.folder());
    String record = Files.readString(cell.resolve("record.json"));
    Path older = cell.resolveSibling(cell.getFileName().toString().replaceAll(".{8}$", "01234567"));
    Files.move(cell, older);
    Files.writeString(
        older.resolve("record.json"), record.replace("drivemark-cell/2", "drivemark-cell/1"));
    Entry anew = run(study(), out).entries().get(0);
    assertEquals(first.folder(), anew.folder());
    assertEquals(
        List.of(
            "measured anew: cells/"
                + older.getFileName()
                + " is of an earlier version and does not say all that its numbers depend on"
                + " (sequences, attributes, rules of objects and distances); it is kept and not"
                + " shown, and may be removed"),
        anew.notes());
    assertEquals(true, anew.complete());
    assertEquals(List.of(), run(study(), out).entries().get(0).notes(), "said once");
    assertEquals(Optional.of(true), Optional.of(Files.exists(older)));
  }
}
