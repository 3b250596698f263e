package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.testkit.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What `cost`, `import`, `prune` and `run` say of files that other tools wrote is the same. */
class ForeignFilesCommandsTest {
  private static final Path FIXTURES = SharedData.path("fixtures/foreign");

  @TempDir private Path folder;

  @BeforeEach
  void needsTheFiles() {
    assumeTrue(Files.isDirectory(FIXTURES), () -> "skipped: no " + FIXTURES);
  }

  private static String model(String name) {
    return FIXTURES.resolve("onnx/" + name + ".yaml").toString();
  }

  /** An answer of 0.0444 is what labels 0 and 1 score where five classes share the frames. */
  @Test
  void eachRunsAndScoresWhatItShould() throws Exception {
    Map<String, Double> right = new TreeMap<>();
    for (String name :
        List.of(
            "qdq",
            "fp16keepio",
            "c_int32",
            "c_floats",
            "dim0",
            "ext",
            "ext16",
            "functions",
            "op7f",
            "op8f",
            "op9f",
            "op10f",
            "fp16",
            "fp16out",
            "f64out",
            "i16",
            "batch4",
            "unused_in")) {
      right.put(name, 1.0);
    }
    right.put("boolout", 0.044444444444444446);
    assertEquals(right, scores(List.copyOf(right.keySet()), "onnxruntime", 0));
  }

  /** What OpenCV cannot run is an issue of that cell alone. */
  @Test
  void anEngineThatCannotRunOneLeavesTheOthersWhole() throws Exception {
    assertEquals(
        Map.of("plain", 1.0, "c_floats", 1.0, "op7f", 1.0),
        scores(
            List.of("plain", "qdq", "c_int32", "c_floats", "fp16keepio", "mmdeploy", "op7f"),
            "opencv",
            1));
  }

  private Map<String, Double> scores(List<String> models, String engine, int exit)
      throws Exception {
    StringBuilder study = new StringBuilder("schema: drivemark-study/1\nmodels:\n");
    models.forEach(name -> study.append("  - ").append(model(name)).append('\n'));
    study.append("datasets: [{name: ").append(FIXTURES.resolve("toy/toy.yaml"));
    study.append(", split: all}]\nengines: [{name: ").append(engine);
    study.append(", threads: 1}]\nlatency: off\n");
    Path file = Files.writeString(folder.resolve("study.yaml"), study);
    Path out = folder.resolve("out");
    Invocation run = Invocation.of("run", file.toString(), "--out", out.toString());
    assertEquals(exit, run.exitCode(), run.err());
    Map<String, Double> scores = new TreeMap<>();
    JsonNode results = new ObjectMapper().readTree(out.resolve("results.json").toFile());
    for (JsonNode entry : results.get("entries")) {
      JsonNode miou = entry.path("accuracy").path("miou");
      if (miou.isNumber()) {
        scores.put(entry.get("model").textValue(), miou.doubleValue());
      }
    }
    return scores;
  }

  @ParameterizedTest
  @CsvSource({
    "twoin, 'takes 2 inputs, x [1, 3, 48, 64] and s [1]; expected the image alone'",
    "lfs, 'is a Git-LFS pointer, not the file itself, which has 12345678 bytes; fetch it in its"
        + " repository with: git lfs pull'"
  })
  void whatCannotBeReadIsRefusedAlike(String name, String words) {
    for (Invocation run : List.of(cost(name), written(name), pruned(name))) {
      assertEquals(2, run.exitCode());
      assertTrue(run.err().contains(words), run.err());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mmdeploy, 'no engine here runs it, ONNX Runtime does not know it either; export the network"
        + " without it'",
    "pr_mid, 'nothing of the network can be pruned, since its batch normalisation would have to be"
        + " measured anew on engine pytorch'",
    "pr_pag, 'nothing of the network can be pruned, since its batch normalisation would have to be"
        + " measured anew on engine pytorch'",
    "qdq, 'filters of Conv cannot be removed'",
    "fp16keepio, 'filters of Conv cannot be removed'"
  })
  void whatAForeignOperatorStopsIsSaidAlike(String name, String words) {
    assertTrue(cost(name).fine().out().contains(words), cost(name).out());
    assertTrue(written(name).fine().out().contains(words), written(name).out());
    Invocation pruned = pruned(name);
    assertEquals(2, pruned.exitCode(), pruned.err());
    assertTrue(pruned.err().contains(words), pruned.err());
    assertFalse(pruned.err().contains("should not happen"), pruned.err());
  }

  @ParameterizedTest
  @CsvSource({"qdq, int8", "fp16keepio, fp16", "fp16, fp16", "ext16, fp16"})
  void parametersAreCountedAsTheyAreStored(String name, String precision) {
    List<String> lines = cost(name).fine().out().lines().toList();
    assertTrue(lines.contains("params\t20"), lines.toString());
    assertTrue(lines.contains("precision\t" + precision), lines.toString());
    assertTrue(lines.contains("macs\t46080"), lines.toString());
    assertTrue(written(name).out().contains("20 parameters"), written(name).out());
  }

  private static Invocation cost(String name) {
    return Invocation.of("cost", "--model", model(name), "--size", "48x64");
  }

  private Invocation written(String name) {
    return Invocation.of(
        "import", "--model", model(name), "--out", folder.resolve(name + ".onnx").toString());
  }

  private Invocation pruned(String name) {
    return Invocation.of(
        "prune",
        "--model=" + model(name),
        "--technique=filter",
        "--criterion=l1",
        "--keep=filters=0.8",
        "--dataset=" + FIXTURES.resolve("toy/toy.yaml"),
        "--train-split=all",
        "--calibration-frames=2",
        "--threads=1",
        "--out=" + folder.resolve("small.onnx"));
  }
}
