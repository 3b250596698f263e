package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study with a network that chooses by the frame, from its frames to the page. */
class DynamicReportTest {
  private static final String PARENT = "enet-synthdrive";
  private static final Map<String, String> FRAMES =
      Map.of("count", "12", "seed", "3", "size", "48x64");

  private static final List<EngineSpec> ENGINES =
      List.of(
          new EngineSpec("onnxruntime", OptionalInt.of(1)),
          new EngineSpec("pytorch", OptionalInt.of(1)));

  @TempDir static Path folder;
  private static StudyResult result;
  private static String page;

  @BeforeAll
  static void run() throws Exception {
    DatasetSpec scenes =
        new DatasetSpec("synthdrive", Optional.empty(), "test", OptionalInt.empty(), FRAMES);
    Dataset dataset = Datasets.open(scenes.request());
    Map<String, Model> models = new HashMap<>();
    Model parent = GatedScenes.shipped(PARENT, 48, 64);
    models.put(PARENT, parent);
    for (boolean constant : new boolean[] {false, true}) {
      Model model = GatedScenes.of(parent, dataset, constant);
      models.put(model.spec().name(), model);
    }
    Study study =
        Study.of(
                scenes,
                List.of(PARENT, PARENT + "-dynamic-mass", PARENT + "-dynamic-constant"),
                ENGINES.get(0))
            .withEngines(ENGINES)
            .withLatency(Optional.of(new LatencySpec(24)));
    result =
        new Runner(
                study,
                folder,
                Progress.NONE,
                new Sources(Datasets::open, models::get, Engines::named, NanoClock.SYSTEM))
            .run();
    page = Files.readString(Reports.write(result, folder));
  }

  private static String section() {
    int from = page.indexOf("Networks that choose by the frame");
    return page.substring(from, page.indexOf("<h2>", from + 1)).replaceAll("\\s+", " ");
  }

  private static boolean says(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(section());
    return matcher.find();
  }

  @Test
  void nothingIsMissing() {
    result.entries().forEach(e -> assertEquals(List.of(), e.issues(), e.model().name()));
  }

  @Test
  void theSectionSaysWhatGatesDoAndWhatFramesCost() {
    assertTrue(
        says("Of [0-9 ]+ units at [0-9]+ sites [0-9.]+ % are live on a frame in the mean"),
        section());
    assertTrue(says("Two frames have [0-9.]+ % of their live units in common"), section());
    assertTrue(says("A frame takes [0-9.]+ % of the multiply-accumulates"), section());
    assertTrue(says("The same units are live on every frame"), "of the constant one");
    assertTrue(says("All timed frames take the same calculation"), "of the constant one");
    assertTrue(says("On onnxruntime it ran in (masked|gathered|blocked) form"), section());
    assertTrue(says("On pytorch it ran in masked form"), section());
    assertTrue(says("The slowest frame, [^,]+, took [0-9.]+ ms"), section());
    assertTrue(says("Costs least: [0-9.]+ %"), section());
    assertTrue(says("Costs most: [0-9.]+ %"), section());
    assertTrue(says("Beside static networks of the same parent"), section());
    assertTrue(says("same masks for all frames"), section());
  }

  @Test
  void everyTimedFrameIsAPointOfTheChart() {
    Matcher frames = Pattern.compile("\"frames\":\\[(.*?)\\]").matcher(page);
    assertTrue(frames.find());
    assertEquals(12, frames.group(1).split("\"id\"").length - 1);
    assertTrue(page.contains("data-frames=\"2\""));
  }

  @Test
  void markdownSaysTheSame() throws Exception {
    String text = Files.readString(folder.resolve("report.md"));
    assertTrue(text.contains("### Networks that choose by the frame"), text);
    assertTrue(
        Pattern.compile("dynamic-mass.*\\*\\*: Of [0-9 ]+ units at 56 sites").matcher(text).find(),
        text);
  }

  @Test
  void studiesWithoutSuchNetworksHaveNoSection() throws Exception {
    Path other = folder.resolve("plain");
    String plain = Files.readString(Reports.write(SyntheticStudy.write(other), other));
    assertFalse(plain.contains("Networks that choose by the frame"));
  }
}
