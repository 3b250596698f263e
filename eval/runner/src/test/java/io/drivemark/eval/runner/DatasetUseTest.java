package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.robust.RobustnessSpec;
import io.drivemark.eval.runner.study.use.DatasetUse;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models, engines and sections meet the datasets that are used for them. */
class DatasetUseTest {
  private static final RobustnessSpec NOISE =
      new RobustnessSpec(List.of("impulse-noise"), List.of(5), 2, List.of());

  @TempDir Path folder;
  private Path yaml;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
  }

  /** All frames for all, and the first three for {@code use} alone. */
  private Study study(DatasetUse use, String... models) {
    Study study = Yard.study(yaml, List.of(models));
    DatasetSpec all = study.datasets().get(0);
    DatasetSpec few =
        new DatasetSpec(all.name(), all.root(), all.split(), OptionalInt.of(3), Map.of());
    return study.withDatasets(List.of(all, few.withUse(use)));
  }

  private static List<String> names(List<Cell> cells) {
    return cells.stream().map(c -> c.model().spec().name() + " " + c.engine().name()).toList();
  }

  @Test
  void modelsAndEnginesMeetWhatTheyAreUsedFor() {
    DatasetUse use = new DatasetUse(Set.of("biased"), Set.of("pytorch"), DatasetUse.SECTIONS);
    Study study =
        study(use, "plain", "biased")
            .withEngines(
                List.of(
                    new EngineSpec("onnxruntime", OptionalInt.of(1)),
                    new EngineSpec("pytorch", OptionalInt.of(1))));
    Plan plan = Plan.of(study, List.of(), Yard.sources());
    assertEquals(
        List.of("plain onnxruntime", "plain pytorch", "biased onnxruntime", "biased pytorch"),
        names(plan.groups().get(0)));
    assertEquals(List.of("biased pytorch"), names(plan.groups().get(1)));
  }

  /** A cell is the same whatever else of the study meets its dataset. */
  @Test
  void keysOfCellsDoNotDependOnIt() {
    Plan all = Plan.of(study(DatasetUse.ALL, "plain", "biased"), List.of(), Yard.sources());
    Plan some =
        Plan.of(
            study(new DatasetUse(Set.of("biased"), Set.of(), List.of()), "plain", "biased"),
            List.of(),
            Yard.sources());
    assertEquals(all.cells().get(3).spec(), some.cells().get(2).spec());
  }

  @Test
  void sectionsAreAskedOfTheirDatasetsAloneAndBoundThoseAlone() {
    Study study =
        study(new DatasetUse(Set.of(), Set.of(), List.of()), "plain")
            .withRobustness(Optional.of(NOISE));
    Study strict =
        Study.parse(
            "strict", study.toYaml().replace("require: {}", "require: {robustShare: '>=0.999'}"));
    Path out = folder.resolve("out");
    StudyResult result = new Runner(strict, out, Progress.NONE, Yard.sources()).run();
    assertEquals(
        List.of(true, false),
        result.entries().stream().map(e -> e.robustness().isPresent()).toList());
    assertEquals(List.of(), result.entries().get(1).issues());
    assertEquals(1, result.findings().size(), result.findings().toString());
    assertEquals(result, RunStore.read(out));
  }

  /**
   * Gauges on request judge, and are in the keys of cells, where their dataset is used for them.
   */
  @Test
  void gaugesOnRequestJudgeTheirDatasetsAlone() {
    Study study =
        study(new DatasetUse(Set.of(), Set.of(), List.of()), "plain")
            .withGauges(List.of("boundary-f"));
    Plan plan = Plan.of(study, List.of(), Yard.sources());
    assertEquals("boundary-f", plan.cells().get(0).spec().get("gauges"));
    assertEquals(null, plan.cells().get(1).spec().get("gauges"));
  }

  /** What was measured before a section was taken away stays in the cell, and is not shown. */
  @Test
  void aSectionThatIsTakenAwayIsNotShown() {
    Path out = folder.resolve("out");
    Study asked = study(DatasetUse.ALL, "plain").withRobustness(Optional.of(NOISE));
    new Runner(asked, out, Progress.NONE, Yard.sources()).run();
    Study less =
        study(new DatasetUse(Set.of(), Set.of(), List.of()), "plain")
            .withRobustness(Optional.of(NOISE));
    List<Entry> entries = new Runner(less, out, Progress.NONE, Yard.sources()).run().entries();
    assertTrue(entries.get(0).robustness().isPresent());
    assertEquals(Optional.empty(), entries.get(1).robustness());
  }

  @Test
  void aDatasetThatCannotBeDrivenIsRefusedUnlessItIsUsedForOtherThings() {
    String text =
        study(DatasetUse.ALL, "plain").toYaml().replace("require: {}", "require: {}\ndriving: {}");
    Study drives = Study.parse("drives", text);
    BadInputException refused =
        assertThrows(
            BadInputException.class, () -> Plan.of(drives, List.of(), Yard.sources()), "no pace");
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "; to drive through the study's other datasets alone, write 'use: {sections: []}'"
                    + " below this one"),
        refused.getMessage());
    List<DatasetSpec> none =
        drives.datasets().stream()
            .map(d -> d.withUse(new DatasetUse(Set.of(), Set.of(), List.of())))
            .toList();
    Plan plan = Plan.of(drives.withDatasets(none), List.of(), Yard.sources());
    assertEquals(2, plan.cells().size());
    assertTrue(plan.cells().stream().allMatch(cell -> cell.clips().isEmpty()));
  }
}
