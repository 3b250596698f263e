package io.drivemark.cli;

import static io.drivemark.cli.Invocation.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JointPruningTest {
  @TempDir Path folder;

  private static String[] arguments(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "prune",
                "--model",
                "segnet-basic-16-synthdrive",
                "--technique",
                "joint",
                "--dataset",
                "synthdrive",
                "--data-option",
                "count=6",
                "--calibration-frames",
                "3",
                "--limit",
                "4",
                "--batch",
                "2",
                "--crop",
                "48x64",
                "--threads",
                "1"));
    Stream.of(more).forEach(all::add);
    return all.toArray(String[]::new);
  }

  @Test
  void whatMasksLeaveAndWhatIsTunedAreTwoFiles() {
    Path out = folder.resolve("tuned.onnx");
    Path masked = folder.resolve("masked.onnx");
    String[] command =
        arguments(
            "--keep",
            "params=0.5",
            "--finetune-epochs",
            "2",
            "--masked-out",
            masked.toString(),
            "--out",
            out.toString());
    Invocation made = Invocation.of(command);
    made.fine();
    assertTrue(made.out().contains("masks    penalty params, lambda "), made.out());
    assertTrue(made.out().contains(" frozen after epoch 1, at params=0.5 at "), made.out());
    assertTrue(made.out().contains("mIoU on val "), made.out());
    Model tuned = Models.load(out.toString());
    Model frozen = Models.load(masked.toString());
    Map<String, String> facts = frozen.spec().provenance();
    double kept = Double.parseDouble(facts.get("kept-params"));
    assertTrue(kept <= 0.5 && kept > 0.49, facts.toString());
    assertEquals("0", facts.get("tune-epochs"));
    assertEquals("1", tuned.spec().provenance().get("tune-epochs"));
    assertEquals(
        "segnet-basic-16-synthdrive-joint-params-"
            + Math.round(100 * Double.parseDouble(facts.get("kept-macs"))),
        tuned.spec().name());
    assertEquals("joint", tuned.spec().variant().technique());
    assertEquals(frozen.network().parameters(), tuned.network().parameters());
    assertTrue(Files.exists(Path.of(out + ".masks.checkpoint.history.jsonl")));
    Invocation again = Invocation.of(command);
    again.fine();
    assertEquals(made.out(), again.out());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    String out = folder.resolve("a.onnx").toString();
    refused(
        List.of(
            "drivemark prune: say how much remains, for example --keep params=0.2, macs=0.5 or"
                + " latency=0.6; or how hard masks are pressed, --lambda 0.0001 (0: by the task"
                + " alone)"),
        arguments("--out", out));
    refused(
        List.of(
            "drivemark prune: masks learn in training: say how long to train with"
                + " --finetune-epochs N"),
        arguments("--lambda", "0", "--out", out));
    refused(
        List.of("drivemark prune: give either --keep or --lambda, which is steered for --keep"),
        arguments("--keep", "params=0.5", "--lambda", "0", "--out", out));
    refused(
        List.of("drivemark prune: --lambda is much, expected a number of at least 0"),
        arguments("--lambda", "much", "--out", out));
    refused(
        List.of("drivemark prune: --unit is auto, expected a whole number from 1 on"),
        arguments("--lambda", "0", "--unit", "auto", "--finetune-epochs", "1", "--out", out));
    refused(
        List.of(
            "drivemark prune: masks learn in 3 epochs, training has 2 together; give it at least as"
                + " many"),
        arguments("--lambda", "0", "--mask-epochs", "3", "--finetune-epochs", "2", "--out", out));
    refused(
        List.of(
            "drivemark prune: --criterion does not go with --technique joint, which learns what"
                + " stays"),
        arguments("--keep", "params=0.5", "--criterion", "l1", "--out", out));
    refused(
        List.of("drivemark prune: --ratio belongs to --technique dynamic"),
        arguments("--keep", "params=0.5", "--ratio", "0.5", "--out", out));
    refused(
        List.of("drivemark prune: --penalty belongs to --technique joint"),
        "prune",
        "--model",
        "segnet-basic-16-synthdrive",
        "--technique",
        "filter",
        "--keep",
        "macs=0.5",
        "--penalty",
        "macs",
        "--dataset",
        "synthdrive",
        "--out",
        out);
  }
}
