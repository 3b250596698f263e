package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.use.DatasetUse;
import io.drivemark.problem.Progress;
import io.drivemark.reports.Reports;
import java.nio.file.Files;
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
            .withDriving(Optional.empty())
            .withRobustness(Optional.empty())
            .withGauges(List.of())
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

  /** Only the drive is asked for what lateness and bad weather cost: 40 scenes are no drive. */
  @Test
  void someOfTheNetworksDriveAndTheOthersMeetTheScenesAlone() {
    Study demo = DemoCommand.study();
    assertEquals(2, demo.datasets().size());
    DatasetUse scenes = demo.datasets().get(0).use();
    DatasetUse drive = demo.datasets().get(1).use();
    assertEquals(List.of(), scenes.sections());
    assertEquals(DatasetUse.SECTIONS, drive.sections());
    assertEquals(4, drive.models().size());
    assertTrue(demo.models().size() > 2 * drive.models().size());
    assertEquals(Set.of("onnxruntime"), drive.engines());
    assertEquals(demo, Study.parse("demo", demo.toYaml()));
  }

  /** One of the drive's networks on a shorter one: both sections have what they show. */
  @Test
  void theDriveSaysWhatLatenessAndBadWeatherCost() throws Exception {
    Study demo = DemoCommand.study();
    DatasetSpec drive = demo.datasets().get(1);
    Map<String, String> few = new HashMap<>(drive.options());
    few.put("count", "20");
    few.put("sequence", "20");
    few.put("size", "48x64");
    String network = "skipnet-mobilenet-0.5-synthdrive";
    assertTrue(drive.use().models().contains(network), drive.use().toString());
    Study small =
        demo.withDatasets(
                List.of(
                    new DatasetSpec(drive.name(), drive.root(), drive.split(), drive.limit(), few)))
            .withModels(Study.named(List.of(network)))
            .withEngines(demo.engines().subList(0, 1))
            .withLatency(Optional.of(new LatencySpec(LatencySpec.LEAST_RUNS)));
    Path out = folder.resolve("drive");
    StudyResult result = Runner.run(small, out, Progress.NONE);
    Entry entry = result.entries().get(0);
    assertEquals(List.of(), entry.issues());
    Driving driving = entry.driving().orElseThrow();
    assertEquals(
        List.of("30.0 x1.0", "30.0 x2.0", "30.0 x4.0", "10.0 x1.0", "10.0 x2.0", "10.0 x4.0"),
        driving.roads().stream().map(r -> r.camera() + " x" + r.hardware()).toList());
    for (Driving.Road road : driving.roads()) { // a machine that stalls makes answers too old
      assertTrue(road.miou().isPresent() || road.tooOld() > 0, road.toString());
    }
    Robustness robustness = entry.robustness().orElseThrow();
    assertEquals(4, robustness.levels().size());
    assertEquals(2, robustness.conditions().size());
    assertTrue(robustness.calibration().isPresent(), "how sure it is in fog");
    String page = Files.readString(Reports.write(result, out));
    assertTrue(page.contains("<h2>On the road</h2>"));
    assertTrue(page.contains("<h2>In bad light and weather</h2>"));
    assertTrue(page.contains("<h2>In metres</h2>"));
  }

  private static String technique(ModelSpec spec) {
    return spec.variant().technique();
  }

  private static Model load(ModelSource model) {
    return Models.load(((ModelSource.Named) model).reference());
  }
}
