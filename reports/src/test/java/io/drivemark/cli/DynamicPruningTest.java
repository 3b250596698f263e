package io.drivemark.cli;

import static io.drivemark.cli.Invocation.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dynamic pruning from the command line, on a few small generated frames. */
class DynamicPruningTest {
  @TempDir static Path folder;

  private static String[] arguments(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "prune",
                "--model",
                "segnet-basic-16-synthdrive",
                "--technique",
                "dynamic",
                "--dataset",
                "synthdrive",
                "--data-option",
                "count=6"));
    Stream.of(more).forEach(all::add);
    return all.toArray(String[]::new);
  }

  @Test
  void estimateIsATableAndAFile() throws IOException {
    Path json = folder.resolve("estimate.json");
    Invocation estimate =
        Invocation.of(
            arguments(
                "--estimate",
                "--frames",
                "3",
                "--latency-engine",
                "none",
                "--unit",
                "1",
                "--ratio",
                "0.88",
                "--json",
                json.toString()));
    estimate.fine();
    List<String> lines = estimate.out().lines().toList();
    assertTrue(lines.get(0).startsWith("segnet-basic-16-synthdrive at "), lines.get(0));
    assertTrue(lines.get(1).startsWith("frames: synthdrive train, 3 of "), lines.get(1));
    assertTrue(estimate.out().contains("\nconvolutions without gates:\n"), estimate.out());
    JsonNode read = new ObjectMapper().readTree(Files.readString(json));
    assertEquals("drivemark-gate-estimate/1", read.get("schema").asText());
    assertEquals("segnet-basic-16-synthdrive", read.get("network").asText());
    assertEquals(11, read.get("rows").size());
    assertTrue(
        estimate.out().contains("\nsites with ratio 0.88, % of their units:\n"), estimate.out());
    assertEquals(
        read.get("sites").size(),
        lines.size() - 2 - lines.indexOf("sites with ratio 0.88, % of their units:"));
    double before = 2;
    for (JsonNode row : read.get("rows")) {
      double mean = row.get("strict").get("mean").asDouble();
      assertTrue(mean <= before, read.toString());
      assertEquals(read.get("sites").size(), row.get("sites").size());
      assertTrue(row.get("latency").isNull());
      before = mean;
    }
    assertTrue(before < 0.7, "half of the mass: " + before);
  }

  @Test
  void estimateOfTilesSaysSoAndIsNoModel() {
    Invocation estimate =
        Invocation.of(
            arguments(
                "--estimate", "--frames", "2", "--tiles", "2x2", "--unit", "1", "--ratio", "0.88"));
    estimate.fine();
    assertEquals(
        "masks: one for each of 2x2 tiles of a frame; below, masks differ between tiles, and one"
            + " mask is for all tiles; what a tile reads beyond its border is not counted",
        estimate.out().lines().toList().get(2));
    refused(
        List.of(
            "drivemark prune: --tiles goes with --estimate alone: a network's gates are for whole frames"),
        arguments("--tiles", "2x2", "--ratio", "0.9", "--finetune-epochs", "1", "--out", "x.onnx"));
  }

  @Test
  void trainedModelSaysWhatWasEstimatedAndHasGates() {
    Path out = folder.resolve("dynamic.onnx");
    Invocation made =
        Invocation.of(
            arguments(
                "--keep",
                "macs=0.8",
                "--unit",
                "1",
                "--calibration-frames",
                "3",
                "--finetune-epochs",
                "1",
                "--limit",
                "4",
                "--batch",
                "2",
                "--crop",
                "48x64",
                "--threads",
                "1",
                "--out",
                out.toString()));
    made.fine();
    assertTrue(made.out().startsWith("ratio    0."), made.out());
    assertTrue(made.out().contains(" of the macs a frame are estimated"), made.out());
    assertTrue(made.out().contains("mIoU on val "), made.out());
    Model model = Models.load(out.toString());
    Map<String, String> facts = model.spec().provenance();
    double estimated = Double.parseDouble(facts.get("estimate-macs"));
    assertTrue(estimated <= 0.8 && estimated > 0.7, facts.toString());
    assertEquals(
        "segnet-basic-16-synthdrive-dynamic-mass-" + Math.round(100 * estimated),
        model.spec().name());
    assertTrue(GatedNetwork.of(model.network()).isPresent());
  }

  @Test
  void controlNeedsNoTraining() {
    Path out = folder.resolve("constant.onnx");
    Invocation.of(
            arguments(
                "--ratio",
                "0.8",
                "--constant",
                "--unit",
                "1",
                "--calibration-frames",
                "3",
                "--name",
                "control",
                "--out",
                out.toString()))
        .fine();
    Model model = Models.load(out.toString());
    assertEquals("control", model.spec().name());
    assertEquals("true", model.spec().provenance().get("gate-constant"));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused(
        List.of(
            "drivemark prune: gates learn in training: say how long to train with"
                + " --finetune-epochs N; --constant alone needs none"),
        arguments("--ratio", "0.8", "--out", folder.resolve("a.onnx").toString()));
    refused(
        List.of(
            "drivemark prune: --criterion does not go with --technique dynamic, which removes"
                + " nothing for good"),
        arguments("--estimate", "--criterion", "l1"));
    refused(
        List.of(
            "drivemark prune: say how much a frame takes, for example --ratio 0.85, --keep macs=0.5"
                + " or --keep latency=0.6; --estimate prints what ratios would save"),
        arguments("--out", folder.resolve("a.onnx").toString()));
    refused(
        List.of("drivemark prune: give either --keep or --ratio, not both"),
        arguments("--keep", "macs=0.5", "--ratio", "0.8", "--out", "a.onnx"));
    refused(
        List.of("drivemark prune: say where the model goes: --out FILE.onnx"),
        arguments("--ratio", "0.8"));
    refused(
        List.of("drivemark prune: --ratio is half, expected a number above 0 to 1"),
        arguments("--ratio", "half", "--out", "a.onnx"));
    refused(
        List.of(
            "drivemark prune: a dynamic network has all its filters: say how much of macs or"
                + " latency a frame takes, keep macs=0.5 say"),
        arguments("--keep", "filters=0.5", "--out", "a.onnx"));
    refused(
        List.of("drivemark prune: --ratio belongs to --technique dynamic"),
        "prune",
        "--model",
        "segnet-basic-16-synthdrive",
        "--technique",
        "filter",
        "--ratio",
        "0.8",
        "--dataset",
        "synthdrive",
        "--out",
        "a.onnx");
  }
}
