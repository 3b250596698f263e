package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  @TempDir Path folder;

  @Test
  void aRunKilledInTheMiddleContinuesWithTheSameBits() throws Exception {
    Path yaml = Yard.write(folder.resolve("data"));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                KilledRun.class.getName(),
                yaml.toString(),
                out.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (finishedCells(out) == 0 && process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    boolean wasAlive = process.isAlive();
    process.destroyForcibly().waitFor();
    assertTrue(wasAlive, () -> "ended with " + process.exitValue() + ": " + log());
    assertEquals(1, finishedCells(out));
    assertFalse(Files.exists(out.resolve(RunStore.RESULTS)));

    Study study = Yard.study(yaml, List.of("plain", "biased"));
    Yard.Watched counting = new Yard.Watched(i -> {});
    StudyResult continued =
        new Runner(study, out, Progress.NONE, Yard.sources(name -> counting)).run();
    assertEquals(Yard.RUNS, counting.inferences.get(), "only the unfinished cell is run");
    StudyResult undisturbed =
        new Runner(study, folder.resolve("other"), Progress.NONE, Yard.sources()).run();
    assertEquals(
        undisturbed.entries().stream().map(Entry::accuracy).toList(),
        continued.entries().stream().map(Entry::accuracy).toList());
    assertEquals(continued, RunStore.read(out));
  }

  private static long finishedCells(Path out) throws IOException {
    Path cells = out.resolve("cells");
    if (!Files.isDirectory(cells)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(cells)) {
      return all.filter(p -> !p.getFileName().toString().startsWith(".")).count();
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
