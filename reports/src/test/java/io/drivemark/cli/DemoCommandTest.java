package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
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
  void itsScenesHaveTheSizeTheNetworksWereTrainedFor() {
    Study demo = DemoCommand.study();
    String size = demo.datasets().get(0).options().get("size");
    for (ModelSource model : demo.models()) {
      Optional<ModelSpec.Size> own = load(model).spec().input().size();
      assertEquals(Optional.of(size), own.map(ModelSpec.Size::toString), model.toString());
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
    List<Double> miou =
        Runner.run(small, folder, Progress.NONE).entries().stream()
            .map(Entry::accuracy)
            .map(a -> a.orElseThrow().miou().orElseThrow())
            .sorted()
            .toList();
    assertEquals(demo.models().size(), Set.copyOf(miou).size(), "all differ: " + miou);
    assertTrue(miou.get(0) > 0.25, "the worst knows the scenes: " + miou);
    assertTrue(miou.get(miou.size() - 1) > 0.5, "the best knows them well: " + miou);
  }

  private static Model load(ModelSource model) {
    return Models.load(((ModelSource.Named) model).reference());
  }
}
