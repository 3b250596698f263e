package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.variant.MadeVariants;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole study that makes variants of a tiny network, trains and measures them. */
class PruneStudyTest {
  private static final String VARIANTS =
      """
      - {parent: tiny, technique: [filter, layer], keep: macs=0.9, criterion: l1}
      - {parent: tiny, technique: filter, keep: macs=0.9, from-scratch: true}
      - {parent: tiny, technique: dense}
      - {architecture: skipnet-mobilenet, options: {width: 0.125}, name: designed}
      """;

  @TempDir Path folder;

  private TinyStudy tinyStudy() {
    return new TinyStudy(folder);
  }

  private Path out() {
    return tinyStudy().out();
  }

  private StudyResult run(String finetune, String variants) {
    return tinyStudy().run(finetune, variants);
  }

  private Map<String, Long> files() throws IOException {
    return tinyStudy().files();
  }

  private static Map<String, Entry> byName(StudyResult result) {
    Map<String, Entry> entries = new TreeMap<>();
    result.entries().forEach(e -> entries.put(e.model().name(), e));
    return entries;
  }

  @Test
  void variantsAreMadeOnceByOneRecipeAndMeasuredLikeAnyModel() throws IOException {
    StudyResult result = run("{epochs: 1, batch: 2, threads: 1}", VARIANTS);
    assertEquals(
        List.of(
            "tiny",
            "tiny-filter-l1-90",
            "tiny-layer-l1-90",
            "tiny-filter-l1-90-scratch",
            "tiny-finetuned",
            "designed"),
        result.entries().stream().map(e -> e.model().name()).toList());
    assertEquals(List.of(), result.findings());
    assertEquals(0, result.exitCode());
    Map<String, Entry> entries = byName(result);
    Entry layer = entries.get("tiny-layer-l1-90");
    assertEquals("layer", layer.model().technique());
    assertEquals(Optional.of("tiny"), layer.model().parent());
    assertEquals(Optional.of("l1"), layer.model().criterion());
    assertEquals(Models.digest(TinyStudy.tiny()), layer.model().provenance().get("parent-digest"));
    assertEquals("none", layer.model().provenance().get("parent.epochs"));
    assertEquals("nothing: the last epoch's", layer.model().provenance().get("chosen-on"));
    assertEquals("32x48", layer.input().toString());
    assertTrue(params(layer) < params(entries.get("tiny")));
    assertEquals(Optional.of("tiny"), entries.get("tiny-finetuned").model().parent());
    assertEquals("dense", entries.get("tiny-finetuned").model().technique());
    assertEquals("dense", entries.get("designed").model().technique());
    Map<String, Long> files = files();
    assertEquals(
        List.of(
            "designed.history.jsonl",
            "designed.onnx",
            "plan.json",
            "tiny-filter-l1-90-scratch.history.jsonl",
            "tiny-filter-l1-90-scratch.onnx",
            "tiny-filter-l1-90.history.jsonl",
            "tiny-filter-l1-90.onnx",
            "tiny-finetuned.history.jsonl",
            "tiny-finetuned.onnx",
            "tiny-layer-l1-90.history.jsonl",
            "tiny-layer-l1-90.onnx"),
        List.copyOf(files.keySet()));
    requireOneRecipe(entries);

    StudyResult again = run("{epochs: 1, batch: 2, threads: 1}", VARIANTS);
    assertEquals(files, files());
    assertEquals(
        result.entries().stream().map(Entry::accuracy).toList(),
        again.entries().stream().map(Entry::accuracy).toList());
  }

  /** Whatever was removed, the recipe is one; what starts at random has that of a training. */
  private static void requireOneRecipe(Map<String, Entry> entries) {
    Map<String, String> filter = entries.get("tiny-filter-l1-90").model().provenance();
    Map<String, String> layer = entries.get("tiny-layer-l1-90").model().provenance();
    Map<String, String> dense = entries.get("tiny-finetuned").model().provenance();
    for (String fact : List.of("recipe", "seed", "trained-on", "train-digest", "chosen-on")) {
      assertEquals(filter.get(fact), layer.get(fact), fact);
      assertEquals(filter.get(fact), dense.get(fact), fact);
    }
    assertTrue(filter.get("recipe").contains("epochs=1, batch=2"), filter.get("recipe"));
    assertTrue(filter.get("recipe").contains("learningRate=1.0E-4"), filter.get("recipe"));
    Map<String, String> scratch = entries.get("tiny-filter-l1-90-scratch").model().provenance();
    assertTrue(scratch.get("recipe").contains("epochs=2, batch=2"), scratch.get("recipe"));
    assertTrue(scratch.get("recipe").contains("learningRate=0.001"), scratch.get("recipe"));
    assertEquals(filter.get("plan"), scratch.get("plan"));
  }

  /** Networks that answer with depth go the same ways, by a recipe that scales nothing. */
  @Test
  void variantsOfDepthNetworksAreMadeAndTrained() {
    MadeVariants made =
        tinyStudy()
            .make(
                "{epochs: 1, batch: 2, threads: 1}",
                """
                - {parent: far, technique: filter, keep: macs=0.8, criterion: taylor-weight}
                - {parent: far, technique: layer, remove-layers: 1, criterion: l1}
                - {parent: far, technique: filter, keep: macs=0.8, criterion: random}
                - {parent: far, technique: filter, keep: macs=0.7, from-scratch: true}
                - {parent: far, technique: dense}
                - {architecture: monodepth, options: {width: 0.125, output: depth}, name: narrow}
                """);
    assertEquals(List.of(), made.issues());
    assertEquals(6, made.models().size());
    for (Model model : made.models()) {
      Map<String, String> facts = model.spec().provenance();
      assertEquals(Optional.of(Task.DEPTH), model.spec().task());
      assertEquals("depth", facts.get("task"));
      assertTrue(Double.parseDouble(facts.get("val-abs-rel")) > 0, "" + facts);
      assertTrue(
          facts.get("recipe").contains("minScale=1.0, maxScale=1.0, flip=true")
              && facts.get("recipe").contains("resize=Optional[32x48]"),
          facts.get("recipe"));
    }
  }

  private static long params(Entry entry) {
    return entry.cost().orElseThrow().params().orElseThrow();
  }

  @Test
  void whatCannotBeReachedIsAFindingAndTheRestGoesOn() {
    StudyResult result =
        run(
            "{epochs: 0}",
            """
            - {parent: tiny, technique: filter, keep: macs=0.001}
            - {parent: tiny, technique: layer, remove-layers: 9}
            - {parent: tiny, technique: layer, remove-layers: 1}
            """);
    assertEquals(
        List.of(
            "tiny-filter-l1-0.1 was not made: network tiny cannot be pruned to 0.001 of its macs at"
                + " 32x48: at least 0.0385 remain with one filter a group. Channels that stay: 11"
                + " because it is output head of the network; 3 because it is the network's input."
                + " Ask for 0.0385 or more",
            "tiny-layer-l1-minus9 was not made: network tiny has 2 units of layers that l1 can"
                + " remove, 9 were asked for; ask for 1 to 2"),
        result.findings());
    assertEquals(1, result.exitCode());
    assertEquals(
        List.of("tiny", "tiny-layer-l1-minus1"),
        result.entries().stream().map(e -> e.model().name()).toList());
  }

  @Test
  void aChangedRequestIsMadeBesideTheOldOne() throws IOException {
    String line = "- {parent: tiny, technique: layer, remove-layers: 1}\n";
    StudyResult one = run("{epochs: 1, batch: 2, threads: 1}", line);
    StudyResult two = run("{epochs: 2, batch: 2, threads: 1}", line);
    assertNotEquals(one.entries().get(1).model().digest(), two.entries().get(1).model().digest());
    try (Stream<Path> all = Files.list(out().resolve("variants"))) {
      assertEquals(2, all.filter(f -> f.toString().endsWith(".onnx")).count());
    }
    StudyResult back = run("{epochs: 1, batch: 2, threads: 1}", line);
    assertEquals(one.entries().get(1).model(), back.entries().get(1).model());
  }

  @Test
  void aDistillingRecipeLearnsFromTheParentButNotFromRandomWeights() {
    Map<String, Entry> entries =
        byName(
            run(
                "{epochs: 1, batch: 2, threads: 1, distill: {weight: 0.5, temperature: 3}}",
                """
                - {parent: tiny, technique: layer, remove-layers: 1}
                - {parent: tiny, technique: layer, remove-layers: 1, from-scratch: true}
                """));
    Map<String, String> layer = entries.get("tiny-layer-l1-minus1").model().provenance();
    assertEquals("tiny", layer.get("distilled-from"));
    assertTrue(
        layer.get("recipe").contains("Distillation[weight=0.5, temperature=3.0]"),
        layer.get("recipe"));
    Map<String, String> scratch = entries.get("tiny-layer-l1-minus1-scratch").model().provenance();
    assertEquals(null, scratch.get("distilled-from"));
    assertTrue(scratch.get("recipe").contains("distillation=Optional.empty"));
  }

  @Test
  void pruningInRoundsScoresAnewWhatTrainingLeft() throws IOException {
    String lines =
        """
        - {parent: tiny, technique: layer, remove-layers: 2, iterations: [1, 2], criterion: taylor-gate}
        - {parent: tiny, technique: layer, remove-layers: 2, iterations: 2, round-epochs: 3,
           criterion: taylor-gate}
        - {parent: tiny, technique: layer, remove-layers: 3, iterations: 2, round-epochs: 1}
        """;
    StudyResult result = run("{epochs: 1, batch: 2, threads: 1}", lines);
    assertEquals(
        List.of(
            "tiny-layer-l1-minus3-rounds2-epochs1 was not made: round 2 of 2: network tiny has 1"
                + " unit of layers that l1 can remove, 2 were asked for; ask for 1"),
        result.findings());
    Map<String, Entry> entries = byName(result);
    Entry once = entries.get("tiny-layer-taylor-gate-minus2");
    Entry rounds = entries.get("tiny-layer-taylor-gate-minus2-rounds2");
    Entry trained = entries.get("tiny-layer-taylor-gate-minus2-rounds2-epochs3");
    assertEquals(once.cost(), rounds.cost());
    assertEquals(once.cost(), trained.cost());
    assertEquals(once.accuracy(), rounds.accuracy(), "both units go, no weights are learned");
    assertNotEquals(once.accuracy(), trained.accuracy(), "three epochs were learned between");
    assertEquals(null, once.model().provenance().get("prune-rounds"));
    assertEquals("2", rounds.model().provenance().get("prune-rounds"));
    assertEquals("3", trained.model().provenance().get("round-epochs"));
    try (Stream<Path> all = Files.list(out().resolve("variants"))) {
      assertEquals(
          List.of("tiny-layer-l1-minus3-rounds2-epochs1"),
          all.map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".rounds"))
              .map(f -> f.replaceFirst("-[0-9a-f]{8}\\.rounds$", ""))
              .toList(),
          "only what could not be finished keeps how far it came");
    }
  }

  @Test
  void whatTheEngineLikesIsMeasuredWhereALineAsksForIt() {
    Map<String, Entry> entries =
        byName(
            run(
                "{epochs: 0}",
                "- {parent: tiny, technique: filter, keep: macs=0.9, multiple: auto}\n"));
    String widths = entries.get("tiny-filter-l1-90").model().provenance().get("widths");
    assertEquals("multiple 1: no convolution of tiny reads and makes 24 channels or more", widths);
  }

  @Test
  void mistakesAreFoundBeforeAnythingIsMade() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                run(
                    "{epochs: 0}",
                    """
                    - {parent: tiny, technique: layer, remove-layers: 1}
                    - {parent: tiny, technique: filter, keep: macs=0.9, name: tiny-layer-l1-minus1}
                    - {parent: tiny, technique: dense}
                    - {parent: tiny, technique: filter, keep: macs=0.9, seed: 8, from-scratch: true}
                    - {architecture: dabnet, options: {widht: 2}}
                    """));
    assertEquals(
        """
        study: 3 problems
          prune: tiny-finetuned would be its parent: give finetune epochs, {epochs: 10} say
          architecture 'dabnet': unknown option 'widht' (did you mean 'width'?); it has \
        block1, block2, width
          two models are called 'tiny-layer-l1-minus1'; give one of them another name""",
        e.getMessage());
    assertTrue(Files.notExists(out().resolve("variants")));
  }
}
