package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.shard.lease.SharedFiles;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.tasks.WorkerPool;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers as processes, one of which is killed, and what more of them gain. */
@Tag("slow")
class ShardedProcessesTest {
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final Pattern ANY = Pattern.compile(".*");
  private static final Pattern SHARD = Pattern.compile("[0-9]{6,}-[0-9]{6,}-.*");

  @TempDir Path folder;

  private Study study(int frames) throws IOException {
    Path data = folder.resolve("data");
    Path yaml = Yard.write(data);
    for (int i = Yard.FRAMES; i < frames; i++) {
      for (String of : List.of("val", "valannot")) {
        Path from = data.resolve(of).resolve("frame" + i % Yard.FRAMES + ".png");
        Files.copy(from, from.resolveSibling("frame" + i + ".png"));
      }
    }
    return Yard.study(yaml, List.of("plain", "biased"));
  }

  private Process start(Path out, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ShardProcess.class.getName(),
            out.toString(),
            name,
            "100")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".txt").toFile())
        .start();
  }

  /** Only names are read: workers write and rename files meanwhile. */
  private static long shards(Path out) {
    Path shards = out.resolve("shards");
    return SharedFiles.named(shards, ANY).stream()
        .mapToLong(cell -> SharedFiles.named(cell, SHARD).size())
        .sum();
  }

  @Test
  void aProcessThatIsKilledCostsTimeAlone() throws Exception {
    Study study = study(48);
    Path out = folder.resolve("out");
    ShardedRun.share(study, out, 6, SILENCE, Progress.NONE, Yard.sources());
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      workers.add(start(out, "w" + i));
    }
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (shards(out) < 2 && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    Process first = workers.remove(0);
    assertTrue(first.isAlive(), () -> log("w0"));
    first.destroyForcibly().waitFor();
    for (Process worker : workers) {
      assertTrue(worker.waitFor(3, TimeUnit.MINUTES), "a worker does not end");
      assertEquals(0, worker.exitValue(), () -> log("w1") + log("w2"));
    }
    MergedRun merged = ShardedRun.merge(out, Optional.empty(), Progress.NONE, Yard.sources());
    assertEquals(List.of(), merged.outcome().disagreements());
    Path alone = folder.resolve("alone");
    new Runner(study, alone, Progress.NONE, Yard.sources()).run();
    assertEquals(CellTrees.of(alone), CellTrees.of(out));
  }

  private String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /**
   * One cell of 96 frames, an engine that sleeps: workers gain at least 0.8 times their number, the
   * best of three times, since other programs may be at work.
   */
  @Test
  void fourWorkersAreMoreThanThreeTimesAsFast() throws IOException {
    Study one = study(96).withModels(Study.named(List.of("plain")));
    double gain = 0;
    for (int time = 0; time < 3 && gain < 0.8 * 4; time++) {
      gain = Math.max(gain, gain(one, Integer.toString(time)));
    }
    assertTrue(gain >= 0.8 * 4, "4 workers are " + gain + " times as fast as one");
  }

  private double gain(Study one, String time) {
    long alone = System.nanoTime();
    new Runner(one, folder.resolve("alone" + time), Progress.NONE, sleeping()).run();
    alone = System.nanoTime() - alone;
    Path out = folder.resolve("out" + time);
    ShardedRun.share(one, out, 4, SILENCE, Progress.NONE, Yard.sources());
    long together = System.nanoTime();
    try (WorkerPool pool = new WorkerPool("workers", 4)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String name = "w" + i;
        all.add(
            pool.submit(
                () ->
                    ShardedRun.worker(
                            out,
                            Optional.empty(),
                            name,
                            Optional.empty(),
                            false,
                            Progress.NONE,
                            sleeping())
                        .run()
                        .finished()));
      }
      assertEquals(4, all.stream().mapToInt(WorkerPool::result).sum());
    }
    together = System.nanoTime() - together;
    return (double) alone / together;
  }

  private static io.drivemark.eval.runner.plan.Sources sleeping() {
    Yard.Watched slow = new Yard.Watched(i -> ShardProcess.sleep(60));
    return Yard.sources(name -> slow);
  }
}
