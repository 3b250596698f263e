package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that answer with depth, trained, trained further and pruned by the commands. */
class DepthTrainingCommandsTest {
  private static final List<String> SCENES =
      List.of("--dataset=synthdrive", "--data-option=count=2", "--data-option=size=32x64");
  private static final List<String> SMALL =
      List.of("--batch=2", "--threads=1", "--crop=32x64", "--warm-up-epochs=0");

  @TempDir Path folder;

  private String[] command(String name, Path out, String... more) {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(List.of(more));
    all.addAll(SCENES);
    all.addAll(SMALL);
    all.add("--out=" + out);
    return all.toArray(String[]::new);
  }

  private String[] monodepth(Path out, String... more) {
    List<String> all =
        new ArrayList<>(List.of("--architecture=monodepth", "--option=width=0.125", "--epochs=1"));
    all.addAll(List.of(more));
    return command("train", out, all.toArray(String[]::new));
  }

  @Test
  void aDepthNetworkIsTrainedTrainedFurtherAndPruned() throws Exception {
    Path first = folder.resolve("first.onnx");
    Invocation trained = Invocation.of(monodepth(first, "--option=output=depth")).fine();
    assertTrue(
        trained.out().matches("(?s)AbsRel on val \\d\\.\\d{4} after epoch 1\\nWrote first .*"),
        trained.out());
    Model model = Models.load(first.toString());
    Map<String, String> facts = model.spec().provenance();
    assertEquals(Optional.of(Task.DEPTH), model.spec().task());
    assertEquals(Optional.of(new ModelSpec.Size(32, 64)), model.spec().input().size());
    assertTrue(model.spec().heads().get(0).kind() instanceof DepthHead);
    assertEquals("depth", facts.get("task"));
    assertEquals("depth", facts.get("learned-from"));
    assertEquals("depth, metres, 1.0 to 80.0 m", facts.get("learned"));
    assertTrue(facts.get("val-protocol").startsWith("all known distances"), "" + facts);
    assertTrue(
        facts.get("recipe").contains("minScale=1.0, maxScale=1.0")
            && facts.get("recipe").contains("classWeights=NONE")
            && facts.get("recipe").contains("colouring=MONODEPTH"),
        facts.get("recipe"));
    assertTrue(
        Files.readString(folder.resolve("first.onnx.checkpoint.history.jsonl"))
            .contains("\"absRel\":"));

    Path second = folder.resolve("second.onnx");
    Invocation.of(command("train", second, "--from=" + first, "--epochs=1")).fine();
    Map<String, String> further = Models.load(second.toString()).spec().provenance();
    assertEquals(facts.get("val-abs-rel"), further.get("from.val-abs-rel"));
    assertEquals("weights of first, digest " + Models.digest(model), further.get("start"));

    Path small = folder.resolve("small.onnx");
    Invocation pruned =
        Invocation.of(
                command(
                    "prune",
                    small,
                    "--model=" + first,
                    "--technique=filter",
                    "--criterion=taylor-weight",
                    "--keep=params=0.5",
                    "--finetune-epochs=1",
                    "--calibration-frames=2"))
            .fine();
    assertTrue(pruned.out().contains("\nAbsRel on val "), pruned.out());
    Model less = Models.load(small.toString());
    assertTrue(2 * less.network().parameters() <= model.network().parameters());
    assertEquals(facts.get("val-abs-rel"), less.spec().provenance().get("parent.val-abs-rel"));
    assertEquals("depth", less.spec().provenance().get("task"));
  }

  /** Pairs are there: they teach disparities, unless distances are asked for. */
  @Test
  void disparitiesAreLearnedFromPairsUnlessDistancesAreAskedFor() {
    Path pairs = folder.resolve("pairs.onnx");
    Invocation.of(monodepth(pairs, "--schedule=halving", "--resize=32x64")).fine();
    Map<String, String> facts = Models.load(pairs.toString()).spec().provenance();
    assertEquals("stereo", facts.get("learned-from"));
    assertEquals(
        Optional.of(new ModelSpec.Size(32, 64)),
        Models.load(pairs.toString()).spec().input().size());
    Path distances = folder.resolve("distances.onnx");
    Invocation.of(monodepth(distances, "--loss=depth")).fine();
    assertEquals(
        "depth", Models.load(distances.toString()).spec().provenance().get("learned-from"));
  }

  @Test
  void whatIsForLabelsIsRefused() {
    Path out = folder.resolve("refused.onnx");
    Invocation.refused(
        List.of(
            "drivemark train: training of depth: the recipe weighs classes, of which depth has none;"
                + " write --class-weights none (in a study class-weights: none)"),
        monodepth(out, "--option=output=depth", "--class-weights=enet"));
    Invocation.refused(
        List.of(
            "drivemark train: training of depth: the recipe scales frames by 0.5 to 2.0, which would"
                + " change distances; write --scale 1-1 (in a study scale: 1-1)"),
        monodepth(out, "--option=output=depth", "--scale=0.5-2"));
  }
}
