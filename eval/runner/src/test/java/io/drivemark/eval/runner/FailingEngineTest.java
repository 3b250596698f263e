package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.OperatorProfiler;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Transpose;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a study when an engine fails while it runs. */
class FailingEngineTest {
  private static final String ADVICE = "; try another engine, or a smaller size if memory is short";
  private static final int IN_TIMING = Yard.RUNS + 1;

  @TempDir Path folder;
  private Path yaml;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
  }

  /** An installed engine that fails on networks of these names from their n-th run on. */
  private static final class Failing extends Yard.Watched {
    private final Map<String, Integer> from;
    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
    private final RuntimeException failure;
    private boolean profilerFails;

    Failing(Map<String, Integer> from, RuntimeException failure) {
      super(i -> {});
      this.from = from;
      this.failure = failure;
    }

    @Override
    void beforeRun(Network network) {
      int last = from.getOrDefault(network.name(), Integer.MAX_VALUE);
      AtomicInteger count = runs.computeIfAbsent(network.name(), n -> new AtomicInteger());
      if (count.getAndIncrement() >= last) {
        throw failure;
      }
    }

    @Override
    public Optional<OperatorProfiler> profiler() {
      return Optional.of(
          (network, height, width, options, runs) -> {
            if (profilerFails && network.name().equals("biased")) {
              throw new IllegalStateException("profiling broke");
            }
            return Engines.named("onnxruntime")
                .profiler()
                .orElseThrow()
                .profile(network, height, width, options, runs);
          });
    }
  }

  private StudyResult run(Failing engine, LatencySpec latency, String... models) {
    Study study = Yard.study(yaml, List.of(models)).withLatency(Optional.of(latency));
    StudyResult result =
        new Runner(study, folder.resolve("out"), Progress.NONE, Yard.sources(name -> engine)).run();
    assertEquals(0, engine.open.get(), "every session is closed");
    return result;
  }

  private static Failing failing(Map<String, Integer> from) {
    return new Failing(from, new IllegalStateException("device lost"));
  }

  private static String lost(String network) {
    return "engine onnxruntime failed while it ran network "
        + network
        + " at 12x20: device lost"
        + ADVICE;
  }

  private static void assertComplete(Entry entry) {
    assertEquals(List.of(), entry.issues(), entry.model().name());
    assertTrue(entry.complete(), entry.model().name());
    assertEquals(10, entry.speed().orElseThrow().endToEnd().count());
  }

  @Test
  void aNetworkThatARealEngineFailsOnIsAnIssueAndTheOthersAreComplete() {
    NetworkBuilder b = new NetworkBuilder("broken", 1);
    String largest = b.add("largest", new ArgMax(1, false), b.input("image", 3));
    String data = b.constant("data", Tensor.of(Shape.of(2, 3), new float[6]));
    String rows =
        b.add("lookup", new Gather(0), data, b.add("flat", new Reshape(List.of(-1)), largest));
    String image = b.add("image.rows", new Reshape(List.of(1, 12, 20, 3)), rows);
    Network network = b.build(b.add("scores", new Transpose(List.of(0, 3, 1, 2)), image));
    Model plain = Yard.model("plain", 0);
    Model broken = new Model(plain.spec().withName("broken"), network);
    Map<String, Model> models =
        Map.of("plain", plain, "broken", broken, "biased", Yard.model("biased", 40));
    Study study =
        Yard.study(yaml, List.of("broken", "plain", "biased"))
            .withLatency(Optional.of(new LatencySpec(10)));
    StudyResult result =
        new Runner(
                study,
                folder.resolve("out"),
                Progress.NONE,
                new Sources(Datasets::open, models::get, Engines::named, NanoClock.SYSTEM))
            .run();
    assertEquals(
        List.of(
            "frame frame0: engine onnxruntime failed while it ran network broken at 12x20: Error code"
                + " - ORT_INVALID_ARGUMENT - message: Non-zero status code returned while running"
                + " Gather node. Name:'lookup' Status Message: indices element out of data bounds,"
                + " idx=2 must be within the inclusive range [-2,1]"
                + ADVICE),
        result.entries().get(0).issues());
    assertTrue(result.entries().get(0).accuracy().isEmpty());
    assertComplete(result.entries().get(1));
    assertComplete(result.entries().get(2));
    assertEquals(1, result.exitCode());
  }

  @Test
  void whateverAnEngineThrowsWhileAccuracyIsMeasuredIsAnIssueOfItsCell() {
    Failing engine = failing(Map.of("biased", 3));
    StudyResult result = run(engine, new LatencySpec(10), "plain", "biased", "bushy");
    assertEquals(List.of("frame frame3: " + lost("biased")), result.entries().get(1).issues());
    assertComplete(result.entries().get(0));
    assertComplete(result.entries().get(2));
    assertEquals(1, result.exitCode());
  }

  @Test
  void whoFailsInARotationKeepsItsAccuracyAndTheOthersTheirLatency() {
    for (int at : new int[] {IN_TIMING, IN_TIMING + 20}) {
      Failing engine = failing(Map.of("biased", at));
      StudyResult result = run(engine, new LatencySpec(10), "plain", "biased", "bushy");
      Entry failed = result.entries().get(1);
      assertEquals(List.of("latency not measured: " + lost("biased")), failed.issues());
      assertTrue(failed.accuracy().isPresent());
      assertTrue(failed.speed().isEmpty());
      assertComplete(result.entries().get(0));
      assertComplete(result.entries().get(2));
      assertEquals(1, result.exitCode());
    }
    StudyResult mended = run(failing(Map.of()), new LatencySpec(10), "plain", "biased", "bushy");
    assertEquals(0, mended.exitCode(), "what is missing is measured, the rest is kept");
    mended.entries().forEach(FailingEngineTest::assertComplete);
  }

  @Test
  void whereTheReferenceFailsTheNextIsTheReference() {
    Failing engine = failing(Map.of("plain", IN_TIMING + 20, "biased", IN_TIMING + 5));
    StudyResult result = run(engine, new LatencySpec(10), "plain", "biased", "bushy", "green");
    assertEquals(
        List.of("latency not measured: " + lost("plain")), result.entries().get(0).issues());
    assertEquals(
        List.of("latency not measured: " + lost("biased")), result.entries().get(1).issues());
    for (Entry entry : result.entries().subList(2, 4)) {
      assertComplete(entry);
      Speed.Rotation rotation = entry.speed().orElseThrow().rotation().orElseThrow();
      assertTrue(rotation.reference().startsWith("bushy on yard/val"), rotation.reference());
      assertEquals(
          "bushy", entry.speed().orElseThrow().control().orElseThrow().model().split(" ")[0]);
    }
    assertEquals(1, result.exitCode());
  }

  @Test
  void aReferenceThatFailsInALaterRotationKeepsItsLatencyAndIsNotHidden() {
    LatencySpec latency = new LatencySpec(10).withGroup(3);
    run(failing(Map.of("green", IN_TIMING)), latency, "plain", "biased", "bushy", "green");
    Failing engine = failing(Map.of("plain", 2));
    StudyResult result = run(engine, latency, "plain", "biased", "bushy", "green");
    assertEquals(
        List.of("not timed as reference of a rotation: " + lost("plain")),
        result.entries().get(0).issues());
    assertEquals(10, result.entries().get(0).speed().orElseThrow().endToEnd().count());
    result.entries().subList(1, 4).forEach(FailingEngineTest::assertComplete);
    Speed.Rotation last = result.entries().get(3).speed().orElseThrow().rotation().orElseThrow();
    assertTrue(last.reference().startsWith("biased on yard/val"), last.reference());
    assertEquals(1, result.exitCode());
  }

  @Test
  void aProfilerThatFailsIsAnIssueAndTheOthersAreLookedAt() {
    Failing engine = failing(Map.of());
    engine.profilerFails = true;
    StudyResult result =
        run(engine, new LatencySpec(10).withOperators(true), "plain", "biased", "bushy");
    assertEquals(
        List.of(
            "operators not timed: engine onnxruntime failed while it ran network biased at 12x20:"
                + " profiling broke"
                + ADVICE),
        result.entries().get(1).issues());
    for (int i : new int[] {0, 2}) {
      assertComplete(result.entries().get(i));
      assertTrue(!result.entries().get(i).speed().orElseThrow().operators().isEmpty());
    }
    assertEquals(1, result.exitCode());
  }

  @Test
  void lackOfMemoryForOneNetworkIsAnIssueOfItsCell() {
    Yard.Watched engine =
        new Yard.Watched(
            i -> {
              if (i == 2) {
                throw new OutOfMemoryError("Cannot reserve 99 bytes of direct buffer memory");
              }
            });
    Study study = Yard.study(yaml, List.of("plain", "biased"));
    StudyResult result =
        new Runner(study, folder.resolve("out"), Progress.NONE, Yard.sources(name -> engine)).run();
    assertEquals(
        List.of(
            "frame frame2: engine onnxruntime failed while it ran network plain at 12x20: out of"
                + " memory (Cannot reserve 99 bytes of direct buffer memory)"
                + ADVICE),
        result.entries().get(0).issues());
    assertTrue(result.entries().get(1).complete());
  }
}
