package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study shared out, worked on and merged, as a user would. */
class ShardCommandsTest {
  @TempDir Path folder;
  private Path study;
  private Path out;

  @BeforeEach
  void writeStudy() throws IOException {
    NetworkBuilder b = new NetworkBuilder("toy", 3);
    String scores = b.conv("scores", b.input("image", 3), 11, 1).bias().build();
    Models.write(
        new Model(
            new ModelSpec(
                "toy",
                "foreign",
                Map.of(),
                ModelSpec.InputSpec.IMAGENET,
                "camvid-11",
                LabelsHead.Form.LOGITS,
                ModelSpec.Variant.DENSE,
                Map.of("dataset", "none")),
            b.build(scores)),
        folder.resolve("toy.onnx"));
    study = folder.resolve("study.yaml");
    Files.writeString(
        study,
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, split: val, count: 5, size: 48x64}]
        models: [toy.onnx]
        engines: [{name: onnxruntime, threads: 1}]
        latency: {runs: 10}
        """);
    out = folder.resolve("out");
  }

  private static JsonNode entry(Path out) throws IOException {
    JsonNode results = new ObjectMapper().readTree(out.resolve("results.json").toFile());
    return results.path("entries").path(0);
  }

  @Test
  void shareWorkMergeIsRun() throws IOException {
    Invocation share =
        Invocation.of("run", study.toString(), "--out", out.toString(), "--shards", "2").fine();
    assertEquals(
        List.of(
            "toy on synthdrive/val with onnxruntime at 48x64: 5 frames in 2 ranges",
            "Start 'drivemark work "
                + out
                + "' as often and on as many machines as you like, then 'drivemark merge "
                + out
                + "'."),
        share.out().lines().toList());
    Invocation early = Invocation.of("merge", out.toString());
    assertEquals(2, early.exitCode(), early.err());
    assertTrue(early.err().contains("frames 1 to 5 of 5 are missing"), early.err());
    assertEquals("2 ranges measured\n", Invocation.of("work", out.toString()).fine().out());
    assertEquals("0 ranges measured\n", Invocation.of("work", out.toString()).fine().out());
    Invocation merge = Invocation.of("merge", out.toString()).fine();
    assertTrue(
        merge
            .out()
            .endsWith(
                "Speed is one machine's: 'drivemark run STUDY.yaml --out "
                    + out
                    + "' measures it there.\n"),
        merge.out());
    Path alone = folder.resolve("alone");
    Runner.run(Study.read(study).withLatency(Optional.empty()), alone, Progress.NONE);
    for (String field : List.of("accuracy", "folder", "issues", "complete", "perImage", "cost")) {
      assertEquals(entry(alone).path(field), entry(out).path(field), field);
    }
    assertTrue(Files.exists(out.resolve("report.html")));
  }

  @Test
  void whatIsNotCutIsSaidWithTheReason() throws IOException {
    Files.writeString(
        study,
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, split: test, count: 12, size: 24x32, options: {rate: 30, sequence: 6}}]
        models: [toy.onnx, {of: toy.onnx, name: still, cues: [skip-if-still]}]
        engines: [{name: onnxruntime}]
        driving: {warm-up: 0.1, delays: 2}
        robustness: {corruptions: [fog], frames: 2}
        """);
    Invocation share =
        Invocation.of("run", study.toString(), "--out", out.toString(), "--shards", "3").fine();
    int threads = Runtime.getRuntime().availableProcessors();
    assertEquals(
        List.of(
            "toy on synthdrive/test with onnxruntime at 24x32: 12 frames in 1 range, one worker takes"
                + " it: late answers are held against many frames before them",
            "still on synthdrive/test with onnxruntime at 24x32: 12 frames in 1 range, one worker"
                + " takes it: its network has cues, which are seen in the order of the pictures",
            "Left to the machine that merges: corrupted frames and other weather and light are judged"
                + " when all cells are whole",
            "Engines without threads: take "
                + threads
                + ", as many as this machine has processors; a machine with another number of them"
                + " that measures speed later would measure accuracy anew, so write threads: "
                + threads
                + "."),
        share.out().lines().limit(4).toList());
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    Invocation.refused(
        List.of("drivemark run: --silence is said of workers; give --shards N too"),
        "run",
        study.toString(),
        "--out",
        out.toString(),
        "--silence",
        "5");
    Invocation.refused(
        List.of("drivemark run: --shards is 0, expected a whole number from 1"),
        "run",
        study.toString(),
        "--out",
        out.toString(),
        "--shards",
        "0");
    Invocation.refused(
        List.of(
            "drivemark run: --shards measures nothing, so there is no --until; leave one of them"
                + " out"),
        "run",
        study.toString(),
        "--out",
        out.toString(),
        "--shards",
        "3",
        "--until",
        "accuracy");
    Invocation.refused(
        List.of("drivemark work: --name is 'a b', expected letters, digits, dots and dashes"),
        "work",
        out.toString(),
        "--name",
        "a b");
  }
}
