package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training in a process of its own is killed without warning, and the same command goes on. */
@DisabledOnOs(OS.WINDOWS)
class TrainKillTest {
  private static final int EPOCHS = 6;

  @TempDir Path folder;

  @Test
  void aKilledTrainingEndsWithTheWeightsOfAnUndisturbedOne() throws Exception {
    Path undisturbed = Files.createDirectories(folder.resolve("undisturbed")).resolve("net.onnx");
    Invocation.of(command(undisturbed)).fine();

    Path killed = Files.createDirectories(folder.resolve("killed")).resolve("net.onnx");
    int before = killAfterTheFirstEpoch(killed);
    assertTrue(before >= 1 && before < EPOCHS, "epochs before the kill: " + before);
    assertFalse(Files.exists(killed), "the model is written at the end alone");

    Invocation continued = Invocation.of(command(killed)).fine();
    assertFalse(
        continued.err().contains("epoch 1/" + EPOCHS),
        () -> "started anew instead of going on: " + continued.err());
    assertEquals(EPOCHS, epochs(killed));
    assertEquals(
        Models.digest(Models.load(undisturbed.toString())),
        Models.digest(Models.load(killed.toString())));
  }

  private int killAfterTheFirstEpoch(Path out) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Dai.djl.offline=true");
    line.add("-DOPT_OUT_TRACKING=true");
    line.add("-cp");
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add("io.drivemark.cli.Main");
    line.addAll(List.of(command(out)));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (epochs(out) == 0 && process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(2);
    }
    boolean wasAlive = process.isAlive();
    process.destroyForcibly().waitFor();
    assertTrue(wasAlive, "ended by itself: " + Files.readString(log));
    return epochs(out);
  }

  private static int epochs(Path out) throws IOException {
    Path history = Path.of(out + ".checkpoint.history.jsonl");
    return Files.exists(history) ? Files.readAllLines(history).size() : 0;
  }

  private static String[] command(Path out) {
    return new String[] {
      "train",
      "--architecture=skipnet-mobilenet",
      "--option=width=0.125",
      "--dataset=synthdrive",
      "--data-option=count=16",
      "--data-option=size=64x96",
      "--crop=64x96",
      "--batch=2",
      "--epochs=" + EPOCHS,
      "--evaluate-every=1",
      "--threads=1",
      "--out=" + out
    };
  }
}
