package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole study that makes a tiny network dynamic, trains and measures it. */
class DynamicStudyTest {
  private static final String RECIPE = "{epochs: 1, batch: 2, threads: 1}";
  private static final String LINES =
      """
      - {parent: deep, technique: dynamic, ratio: [1, 0.8], unit: 1}
      - {parent: deep, technique: dynamic, keep: macs=0.9, unit: 1, mode: joint,
         head: published-max}
      - {parent: deep, technique: dynamic, ratio: 0.8, unit: 1, constant: true}
      - {parent: deep, technique: dynamic, ratio: 0.6, unit: layers}
      """;

  @TempDir Path folder;

  @Test
  void dynamicVariantsAreMadeOnceAndMeasuredLikeAnyModel() throws IOException {
    TinyStudy study = new TinyStudy(folder);
    StudyResult result = study.run(RECIPE, LINES);
    assertEquals(List.of(), result.findings());
    assertEquals(
        List.of(
            "deep",
            "deep-dynamic-mass-ratio100-unit-1",
            "deep-dynamic-mass-ratio80-unit-1",
            "deep-dynamic-mass-90-unit-1-published-max-joint",
            "deep-dynamic-mass-ratio80-unit-1-constant",
            "deep-dynamic-mass-ratio60-unit-layers"),
        result.entries().stream().map(e -> e.model().name()).toList());
    Entry dynamic = result.entries().get(3);
    assertEquals("dynamic", dynamic.model().technique());
    assertEquals(Optional.of("deep"), dynamic.model().parent());
    assertEquals(Optional.of("mass"), dynamic.model().criterion());
    Map<String, String> facts = dynamic.model().provenance();
    assertTrue(Double.parseDouble(facts.get("estimate-macs")) <= 0.9, facts.toString());
    assertEquals("macs=0.9 at 32x48, units 1", facts.get("prune-goal"));
    assertEquals("joint", facts.get("gate-mode"));
    assertEquals("true", result.entries().get(4).model().provenance().get("gate-constant"));
    Map<String, Long> files = study.files();
    List<String> kept = List.copyOf(files.keySet());
    assertTrue(kept.containsAll(List.of("gates.json", "gates.estimate.json")), kept.toString());
    assertTrue(kept.contains("deep-dynamic-mass-ratio80-unit-1.estimate.json"), kept.toString());
    try (Stream<Path> plans = Files.list(study.out().resolve("variants/plans"))) {
      assertEquals(
          8, plans.count(), "four plans, for the control has the plan of what it controls");
    }

    StudyResult again = study.run(RECIPE, LINES);
    assertEquals(files, study.files());
    assertEquals(
        result.entries().stream().map(Entry::accuracy).toList(),
        again.entries().stream().map(Entry::accuracy).toList());
  }

  @Test
  void whatCannotBeReachedIsAFindingAndAnotherLineIsAnotherFile() throws IOException {
    TinyStudy study = new TinyStudy(folder);
    StudyResult one =
        study.run(
            RECIPE,
            """
            - {parent: deep, technique: dynamic, keep: macs=0.01, unit: 1}
            - {parent: deep, technique: dynamic, ratio: 0.8, unit: 1, name: d}
            """);
    assertEquals(1, one.findings().size());
    assertTrue(
        one.findings()
            .get(0)
            .startsWith(
                "deep-dynamic-mass-1-unit-1 was not made: network deep cannot be made to take 0.01"
                    + " of its multiply-accumulates: with one unit a site it takes "),
        one.findings().toString());
    StudyResult two =
        study.run(
            RECIPE, "- {parent: deep, technique: dynamic, ratio: 0.8, unit: 1, seed: 5, name: d}");
    assertNotEquals(one.entries().get(1).model().digest(), two.entries().get(1).model().digest());
    try (Stream<Path> all = Files.list(study.out().resolve("variants"))) {
      assertEquals(2, all.filter(f -> f.toString().endsWith(".onnx")).count());
    }
  }

  @Test
  void gatesThatLearnNothingAreRefused() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                new TinyStudy(folder)
                    .run(
                        "{epochs: 0}",
                        "- {parent: deep, technique: dynamic, ratio: 0.8, unit: 1}"));
    assertEquals(
        "prune: deep-dynamic-mass-ratio80-unit-1 has gates that learn in training: give finetune"
            + " epochs, {epochs: 10} say",
        e.getMessage());
  }
}
