package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks as other tools write them, judged on frames that a right reading scores 1.0 on: files of
 * {@link Toy}, and others by other hands where the shared data is there.
 */
class ForeignReadingTest {
  private static final String OURS = "ours";

  @TempDir private Path folder;

  private Path source(String whose) {
    return whose.equals(OURS)
        ? Toy.write(folder.resolve("toys"))
        : SharedData.require("fixtures/foreign");
  }

  private Entry judged(Path source, Path model, String mapping) throws IOException {
    return judged(source, "toy", model, mapping);
  }

  private Entry judged(Path source, String dataset, Path model, String mapping) throws IOException {
    Path study =
        Files.writeString(
            folder.resolve("study.yaml"),
            """
            schema: drivemark-study/1
            datasets: [{name: '%s', split: all}]
            models: ['%s']
            engines: [{name: onnxruntime, threads: 1}]
            latency: off
            mapping: '%s'
            """
                .formatted(
                    source.resolve("toy/" + dataset + ".yaml").toAbsolutePath(),
                    model.toAbsolutePath(),
                    mapping));
    return Runner.run(Study.read(study), folder.resolve("out"), Progress.NONE).entries().get(0);
  }

  private static double miou(Entry entry) {
    assertEquals(List.of(), entry.issues());
    return entry.accuracy().orElseThrow().miou().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "ours, plain", "shared, plain",
    "ours, inout", "shared, inout",
    "ours, depthfirst", "shared, depthfirst",
    "ours, nchw_in_nhwc_out", "shared, nchw_in_nhwc_out",
    "ours, nchw_in_nhwc_out_dyn", "shared, nchw_in_nhwc_out_dyn",
    "ours, nhwc_in_nchw_out", "shared, nhwc_in_nchw_out",
    "ours, nhwc_in_nchw_out_dyn", "shared, nhwc_in_nchw_out_dyn",
    "ours, nhwc_both", "shared, nhwc_both",
    "ours, paddle", "shared, paddle"
  })
  void whatExtentsTellIsReadRightly(String whose, String name) throws IOException {
    Path source = source(whose);
    assertEquals(1.0, miou(judged(source, source.resolve("onnx/" + name + ".yaml"), "auto")));
  }

  @ParameterizedTest
  @CsvSource({"ours, aux", "shared, extra_p"})
  void severalOutputsThatCanBeLabelsAreRefusedWithTheirLines(String whose, String other)
      throws IOException {
    Path source = source(whose);
    Path yaml = source.resolve("onnx/pidnet3.yaml");
    BadInputException e = assertThrows(BadInputException.class, () -> judged(source, yaml, "auto"));
    assertEquals(
        yaml.toAbsolutePath()
            + ": network pidnet3 has several outputs that can be scores of toy-5's 5 classes: "
            + other
            + " float32 [1, 5, 48, 64], main float32 [1, 5, 48, 64]. Add the line of the right one"
            + " to the model file:\n  output-name: "
            + other
            + "\n  output-name: main",
        e.getMessage());
    assertEquals(1.0, miou(judged(source, with(yaml, "output-name: main"), "auto")));
    assertEquals(1.0, miou(judged(source, with(yaml, "output-index: 1"), "auto")));
    assertTrue(miou(judged(source, with(yaml, "output-index: 0"), "auto")) < 0.5);
  }

  /** The same model file with one more line, elsewhere. */
  private Path with(Path yaml, String line) throws IOException {
    String text = Files.readString(yaml);
    String there =
        text.replaceAll("file: (\\S+)", "file: " + yaml.toAbsolutePath().getParent() + "/$1")
            .replaceAll(
                "labels: \\.\\./",
                "labels: " + yaml.toAbsolutePath().getParent().getParent() + "/");
    return Files.writeString(folder.resolve("with.yaml"), there + line + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "shared"})
  void statisticsInUnitsOfZeroToOneAreRefusedWithTheRightLine(String whose) throws IOException {
    Path source = source(whose);
    Path yaml = source.resolve("onnx/stats01.yaml");
    BadInputException e = assertThrows(BadInputException.class, () -> judged(source, yaml, "auto"));
    assertEquals(
        yaml.toAbsolutePath()
            + ": line 4: input.mean: found mean [0.485, 0.456, 0.406] and std [0.229, 0.224,"
            + " 0.225], which are in units of 0..1; expected are units of pixels, 0..255. Write\n"
            + "    input: {channels: rgb, mean: [123.675, 116.28, 103.53], std: [58.395, 57.12,"
            + " 57.375]}\n"
            + "  or, if those numbers are meant for pixels of 0..255, add to 'input'\n"
            + "    units: 0..255",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "shared"})
  void oneSigmoidIsItsClassFromTheThresholdOnAndElseVoid(String whose) throws IOException {
    Path source = source(whose);
    Path mapping = source.resolve("toy/person1-to-toy.yaml").toAbsolutePath();
    Entry entry = judged(source, source.resolve("onnx/sigmoid1.yaml"), mapping.toString());
    assertEquals(0.2, miou(entry), 1e-12);
    assertEquals(1.0, entry.accuracy().orElseThrow().classes().get(0).iou().orElseThrow());
  }

  /** One channel, two classes: what lies below the threshold is the background, not void. */
  @ParameterizedTest
  @CsvSource({"bgred, auto", "redbg, redbg-to-red.yaml"})
  void whatOneSigmoidLeavesIsTheBackground(String labels, String map) throws IOException {
    Path source = source(OURS);
    String mapping =
        map.equals("auto") ? map : source.resolve("toy/" + map).toAbsolutePath().toString();
    Path yaml = source.resolve("onnx/sigmoid1_" + labels + ".yaml");
    Entry entry = judged(source, "red", yaml, mapping);
    assertEquals(1.0, miou(entry));
    entry
        .accuracy()
        .orElseThrow()
        .confusion()
        .forEach(row -> assertEquals(0, row.get(2), "nothing is void: " + row));
    // Of red the network is sure, p = 1; of no other colour more than 0.1.
    assertEquals(1.0, miou(judged(source, "red", with(yaml, "threshold: 0.9"), mapping)));
  }

  @Test
  void oneSigmoidForTwoClassesOfWhichNoneIsTheBackgroundIsRefused() {
    Path source = source(OURS);
    Path yaml = source.resolve("onnx/sigmoid1_redrest.yaml");
    BadInputException e = assertThrows(BadInputException.class, () -> judged(source, yaml, "auto"));
    assertEquals(
        yaml.toAbsolutePath()
            + ": network sigmoid1_redrest has 1 output, label space red-rest has 2 classes; name the"
            + " label space it was trained with as 'labels'",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "shared"})
  void aBackgroundOfItsOwnLabelSpaceIsMapped(String whose) throws IOException {
    Path source = source(whose);
    Path mapping = source.resolve("toy/bg6-to-toy.yaml").toAbsolutePath();
    assertEquals(
        1.0, miou(judged(source, source.resolve("onnx/bgfirst.yaml"), mapping.toString())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "shared"})
  void outputsBeyondTheClassesAreCountedAndSaid(String whose) throws IOException {
    Path source = source(whose);
    Entry entry = judged(source, source.resolve("onnx/bgfirst_wronglabels.yaml"), "auto");
    assertEquals(0.0, miou(entry));
    assertEquals(
        "it has 6 outputs and toy-5 has 5 classes: output 5 is beyond the classes and void; if"
            + " output 0 is the background, give a label space that begins with it",
        entry.notes().get(0));
    long grey = entry.accuracy().orElseThrow().classes().get(4).truthPixels();
    long pixels = 3L * 48 * 64;
    assertTrue(grey > 0);
    assertTrue(
        entry
            .notes()
            .contains(
                "outputs beyond the classes won "
                    + grey
                    + " of "
                    + pixels
                    + String.format(
                        Locale.ROOT, " pixels (%.2f %%), which are void", 100.0 * grey / pixels)),
        entry.notes().toString());
  }

  /** Frames of 48×64 become 64×64 with pad 32: without it the network's answer is another one. */
  @ParameterizedTest
  @ValueSource(strings = {"", "pad: 32\n", "pad: 5\n", "pad: 7\n"})
  void paddingDoesNotMoveLabels(String pad) throws IOException {
    Path source = source(OURS);
    Path yaml = source.resolve("onnx/nchw_in_nhwc_out_dyn.yaml");
    assertEquals(1.0, miou(judged(source, with(yaml, pad), "auto")));
    assertEquals(1.0, miou(judged(source, with(source.resolve("onnx/paddle.yaml"), pad), "auto")));
  }
}
