package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** A whole study that learns masks of a tiny network, tunes what they leave and measures it. */
class JointStudyTest {
  private static final String RECIPE = "{epochs: 2, batch: 2, threads: 1}";
  private static final String LINES =
      """
      - {parent: deep, technique: joint, keep: params=0.6, row: [masked, tuned]}
      - {parent: deep, technique: joint, keep: macs=0.7, penalty: [count, l1-weights], unit: 1}
      - {parent: deep, technique: joint, lambda: 0, sites: paper, mask-epochs: 1}
      """;

  @TempDir Path folder;

  @Test
  void bothRowsComeFromOneLearningAndAreMeasuredLikeAnyModel() throws IOException {
    TinyStudy study = new TinyStudy(folder);
    StudyResult result = study.run(RECIPE, LINES);
    assertEquals(List.of(), result.findings());
    assertEquals(
        List.of(
            "deep",
            "deep-joint-params-params60-masked",
            "deep-joint-params-params60",
            "deep-joint-count-70",
            "deep-joint-l1-weights-70",
            "deep-joint-count-lambda0-paper-masks1"),
        result.entries().stream().map(e -> e.model().name()).toList());
    Entry masked = result.entries().get(1);
    Entry tuned = result.entries().get(2);
    assertEquals("joint", tuned.model().technique());
    assertEquals(Optional.of("deep"), tuned.model().parent());
    assertEquals(Optional.empty(), tuned.model().criterion());
    Map<String, String> facts = tuned.model().provenance();
    assertEquals("params=0.6 at 32x48", facts.get("prune-goal"));
    assertEquals("1", facts.get("tune-epochs"));
    assertEquals("0", masked.model().provenance().get("tune-epochs"));
    assertEquals(masked.model().provenance().get("mask-survivors"), facts.get("mask-survivors"));
    assertTrue(Double.parseDouble(facts.get("kept-params")) <= 0.6, facts.toString());
    try (Stream<Path> plans = Files.list(study.out().resolve("variants/plans"))) {
      assertEquals(
          4,
          plans.filter(p -> p.toString().endsWith(".onnx")).count(),
          "two rows have the masks of one learning");
    }
    Map<String, Long> files = study.files();
    StudyResult again = study.run(RECIPE, LINES);
    assertEquals(files, study.files());
    assertEquals(
        result.entries().stream().map(Entry::accuracy).toList(),
        again.entries().stream().map(Entry::accuracy).toList());
  }

  @Test
  void whatCannotBeReachedIsAFinding() {
    StudyResult one =
        new TinyStudy(folder).run(RECIPE, "- {parent: deep, technique: joint, keep: params=0.001}");
    assertEquals(1, one.findings().size());
    assertTrue(
        one.findings()
            .get(0)
            .startsWith(
                "deep-joint-params-params0.1 was not made: network deep cannot be masked to 0.001 of"
                    + " its params at 32x48: with one mask a site 0."),
        one.findings().toString());
  }

  @Test
  void masksThatLearnNothingAndRowsThatAreNotTunedAreRefused() {
    assertEquals(
        "prune: deep-joint-count-lambda0 has masks that learn in training: give finetune epochs,"
            + " {epochs: 10} say",
        refusal("{epochs: 0}", "- {parent: deep, technique: joint, lambda: 0}"));
    assertEquals(
        "prune: deep-joint-count-lambda0-masks2 would not be tuned: its masks learn in all 2"
            + " epochs; give fewer mask-epochs, or row: masked",
        refusal(RECIPE, "- {parent: deep, technique: joint, lambda: 0, mask-epochs: 2}"));
  }

  private String refusal(String recipe, String lines) {
    return assertThrows(BadInputException.class, () -> new TinyStudy(folder).run(recipe, lines))
        .getMessage();
  }
}
