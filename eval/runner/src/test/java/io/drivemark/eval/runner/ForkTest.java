package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.fork.ForkPlan;
import io.drivemark.eval.runner.record.fork.ForkTimes;
import io.drivemark.eval.runner.store.ForkStore;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.timing.Fork;
import io.drivemark.eval.runner.timing.ForkRotations;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finished study is timed again in a folder of its own. */
class ForkTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private StudyResult study;
  private Path fork;

  @BeforeEach
  void runStudy() {
    Path yaml = Yard.write(folder.resolve("data"));
    study =
        new Runner(
                Yard.study(yaml, List.of("plain", "biased", "bushy"))
                    .withLatency(Optional.of(new LatencySpec(10).withGroup(3))),
                folder.resolve("out"),
                Progress.NONE,
                Yard.sources())
            .run();
    fork = folder.resolve("out/forks/1");
  }

  private ForkTimes time(ForkPlan plan) {
    Fork.prepare(fork, plan);
    return new Fork(fork, Yard.sources(), () -> NOW, Progress.NONE).run();
  }

  private String cell(int index) {
    return study.entries().get(index).folder();
  }

  @Test
  void theSameRotationsAreTimedAgainWithoutAccuracy() throws IOException {
    List<List<String>> rotations = ForkRotations.of(study);
    assertEquals(List.of(List.of(cell(0), cell(1)), List.of(cell(0), cell(2))), rotations);
    ForkTimes times = time(new ForkPlan(study.study(), 7, rotations));
    assertEquals(List.of(), times.issues());
    assertEquals(NOW, times.started());
    StudyResult again = ForkStore.read(fork, study);
    assertEquals(rotations, ForkRotations.of(again));
    assertEquals(
        study.entries().stream().map(Entry::accuracy).toList(),
        again.entries().stream().map(Entry::accuracy).toList());
    for (int i = 0; i < 3; i++) {
      Speed first = study.entries().get(i).speed().orElseThrow();
      Speed second = again.entries().get(i).speed().orElseThrow();
      assertEquals(first.endToEnd().count(), second.endToEnd().count());
      assertNotEquals(first.rotation().orElseThrow().id(), second.rotation().orElseThrow().id());
      assertEquals(
          first.rotation().orElseThrow().referenceKey(),
          second.rotation().orElseThrow().referenceKey());
      try (Stream<Path> files = Files.list(fork.resolve(cell(i)))) {
        assertEquals(List.of("latency.csv"), files.map(p -> p.getFileName().toString()).toList());
      }
    }
  }

  @Test
  void someCellsAreTimedWithTheirReference() {
    assertEquals(List.of(List.of(cell(0), cell(2))), ForkRotations.among(study, List.of(cell(2))));
    assertEquals(List.of(List.of(cell(0))), ForkRotations.among(study, List.of(cell(0))));
    assertEquals(
        List.of(List.of(cell(0), cell(1)), List.of(cell(0), cell(2))),
        ForkRotations.among(study, List.of(cell(0), cell(1), cell(2))));
    assertEquals(List.of(), ForkRotations.among(study, List.of()));
  }

  @Test
  void aCellThatIsNoLongerTheSameIsAnIssueAndTheOthersGoOn() {
    ForkTimes times =
        time(new ForkPlan(study.study(), 1, List.of(List.of(cell(0), "cells/other", cell(1)))));
    assertEquals(
        List.of(
            "cells/other: not timed: what its numbers depend on is not what it was when the study"
                + " ran"),
        times.issues());
    assertEquals(
        List.of(cell(0), cell(1)),
        times.cells().stream().map(ForkTimes.CellTimes::folder).toList());
  }

  @Test
  void withoutItsReferenceARotationIsNotTimed() {
    ForkTimes times =
        time(new ForkPlan(study.study(), 1, List.of(List.of("cells/other", cell(1)))));
    assertEquals(2, times.issues().size());
    assertEquals(
        "cells/other: its rotation was not timed, for it is the reference", times.issues().get(1));
    assertEquals(List.of(), times.cells());
  }

  @Test
  void timesThatAreNotWhatTheRunsGiveAreRefused() throws IOException {
    time(new ForkPlan(study.study(), 1, ForkRotations.of(study)));
    Path runs = fork.resolve(cell(1)).resolve("latency.csv");
    Path other = fork.resolve(cell(2)).resolve("latency.csv");
    Files.write(runs, Files.readAllBytes(other));
    BadInputException e = assertThrows(BadInputException.class, () -> ForkStore.read(fork, study));
    assertEquals(
        fork.resolve("times.json")
            + ": the latency of "
            + cell(1)
            + " is not what its timed runs give; remove the folder "
            + fork
            + " to time it again",
        e.getMessage());
  }

  @Test
  void aForkThatWasKilledHasNoTimesAndBeginsAnew() {
    Fork.prepare(fork, new ForkPlan(study.study(), 1, ForkRotations.of(study)));
    Yard.Watched dying =
        new Yard.Watched(
            i -> {
              if (i == 60) {
                throw new AssertionError("killed");
              }
            });
    assertThrows(
        AssertionError.class,
        () -> new Fork(fork, Yard.sources(n -> dying), () -> NOW, Progress.NONE).run());
    assertFalse(Files.exists(fork.resolve("times.json")));
    assertEquals(3, new Fork(fork, Yard.sources(), () -> NOW, Progress.NONE).run().cells().size());
    assertTrue(Files.exists(fork.resolve("times.json")));
  }
}
