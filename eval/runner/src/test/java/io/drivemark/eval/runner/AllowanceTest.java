package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.tasks.Allowance;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may not be begun is left out, with the reason. */
class AllowanceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private int cells;
  private int rotations;

  private StudyResult run(int mostCells, int mostRotations) {
    Study study =
        Yard.study(Yard.write(folder.resolve("data")), List.of("plain", "biased", "bushy"))
            .withLatency(Optional.of(new LatencySpec(10).withGroup(3)));
    Allowance allowance =
        work ->
            switch (work) {
              case ACCURACY -> cells++ < mostCells ? Optional.empty() : Optional.of("it is late");
              case LATENCY ->
                  rotations++ < mostRotations ? Optional.empty() : Optional.of("it is late");
            };
    return new Runner(
            study, folder.resolve("out"), Progress.NONE, Yard.sources(), allowance, () -> NOW)
        .run();
  }

  @Test
  void cellsThatMayNotBeBegunAreNotMeasured() {
    StudyResult result = run(2, 9);
    Entry last = result.entries().get(2);
    assertEquals(List.of("not measured: it is late"), last.issues());
    assertEquals(Optional.empty(), last.accuracy());
    assertFalse(last.complete());
    assertTrue(result.entries().get(1).speed().isPresent());
    assertEquals(NOW, result.started());
    assertEquals(1, result.exitCode());
  }

  @Test
  void rotationsThatMayNotBeBegunAreNotTimed() {
    StudyResult result = run(9, 1);
    assertTrue(result.entries().get(0).speed().isPresent());
    assertTrue(result.entries().get(1).speed().isPresent());
    Entry last = result.entries().get(2);
    assertEquals(List.of("latency not measured: it is late"), last.issues());
    assertTrue(last.accuracy().isPresent());
    assertEquals(Optional.empty(), last.speed());
  }
}
