package io.drivemark.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What more executors gain, real data with a death, and a range that kills whoever takes it. */
@Tag("slow")
class SparkLongTest {
  @TempDir Path folder;
  private TestCluster cluster;

  @BeforeEach
  void start() {
    cluster = new TestCluster(folder.resolve("cluster"));
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private JavaSparkContext connect(Path study) {
    JavaSparkContext spark = cluster.connect(new SparkArguments(study, folder, 1));
    cluster.awaitExecutors(spark);
    return spark;
  }

  /** An engine that sleeps: executors gain at least 0.8 times their number. */
  @Test
  void twoExecutorsAreMoreThanOneAndAHalfTimesAsFast() {
    int frames = 120;
    Path study = new SparkYard(folder.resolve("yard"), frames, -1).study("plain");
    cluster.moods().set("sleep", "100");
    try (JavaSparkContext spark = connect(study)) {
      // As long as one executor takes: its first run opens the network, too.
      long alone = timed(spark, study, "alone", 1);
      long together = timed(spark, study, "together", 4);
      double gain = (double) alone / together;
      String words =
          String.format(
              Locale.ROOT,
              "2 executors are %.2f times as fast as one (%.1f s, %.1f s)",
              gain,
              alone / 1e9,
              together / 1e9);
      System.out.println(words);
      assertTrue(gain >= 0.8 * TestCluster.WORKERS.size(), words);
    }
  }

  private long timed(JavaSparkContext spark, Path study, String out, int ranges) {
    long begun = System.nanoTime();
    OnCluster run = OnCluster.run(spark, study, folder.resolve(out), ranges);
    long nanos = System.nanoTime() - begun;
    assertEquals(0, run.code(), run.err());
    return nanos;
  }

  /**
   * Spark gives a job up when one of its tasks has ended four executors; the other ranges go on.
   */
  @Test
  void aRangeThatKillsWhoeverTakesItIsNamedAndTheRestIsMeasured() throws IOException {
    Path study = new SparkYard(folder.resolve("yard"), 14, 5).study("plain");
    Path out = folder.resolve("out");
    cluster.moods().set("halt", "");
    try (JavaSparkContext spark = connect(study)) {
      OnCluster run = OnCluster.run(spark, study, out, 7);
      assertEquals(1, run.code(), run.err());
      List<String> failed = run.err().lines().filter(line -> line.startsWith("failed: ")).toList();
      assertEquals(1, failed.size(), run.err());
      assertTrue(
          failed
              .get(0)
              .startsWith(
                  "failed: "
                      + SparkYard.PLAIN
                      + ", frames 5 to 6 of 14: worker spark: Spark gave it up: "),
          run.err());
      assertTrue(failed.get(0).contains("ExecutorLostFailure"), run.err());
      cluster.moods().clear();
      cluster.awaitExecutors(spark);
      OnCluster again = OnCluster.run(spark, study, out, 7);
      assertEquals(0, again.code(), again.err());
      assertTrue(again.err().contains("range 1 of 1: " + SparkYard.PLAIN), again.err());
    }
    assertEquals(CellFiles.alone(study, folder.resolve("alone")), CellFiles.of(out));
    assertTrue(Files.exists(out.resolve("results.json")));
  }

  @Test
  void camvidWithAKilledExecutorIsThatOfOneMachine() throws IOException {
    Path root = SharedData.require("data/camvid");
    Path study =
        Files.writeString(
            folder.resolve("camvid.yaml"),
            """
            schema: drivemark-study/1
            datasets: [{name: camvid, root: '%s', split: val}]
            models: [enet-camvid]
            engines: [{name: onnxruntime, threads: 1}]
            latency: off
            """
                .formatted(root));
    Path out = folder.resolve("out");
    AtomicInteger finished = new AtomicInteger();
    try (JavaSparkContext spark = connect(study)) {
      ProcessHandle victim = cluster.executors("b").get(0);
      OnCluster run =
          OnCluster.run(
              spark,
              study,
              out,
              7,
              line -> {
                if (line.startsWith("range ") && finished.incrementAndGet() == 2) {
                  assertTrue(victim.destroyForcibly());
                }
              });
      assertEquals(0, run.code(), run.err());
      assertEquals(7, finished.get());
    }
    Path alone = folder.resolve("alone");
    Runner.run(Study.read(study), alone, Progress.NONE);
    assertEquals(CellFiles.of(alone), CellFiles.of(out));
  }
}
