package io.drivemark.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.MergedRun;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.shard.ShardDesk;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerSpeculativeTaskSubmitted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Studies on a real cluster of a master, two workers and their executors, all of them processes.
 */
class SparkStudyTest {
  private static final int FRAMES = 14;

  @TempDir static Path shared;
  private static SparkYard yard;
  private static TestCluster cluster;
  private static JavaSparkContext spark;
  private static Map<String, String> both;
  private static Map<String, String> plain;

  @TempDir Path folder;
  private Path study;

  @BeforeAll
  static void connect() {
    yard = new SparkYard(shared.resolve("yard"), FRAMES, 5);
    cluster = new TestCluster(shared);
    spark = cluster.connect(new SparkArguments(yard.study("plain"), shared, 1));
    both = CellFiles.alone(yard.study("plain", "biased"), shared.resolve("both"));
    plain = CellFiles.alone(yard.study("plain"), shared.resolve("plain"));
  }

  @AfterAll
  static void end() {
    try {
      if (spark != null) {
        spark.close();
      }
    } finally {
      if (cluster != null) {
        cluster.close();
      }
    }
  }

  @BeforeEach
  void calm() {
    study = yard.study("plain");
    cluster.moods().clear();
    cluster.awaitExecutors(spark);
  }

  private OnCluster plain(int ranges) {
    return OnCluster.run(spark, study, folder.resolve("out"), ranges);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void anyNumberOfRangesGivesTheBytesOfOneMachine(int ranges) {
    Path out = folder.resolve("out");
    OnCluster run = OnCluster.run(spark, yard.study("plain", "biased"), out, ranges);
    assertEquals(0, run.code(), run.err());
    assertEquals(both, CellFiles.of(out));
    int units = 2 * Math.min(ranges, FRAMES);
    assertTrue(run.err().contains("range " + units + " of " + units + ": "), run.err());
    assertTrue(
        run.out()
            .contains(
                "Results of 2 entries: "
                    + out.resolve("results.json")
                    + "; 'drivemark report "
                    + out
                    + "' writes the report."),
        run.out());
  }

  /** Whatever tasks come, a process opens a network once and closes it when it opens another. */
  @Test
  void networksStayOpenForTheNextRange() {
    cluster.moods().set("sleep", "30");
    plain(7);
    assertEquals(List.of(List.of("opened plain"), List.of("opened plain")), opened());
    OnCluster.run(spark, yard.study("biased"), folder.resolve("next"), 7);
    List<String> both = List.of("opened plain", "closed plain", "opened biased");
    assertEquals(List.of(both, both), opened());
  }

  /** What processes opened and closed since, without networks of a test before. */
  private static List<List<String>> opened() {
    return cluster.moods().noted().stream()
        .map(process -> process.stream().dropWhile(line -> line.startsWith("closed")).toList())
        .toList();
  }

  @Test
  void anExecutorThatIsKilledCostsTimeAlone() {
    cluster.moods().set("sleep", "60");
    ProcessHandle victim = cluster.executors("a").get(0);
    AtomicInteger finished = new AtomicInteger();
    OnCluster run =
        OnCluster.run(
            spark,
            yard.study("plain", "biased"),
            folder.resolve("out"),
            6,
            line -> {
              if (line.startsWith("range ") && finished.incrementAndGet() == 3) {
                assertTrue(victim.destroyForcibly());
              }
            });
    assertFalse(victim.isAlive());
    assertEquals(12, finished.get());
    assertEquals(0, run.code(), run.err());
    assertEquals(both, CellFiles.of(folder.resolve("out")));
  }

  @Test
  void rangesThatComeTwiceAreHarmless() {
    Path out = folder.resolve("out");
    WorkList list = ShardedRun.share(Study.read(study), out, 5, ShardedRun.SILENCE, Progress.NONE);
    ShardDesk desk = new ShardDesk(out, list);
    List<WorkUnit> twice = new ArrayList<>(desk.open());
    twice.addAll(desk.open());
    List<String> said = new ArrayList<>();
    assertEquals(Map.of(), new RangeJobs(spark, list, desk, said::add).measure(twice));
    assertEquals(10, said.size(), said::toString);
    MergedRun merged = ShardedRun.merge(out, Optional.empty(), Progress.NONE);
    assertEquals(List.of(), merged.outcome().disagreements());
    assertEquals(plain, CellFiles.of(out));
  }

  /** Spark starts what is slow on one executor a second time on the other. */
  @Test
  void tasksThatSparkRepeatsAreHarmless() {
    AtomicInteger repeated = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onSpeculativeTaskSubmitted(SparkListenerSpeculativeTaskSubmitted task) {
            repeated.incrementAndGet();
          }
        };
    spark.sc().addSparkListener(listener);
    cluster.moods().set("sleep", "5");
    cluster.moods().set("sleep-b", "1500");
    OnCluster run = plain(6);
    spark.sc().removeSparkListener(listener);
    assertEquals(0, run.code(), run.err());
    assertTrue(repeated.get() > 0, run.err());
    assertEquals(plain, CellFiles.of(folder.resolve("out")));
  }

  @Test
  void anExecutorThatCalculatesOtherwiseIsFoundAndNamed() {
    cluster.moods().set("skew-b", "");
    cluster.moods().set("sleep", "40");
    OnCluster run = plain(7);
    assertEquals(1, run.code());
    String found =
        run.err()
            .lines()
            .filter(line -> line.startsWith("finding: "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(run.err()));
    assertTrue(
        found.startsWith(
            "finding: "
                + SparkYard.PLAIN
                + ": workers disagree on the canary: worker 127.0.0.1-executor-"),
        found);
    for (String worker : TestCluster.WORKERS) {
      long pid = cluster.executors(worker).get(0).pid();
      assertTrue(found.matches(".*-executor-[0-9]+-" + pid + " \\(.*"), found);
    }
    assertEquals(Map.of(), CellFiles.of(folder.resolve("out")), "nothing is written");
  }

  @Test
  void aFrameThatFailsIsNamedAndTheRestIsKept() throws IOException {
    cluster.moods().set("fail", "");
    OnCluster run = plain(7);
    assertEquals(1, run.code());
    String failed =
        run.err()
            .lines()
            .filter(line -> line.startsWith("failed: "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(run.err()));
    assertTrue(
        failed.startsWith(
            "failed: " + SparkYard.PLAIN + ", frames 5 to 6 of 14: worker 127.0.0.1-executor-"),
        failed);
    assertTrue(
        failed.endsWith(
            ": frame frame005: engine moody failed while it ran network plain at 12x20: too bright;"
                + " try another engine, or a smaller size if memory is short"),
        failed);
    assertTrue(run.err().contains("frames 5 to 6 of 14 are missing (worker "), run.err());
    assertFalse(Files.exists(folder.resolve("out/results.json")));
    cluster.moods().clear();
    OnCluster again = plain(7);
    assertEquals(0, again.code(), again.err());
    assertTrue(again.err().contains("range 1 of 1: " + SparkYard.PLAIN), again.err());
    assertEquals(plain, CellFiles.of(folder.resolve("out")));
  }

  /** It fails at once and so takes most ranges; all of them are measured by the other one. */
  @Test
  void anExecutorThatCanMeasureNothingStopsNobody() {
    cluster.moods().set("missing-b", "");
    cluster.moods().set("sleep", "40");
    OnCluster run = plain(7);
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.err()
            .contains(": engine moody cannot run here: it is in no mood; ask another executor"),
        run.err());
    assertEquals(plain, CellFiles.of(folder.resolve("out")));
  }

  @Test
  void whatHangsOnManyFramesStaysWithTheDriver() throws IOException {
    Path drives =
        Files.writeString(
            folder.resolve("driving.yaml"),
            """
            schema: drivemark-study/1
            datasets:
              - {name: synthdrive, split: test, options: {count: 10, size: 24x32, sequence: 5, rate: 30}}
            models: [espnet-synthdrive]
            engines: [{name: moody, threads: 1}]
            latency: {runs: 10}
            driving: {warm-up: 0.1, delays: 3, between: 1}
            """);
    Path out = folder.resolve("out");
    OnCluster run = OnCluster.run(spark, drives, out, 7);
    assertEquals(0, run.code(), run.err());
    assertEquals(List.of(), cluster.moods().noted(), "no executor measured");
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines
            .get(0)
            .endsWith(
                ": 10 frames, measured by this process: late answers are held against many frames"
                    + " before them"),
        run.out());
    assertEquals(
        List.of(
            "Results of 1 entry: "
                + out.resolve("results.json")
                + "; 'drivemark report "
                + out
                + "' writes the report.",
            "Speed is one machine's and was not measured: 'drivemark run "
                + drives
                + " --out "
                + out
                + "' measures it there."),
        lines.subList(1, lines.size()));
    Path other = folder.resolve("alone");
    Runner.run(Study.read(drives).withLatency(Optional.empty()), other, Progress.NONE);
    assertEquals(CellFiles.of(other), CellFiles.of(out));
  }

  /** As a user starts it, in a driver of its own, beside the other application. */
  @Test
  void sparkSubmitRunsIt() throws Exception {
    Path out = folder.resolve("out");
    Process driver = submit("submit", study, "--out", out.toString(), "--ranges", "3");
    int code = driver.waitFor();
    String log = cluster.log("submit");
    assertEquals(0, code, log);
    assertTrue(log.contains("range 3 of 3: " + SparkYard.PLAIN), log);
    assertTrue(log.contains("Results of 1 entry: " + out.resolve("results.json")), log);
    assertEquals(plain, CellFiles.of(out));
    assertEquals(3, measuredByExecutors(out), log);
    cluster.await(
        "closed network",
        () ->
            cluster.moods().noted().stream()
                .allMatch(process -> process.equals(List.of("opened plain", "closed plain"))));
    Process wrong = submit("wrong", folder.resolve("nothing.yaml"), "--out", out.toString());
    assertEquals(2, wrong.waitFor(), () -> cluster.log("wrong"));
    assertTrue(cluster.log("wrong").contains("SparkRun: "), () -> cluster.log("wrong"));
  }

  /** How many ranges the file of workers says that executors measured. */
  private static long measuredByExecutors(Path out) throws IOException {
    try (Stream<Path> all = Files.walk(out.resolve("cells"))) {
      Path file = all.filter(path -> path.endsWith("workers.csv")).findFirst().orElseThrow();
      return Files.readAllLines(file).stream()
          .filter(line -> line.contains("127.0.0.1-executor-"))
          .count();
    }
  }

  private Process submit(String log, Path study, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--master", cluster.url()));
    arguments.addAll(List.of("--class", "io.drivemark.spark.SparkRun"));
    cluster
        .settings()
        .forEach((name, value) -> arguments.addAll(List.of("--conf", name + "=" + value)));
    arguments.addAll(List.of("spark-internal", study.toString()));
    arguments.addAll(List.of(more));
    return cluster.start(log, "", "org.apache.spark.deploy.SparkSubmit", arguments);
  }
}
