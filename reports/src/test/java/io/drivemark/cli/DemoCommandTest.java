package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo shows, measured on fewer frames than it takes. */
class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void showsFourNetworksOfThreeArchitecturesOnTwoEngines() {
    Study demo = DemoCommand.study();
    Set<String> architectures =
        demo.models().stream()
            .map(model -> load(model).spec().architecture())
            .collect(Collectors.toSet());
    assertTrue(demo.models().size() >= 4, demo.models().toString());
    assertTrue(architectures.size() >= 3, architectures.toString());
    assertEquals(2, demo.engines().size());
  }

  @Test
  void showsANetworkThatChoosesByTheFrameAndTwoOfDepth() {
    List<ModelSpec> specs =
        DemoCommand.study().models().stream().map(model -> load(model).spec()).toList();
    assertEquals(1, specs.stream().filter(s -> technique(s).equals("dynamic")).count());
    List<ModelSpec> depth =
        specs.stream().filter(s -> s.task().equals(Optional.of(Task.DEPTH))).toList();
    assertEquals(
        List.of("dense", "joint"), depth.stream().map(DemoCommandTest::technique).toList());
  }

  /** Networks of labels see the scenes as they are, those of depth smaller, in the same shape. */
  @Test
  void itsScenesHaveTheSizeTheNetworksWereTrainedFor() {
    Study demo = DemoCommand.study();
    String size = demo.datasets().get(0).options().get("size");
    for (ModelSource model : demo.models()) {
      ModelSpec spec = load(model).spec();
      ModelSpec.Size own = spec.input().size().orElseThrow();
      if (spec.task().equals(Optional.of(Task.DEPTH))) {
        assertEquals(size, 2 * own.height() + "x" + 2 * own.width(), model.toString());
      } else {
        assertEquals(size, own.toString(), model.toString());
      }
    }
  }

  @Test
  void theNetworksKnowTheScenesAndDiffer() {
    Study demo = DemoCommand.study();
    DatasetSpec all = demo.datasets().get(0);
    Map<String, String> few = new HashMap<>(all.options());
    few.put("count", "8");
    DatasetSpec scenes =
        new DatasetSpec(all.name(), all.root(), all.split(), all.limit(), Map.copyOf(few));
    Study small =
        demo.withDatasets(List.of(scenes))
            .withEngines(demo.engines().subList(0, 1))
            .withLatency(Optional.empty());
    List<Entry> entries = Runner.run(small, folder, Progress.NONE).entries();
    List<Double> miou =
        entries.stream()
            .flatMap(e -> e.accuracy().stream())
            .map(a -> a.miou().orElseThrow())
            .sorted()
            .toList();
    List<Double> absRel =
        entries.stream()
            .flatMap(e -> e.depth().stream())
            .map(d -> d.mean().orElseThrow().absRel())
            .sorted()
            .toList();
    assertEquals(2, absRel.size());
    assertEquals(demo.models().size() - 2, Set.copyOf(miou).size(), "all differ: " + miou);
    assertTrue(miou.get(0) > 0.25, "the worst knows the scenes: " + miou);
    assertTrue(miou.get(miou.size() - 1) > 0.5, "the best knows them well: " + miou);
    assertTrue(absRel.get(0) < absRel.get(1), "masks cost something: " + absRel);
    assertTrue(absRel.get(1) < 0.35, "both know how far things are: " + absRel);
  }

  private static String technique(ModelSpec spec) {
    return spec.variant().technique();
  }

  private static Model load(ModelSource model) {
    return Models.load(((ModelSource.Named) model).reference());
  }
}
