package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two models whose classes become the dataset's by two mappings, in one study. */
class MappingPerModelTest {
  private static final String FROM_GARDEN =
      """
      name: garden-to-yard
      from: garden.yaml
      to: yard-space.yaml
      classes: {Boden: ground, Busch: bush, Mensch: person}
      """;

  @TempDir Path folder;

  private static LabelSpace space(String name, String... classes) {
    return new LabelSpace(
        name, Stream.of(classes).map(n -> new LabelClass(n, 0, n, false, false)).toList());
  }

  private Study study(String models) throws IOException {
    Yard.write(folder);
    Files.createDirectories(folder.resolve("maps"));
    Files.writeString(
        folder.resolve("maps/garden.yaml"),
        "name: garden\nclasses: [{name: Boden}, {name: Busch}, {name: Mensch}]\n");
    Files.writeString(
        folder.resolve("maps/yard-space.yaml"),
        "name: anything\nclasses: [{name: ground}, {name: bush}, {name: person}]\n");
    Files.writeString(folder.resolve("maps/garden-to-yard.yaml"), FROM_GARDEN);
    return Study.read(
        Files.writeString(
            folder.resolve("study.yaml"),
            "schema: drivemark-study/1\n"
                + "datasets: [{name: yard.yaml, root: .}]\n"
                + "engines: [{name: onnxruntime, threads: 1}]\n"
                + "latency: off\n"
                + "models: "
                + models
                + "\n"));
  }

  private List<Entry> run(Study study) {
    Sources yard = Yard.sources();
    Model garden = Yard.model("garden", space("garden", "Boden", "Busch", "Mensch"), 0);
    Sources sources =
        new Sources(
            yard.datasets(),
            n -> n.equals("garden") ? garden : yard.models().apply(n),
            yard.engines(),
            yard.clock());
    return new Runner(study, folder.resolve("out"), Progress.NONE, sources).run().entries();
  }

  @Test
  void eachModelIsMappedByItsOwn() throws IOException {
    List<Entry> entries = run(study("[{name: garden, mapping: maps/garden-to-yard.yaml}, plain]"));
    assertEquals("garden-to-yard", entries.get(0).protocol().mapping());
    assertEquals("identity", entries.get(1).protocol().mapping());
    assertEquals(
        entries.get(1).accuracy().orElseThrow().confusion(),
        entries.get(0).accuracy().orElseThrow().confusion());
    assertEquals(
        entries.get(1).protocol().digest(), entries.get(0).protocol().digest(), "one column");
  }

  @Test
  void withoutItTheModelDoesNotFit() throws IOException {
    Study study = study("[garden, plain]");
    String said = assertThrows(BadInputException.class, () -> run(study)).getMessage();
    assertEquals(
        "model garden on dataset yard: its classes do not fit the dataset's: no mapping is known"
            + " from label space garden (3 classes) to yard (3 classes)",
        said.substring(0, said.indexOf("; shipped")));
  }
}
