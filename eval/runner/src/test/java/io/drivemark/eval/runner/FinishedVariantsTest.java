package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.variant.FinishedVariants;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variants that a run made, measured again by a study that makes none. */
class FinishedVariantsTest {
  private static final String UNTRAINED = "{epochs: 0}";
  private static final String NINE = "- {parent: tiny, technique: filter, keep: macs=0.9}\n";
  private static final String EIGHT = "- {parent: tiny, technique: filter, keep: macs=0.8}\n";

  @TempDir Path folder;

  private FinishedVariants found(Study study) {
    return FinishedVariants.of(
        study,
        new TinyStudy(folder).out(),
        TinyStudy.SOURCES.datasets(),
        TinyStudy.SOURCES.models());
  }

  @Test
  void theyAreFoundAndGiveTheSameCells() {
    TinyStudy tiny = new TinyStudy(folder);
    StudyResult made = tiny.run(UNTRAINED, NINE);
    Study study = tiny.study(UNTRAINED, NINE);
    FinishedVariants found = found(study);
    assertEquals(List.of(), found.missing());
    assertEquals(1, found.there().size());
    assertEquals(made.entries().get(1).model().name(), found.there().get(0).name());
    assertEquals("tiny", found.there().get(0).parent().orElseThrow());
    List<ModelSource> models = new ArrayList<>(study.modelsAndParents());
    models.add(new ModelSource.Named(found.there().get(0).file().toString()));
    Study measuring = study.measuring(models);
    assertTrue(measuring.prune().isEmpty());
    Path out = folder.resolve("again");
    Plan opened = Runner.planned(measuring, out, TinyStudy.SOURCES);
    StudyResult again = new Runner(measuring, out, Progress.NONE, TinyStudy.SOURCES).run(opened);
    // names of folders end in the digits of the cells' keys
    assertEquals(
        made.entries().stream().map(Entry::folder).toList(),
        again.entries().stream().map(Entry::folder).toList());
    assertEquals(
        made.entries().stream().map(Entry::accuracy).toList(),
        again.entries().stream().map(Entry::accuracy).toList());
    assertEquals(made.entries().get(1).model().parent(), again.entries().get(1).model().parent());
    assertEquals(made.entries().get(1).model().lineage(), again.entries().get(1).model().lineage());
  }

  @Test
  void whatIsNotMadeIsMissingAndStaysSo() throws IOException {
    TinyStudy tiny = new TinyStudy(folder);
    tiny.make(UNTRAINED, NINE);
    Map<String, Long> before = tiny.files();
    FinishedVariants found = found(tiny.study(UNTRAINED, EIGHT + NINE));
    assertEquals(List.of("tiny-filter-l1-80"), found.missing());
    assertEquals(List.of("tiny-filter-l1-90"), names(found));
    assertEquals(before, tiny.files());
  }

  @Test
  void anotherRequestIsAnotherVariant() {
    TinyStudy tiny = new TinyStudy(folder);
    tiny.make(UNTRAINED, NINE);
    FinishedVariants found = found(tiny.study("{epochs: 1, batch: 2}", NINE));
    assertEquals(List.of("tiny-filter-l1-90"), found.missing());
  }

  @Test
  void aStudyThatMakesVariantsIsNotRunByAPlanOfAnother() {
    Study study = new TinyStudy(folder).study(UNTRAINED, NINE);
    Path out = folder.resolve("out");
    Plan opened = Runner.planned(study, out, TinyStudy.SOURCES);
    Runner runner = new Runner(study, out, Progress.NONE, TinyStudy.SOURCES);
    assertEquals(
        "variants are made by a run that opens its study itself",
        assertThrows(IllegalArgumentException.class, () -> runner.run(opened)).getMessage());
  }

  private static List<String> names(FinishedVariants found) {
    return found.there().stream().map(FinishedVariants.Finished::name).toList();
  }
}
