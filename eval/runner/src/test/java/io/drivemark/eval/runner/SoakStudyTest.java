package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.evidence.driving.SoakRuns;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Soak;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network that runs alone at the camera's pace, by a clock that only moves where the engine works
 * or somebody waits.
 */
class SoakStudyTest {
  private static final long MS = 1_000_000;

  @TempDir static Path folder;

  /** Moves while the engine works, and where it is waited on. */
  private static final class Clock implements NanoClock {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanos() {
      return now.get();
    }

    @Override
    public void waitUntil(long time) {
      now.accumulateAndGet(time, Math::max);
    }

    void work(long nanos) {
      now.addAndGet(nanos);
    }
  }

  private static Study study(String driving) {
    try {
      Path file = folder.resolve("study.yaml");
      Files.writeString(
          file,
          """
          schema: drivemark-study/1
          datasets: [{name: synthdrive, count: 12, size: 32x48, split: test, options: {rate: 30, sequence: 12}}]
          models: [tiny]
          engines: [{name: onnxruntime, threads: 1}]
          size: 32x48
          driving: %s
          latency: {runs: 10}
          """
              .formatted(driving));
      return Study.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // pacedMs is what a run takes that came after a wait; another takes 20 ms
  private static StudyResult run(String driving, String out, long pacedMs, AtomicInteger runs) {
    Clock clock = new Clock();
    AtomicLong ended = new AtomicLong(-1);
    Yard.Watched engine =
        new Yard.Watched(
            i -> {
              runs.incrementAndGet();
              boolean waited = clock.nanos() != ended.get();
              clock.work((waited ? pacedMs : 20) * MS);
              ended.set(clock.nanos());
            });
    Sources sources = new Sources(Datasets::open, name -> TinyStudy.tiny(), name -> engine, clock);
    return new Runner(study(driving), folder.resolve(out), Progress.NONE, sources).run();
  }

  private static Soak soak(StudyResult result) {
    return result.entries().get(0).driving().flatMap(Driving::soak).orElseThrow();
  }

  private static final String PACED = "{warm-up: 0.1, delays: 4, pace: camera, pace-seconds: 2}";

  @Test
  void asTimedItHolds() {
    StudyResult result = run(PACED, "held", 20, new AtomicInteger());
    Soak soak = soak(result);
    assertEquals(60, soak.pictures());
    assertEquals(30, soak.camera());
    assertEquals(OptionalDouble.of(1), soak.same());
    assertTrue(soak.holds());
    assertEquals(20, soak.measured().runMs(), 1e-9);
    assertEquals(0, soak.measured().leftOut());
    assertEquals(1000 / 30.0 + 20, soak.measured().peakMaxMs().orElseThrow(), 1e-5);
    assertEquals(result, RunStore.read(folder.resolve("held")));
  }

  @Test
  void aProcessorThatRestsBetweenPicturesIsFoundOut() {
    StudyResult result = run(PACED, "rested", 90, new AtomicInteger());
    Soak soak = soak(result);
    assertEquals(20, soak.simulated().runMs(), 1e-9);
    assertFalse(soak.holds());
    assertTrue(soak.measured().leftOut() > 0);
    assertTrue(soak.measured().missed() > 0);
    assertEquals(0, soak.simulated().missed());
    Entry entry = result.entries().get(0);
    assertEquals(20, entry.speed().orElseThrow().endToEnd().mean(), 1e-9, "not on the timed board");
    assertEquals(result, RunStore.read(folder.resolve("rested")));
  }

  @Test
  void theSameRunAgainRunsNothing() {
    StudyResult first = run(PACED, "again", 20, new AtomicInteger());
    AtomicInteger runs = new AtomicInteger();
    StudyResult second = run(PACED, "again", 20, runs);
    assertEquals(0, runs.get());
    assertEquals(soak(first), soak(second));
    StudyResult longer =
        run(PACED.replace("pace-seconds: 2", "pace-seconds: 3"), "again", 20, runs);
    assertEquals(3 + 90, runs.get(), "three untimed, then each picture");
    assertEquals(90, soak(longer).pictures());
    StudyResult without = run("{warm-up: 0.1, delays: 4}", "again", 20, runs);
    assertEquals(Optional.empty(), without.entries().get(0).driving().orElseThrow().soak());
    assertEquals(3 + 90, runs.get());
    assertEquals(without, RunStore.read(folder.resolve("again")));
  }

  @Test
  void changedRunsAreRefused() throws IOException {
    StudyResult result = run(PACED, "changed", 20, new AtomicInteger());
    Path cell = folder.resolve("changed").resolve(result.entries().get(0).folder());
    Path file = cell.resolve(SoakRuns.FILE);
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("(?m)^(30.0,latest,.*)\\d$", "$19"));
    assertNotEquals(text, Files.readString(file));
    assertEquals(
        cell.resolve("record.json")
            + ": this record cannot be trusted: evidence/soak.csv has been changed since; remove"
            + " the folder "
            + cell
            + " to measure it again",
        assertThrows(BadInputException.class, () -> RunStore.read(folder.resolve("changed")))
            .getMessage());
  }
}
