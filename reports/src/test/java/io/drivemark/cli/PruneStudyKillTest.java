package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study is killed while it trains its second variant, and once more while it trains the third, a
 * dynamic network; the same command goes on.
 */
@DisabledOnOs(OS.WINDOWS)
class PruneStudyKillTest {
  private static final int EPOCHS = 4;

  @TempDir Path folder;

  @Test
  void aKilledStudyEndsWithTheVariantsOfAnUndisturbedOne() throws Exception {
    String[] data = {"--dataset=synthdrive", "--data-option=count=6", "--data-option=size=48x64"};
    Path parent = folder.resolve("parent.onnx");
    List<String> train = new ArrayList<>(List.of("train", "--architecture=espnet"));
    train.addAll(List.of(data));
    train.addAll(List.of("--epochs=1", "--batch=2", "--crop=48x64", "--threads=1"));
    train.add("--out=" + parent);
    Invocation.of(train.toArray(String[]::new)).fine();
    Path study = folder.resolve("study.yaml");
    Files.writeString(
        study,
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, count: 6, size: 48x64}]
        engines: [{name: onnxruntime, threads: 1}]
        latency: off
        prune:
          calibration-frames: 4
          finetune: {epochs: %d, batch: 2, threads: 1}
          variants:
            - {parent: parent.onnx, technique: filter, keep: macs=0.7, criterion: [l1, taylor-weight]}
            - {parent: parent.onnx, technique: dynamic, ratio: 0.8, unit: 1}
        """
            .formatted(EPOCHS));

    Path killed = folder.resolve("killed");
    Invocation.of("run", study.toString(), "--out", killed.toString(), "--until", "plans").fine();
    try (Stream<Path> plans = Files.list(killed.resolve("variants/plans"))) {
      assertEquals(
          List.of("gates", "gates", "plan", "plan"),
          plans.map(p -> p.getFileName().toString().replaceFirst("-.*", "")).sorted().toList(),
          "the choice of gates lies beside its estimate");
    }
    assertEquals(0, finished(killed).size());
    for (int done = 1; done <= 2; done++) {
      int before = killInTheTrainingAfter(done, study, killed);
      assertTrue(before >= 1 && before < EPOCHS, "epochs before the kill: " + before);
      assertEquals(done, finished(killed).size());
    }
    Invocation continued =
        Invocation.of("run", study.toString(), "--out", killed.toString(), "--until", "variants")
            .fine();
    assertFalse(continued.err().contains("epoch 1/" + EPOCHS), continued.err());
    assertEquals(List.of(), files(killed, ".checkpoint"));
    assertEquals(3, continued.out().lines().count());

    Path undisturbed = folder.resolve("undisturbed");
    Invocation.of("run", study.toString(), "--out", undisturbed.toString()).fine();
    assertEquals(digests(undisturbed), digests(killed));
    assertEquals(3, digests(killed).size());
    assertEquals(
        1,
        finished(killed).values().stream()
            .filter(f -> GatedNetwork.of(Models.load(f.toString()).network()).isPresent())
            .count(),
        "networks with gates");
    Invocation.of("run", study.toString(), "--out", killed.toString(), "--until", "accuracy")
        .fine();
    assertEquals(accuracies(undisturbed), accuracies(killed));
  }

  private int killInTheTrainingAfter(int done, Path study, Path out) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Dai.djl.offline=true");
    line.add("-DOPT_OUT_TRACKING=true");
    line.add("-cp");
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.addAll(List.of("io.drivemark.cli.Main", "run", study.toString(), "--out", out.toString()));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (epochsAfter(done, out) == 0 && process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(2);
    }
    boolean wasAlive = process.isAlive();
    process.destroyForcibly().waitFor();
    assertTrue(wasAlive, "ended by itself: " + Files.readString(log));
    return epochsAfter(done, out);
  }

  /** Epochs of the training that is under way while so many variants are finished. */
  private static int epochsAfter(int done, Path out) throws IOException {
    List<String> finished = List.copyOf(finished(out).keySet());
    for (Path history : files(out, "\\.checkpoint\\.history\\.jsonl")) {
      String model = history.getFileName().toString().replaceFirst("\\.checkpoint.*", ".onnx");
      if (finished.size() == done && !finished.contains(model)) {
        return Files.readAllLines(history).size();
      }
    }
    return 0;
  }

  private static List<Path> files(Path out, String ending) throws IOException {
    Path variants = out.resolve("variants");
    if (!Files.isDirectory(variants)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(variants)) {
      return all.filter(f -> f.getFileName().toString().matches(".*" + ending)).sorted().toList();
    }
  }

  private static Map<String, Path> finished(Path out) throws IOException {
    Map<String, Path> models = new TreeMap<>();
    for (Path file : files(out, "[0-9a-f]{8}\\.onnx")) {
      models.put(file.getFileName().toString(), file);
    }
    return models;
  }

  private static Map<String, String> digests(Path out) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    finished(out).forEach((name, f) -> digests.put(name, Models.digest(Models.load(f.toString()))));
    return digests;
  }

  private static List<Object> accuracies(Path out) {
    return RunStore.read(out).entries().stream().<Object>map(Entry::accuracy).toList();
  }
}
