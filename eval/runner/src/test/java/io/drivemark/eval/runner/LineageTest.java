package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.variant.LayerWidth;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Lineages;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.eval.runner.record.detail.Lineage.KeptLayer;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
  private static final FrameSize SIZE = new FrameSize(48, 64);

  @TempDir Path out;

  /** stem of 8 filters, then the scores, then twice the size. */
  private static Model parent() {
    return dense("toy", 3);
  }

  private static Model dense(String name, long seed) {
    NetworkBuilder b = new NetworkBuilder(name, seed);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 8, 3).padding(1).stride(2).bias().build();
    x = b.add("stem.relu", Activation.relu(), x);
    x = b.convTranspose("up", x, 11, 2).stride(2).build();
    return new Model(
        new ModelSpec(
            name,
            "tiny",
            Map.of(),
            new ModelSpec.InputSpec(
                Optional.empty(), "rgb", List.of(0.0, 0.0, 0.0), List.of(255.0, 255.0, 255.0)),
            "camvid-11",
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of()),
        b.build(x));
  }

  private static Model variant(Model parent, String name, List<Integer> removed, boolean noted) {
    PruningPlan plan =
        new PruningPlan(
            Technique.FILTER,
            "toy",
            NetworkDigest.of(parent.network()),
            "l1",
            7,
            "macs=0.6",
            Map.of("stem", removed),
            List.of());
    Map<String, String> facts = new TreeMap<>();
    facts.put("parent-digest", Models.digest(parent));
    facts.put("plan", PlanFile.text(plan));
    facts.put("prune-goal", plan.goal());
    facts.put("prune-seed", "7");
    facts.put("recipe", "adam");
    facts.put("epochs", "12");
    if (noted) {
      facts.put(LayerWidth.PARENT_LAYERS, LayerWidth.text(LayerWidth.of(parent.network(), 48, 64)));
    }
    ModelSpec spec = parent.spec();
    return new Model(
        new ModelSpec(
            name,
            spec.architecture(),
            spec.options(),
            spec.input(),
            spec.labels(),
            spec.output(),
            new ModelSpec.Variant("filter", Optional.of("toy"), Optional.of("l1")),
            facts),
        plan.apply(parent.network()));
  }

  @Test
  void lineageSaysWhatIsLeftOfEachLayer() {
    Model parent = parent();
    Lineage expected =
        new Lineage(
            Models.digest(parent),
            "macs=0.6",
            "7",
            Optional.of(new Lineage.Training(12, false, "adam")),
            List.of(new KeptLayer("stem", false, 8, 5), new KeptLayer("up", true, 11, 11)),
            List.of());
    Model noted = variant(parent, "a", List.of(0, 3, 4), true);
    Model old = variant(parent, "b", List.of(0, 3, 4), false);
    assertEquals(Optional.of(expected), Lineages.of(noted, Optional.empty(), SIZE));
    assertEquals(Optional.of(expected), Lineages.of(old, Optional.of(parent), SIZE));
    assertEquals(List.of(), Lineages.of(old, Optional.empty(), SIZE).orElseThrow().layers());
    assertEquals(Optional.empty(), Lineages.of(parent, Optional.empty(), SIZE));
  }

  @Test
  void onlyRandomWeightsAreFromScratch() {
    Model parent = parent();
    Model model = variant(parent, "a", List.of(0), true);
    for (String start : List.of("random weights, seed 3", "weights of toy")) {
      Map<String, String> facts = new TreeMap<>(model.spec().provenance());
      facts.put("start", start);
      Model started = new Model(model.spec().withProvenance(facts), model.network());
      assertEquals(
          start.startsWith("random"),
          Lineages.of(started, Optional.empty(), SIZE)
              .flatMap(Lineage::training)
              .orElseThrow()
              .fromScratch());
    }
  }

  @Test
  void damagedNotesAreRefused() {
    Model model = variant(parent(), "a", List.of(0), true);
    Map<String, String> facts = new TreeMap<>(model.spec().provenance());
    facts.put(LayerWidth.PARENT_LAYERS, "[[\"stem\",\"middle\",8]]");
    Model damaged = new Model(model.spec().withProvenance(facts), model.network());
    assertEquals(
        "a: its parent-layers: found [\"stem\",\"middle\",8], expected"
            + " [\"layer\", \"encoder\" or \"decoder\", 16]",
        assertThrows(BadInputException.class, () -> Lineages.of(damaged, Optional.empty(), SIZE))
            .getMessage());
  }

  @Test
  void differencesArePairedKeptInTheResultsAndCheckedWhenRead() throws IOException {
    Model parent = parent();
    Map<String, Model> models = new HashMap<>();
    models.put("toy", parent);
    models.put("a", variant(parent, "a", List.of(0, 3, 4), true));
    models.put("b", variant(parent, "b", List.of(), true));
    StudyResult result =
        new Runner(
                study(List.of("toy", "a", "b")),
                out,
                Progress.NONE,
                new Sources(Datasets::open, models::get, Engines::named, NanoClock.SYSTEM))
            .run();
    Entry toy = result.entries().get(0);
    Entry a = result.entries().get(1);
    Entry b = result.entries().get(2);
    assertEquals(List.of(), toy.differences());
    assertEquals(List.of("toy"), a.differences().stream().map(MiouDifference::from).toList());
    assertEquals(List.of("toy", "a"), b.differences().stream().map(MiouDifference::from).toList());
    MiouDifference pruned = a.differences().get(0);
    assertEquals(miou(a) - miou(toy), pruned.miou(), 0);
    assertTrue(pruned.low().orElseThrow() <= pruned.miou(), "" + pruned);
    assertTrue(pruned.high().orElseThrow() >= pruned.miou(), "" + pruned);
    MiouDifference same = b.differences().get(0);
    assertEquals(0, same.miou(), 0);
    assertEquals(0, same.low().orElseThrow(), 0);
    assertEquals(0, same.high().orElseThrow(), 0);
    assertEquals(result, RunStore.read(out));

    Path file = out.resolve("results.json");
    assertEquals(result, ResultsJson.read(file));
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"low\" : " + pruned.low().getAsDouble(), "\"low\" : 0"));
    assertEquals(
        file
            + ": entry a differs otherwise from its parent and siblings than their counts say; run"
            + " the study again to write it anew",
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
  }

  /** Three networks of one architecture that nobody pruned, the second with other weights. */
  @Test
  void theOthersDifferFromTheMostAccurate() {
    Map<String, Model> models =
        Map.of("toy", dense("toy", 3), "other", dense("other", 4), "again", dense("again", 3));
    StudyResult result =
        new Runner(
                study(List.of("toy", "other", "again")),
                out,
                Progress.NONE,
                new Sources(Datasets::open, models::get, Engines::named, NanoClock.SYSTEM))
            .run();
    Entry toy = result.entries().get(0);
    Entry weak = result.entries().get(1);
    Entry again = result.entries().get(2);
    Entry best = miou(toy) >= miou(weak) ? toy : weak;
    assertTrue(miou(toy) != miou(weak), "they differ");
    assertEquals(List.of(), best.differences());
    for (Entry entry : List.of(toy, weak, again)) {
      if (entry != best) {
        MiouDifference d = entry.differences().get(0);
        assertEquals(1, entry.differences().size());
        assertEquals(best.model().name(), d.from());
        assertEquals(miou(entry) - miou(best), d.miou(), 0);
        assertTrue(d.low().orElseThrow() <= d.miou() && d.miou() <= d.high().orElseThrow(), "" + d);
      }
    }
    assertEquals(result, RunStore.read(out));
  }

  /** Records from before intervals were widened for few clusters are still trusted. */
  @Test
  void recordsWithoutExpandedIntervalsAreRead() throws IOException {
    StudyResult result =
        new Runner(
                study(List.of("toy")),
                out,
                Progress.NONE,
                new Sources(
                    Datasets::open, Map.of("toy", parent())::get, Engines::named, NanoClock.SYSTEM))
            .run();
    Entry toy = result.entries().get(0);
    assertTrue(toy.confidence().orElseThrow().isExpanded());
    removeExpanded(out.resolve(toy.folder()).resolve("record.json"));
    removeExpanded(out.resolve("results.json"));
    Entry old = RunStore.read(out).entries().get(0);
    assertEquals(toy.confidence().map(Confidence::withoutExpanded), old.confidence());
  }

  private static void removeExpanded(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode tree = mapper.readTree(file.toFile());
    int removed = 0;
    for (String key : List.of("expandedLow", "expandedHigh")) {
      for (JsonNode parent : tree.findParents(key)) {
        ((ObjectNode) parent).remove(key);
        removed++;
      }
    }
    assertEquals(2 * (1 + 11), removed, "mIoU and eleven classes");
    tree.findParents("iou").stream()
        .filter(parent -> parent.has("resamples"))
        .forEach(parent -> ((ObjectNode) parent).remove("derivation"));
    mapper.writeValue(file.toFile(), tree);
  }

  private static Study study(List<String> models) {
    return Study.of(
            new DatasetSpec(
                "synthdrive",
                Optional.empty(),
                "val",
                OptionalInt.empty(),
                Map.of("count", "120", "size", SIZE.toString())),
            models,
            new EngineSpec("onnxruntime", OptionalInt.of(1)))
        .withLatency(Optional.empty());
  }

  private static double miou(Entry entry) {
    return entry.accuracy().orElseThrow().miou().orElseThrow();
  }
}
