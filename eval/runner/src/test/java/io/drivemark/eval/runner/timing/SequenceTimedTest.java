package io.drivemark.eval.runner.timing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.inference.cue.CuedPipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.CuedCells;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.timing.Footage.Shot;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What timed runs of networks with cues go through, and how their times are told apart. */
class SequenceTimedTest {
  private static final long MS = 1_000_000;

  private static List<Cell> cells(int count, int sequence, String... cues) {
    StringBuilder models = new StringBuilder();
    for (int i = 0; i < cues.length; i++) {
      models.append(", {of: espnet-synthdrive, name: n%d, cues: [%s]}".formatted(i, cues[i]));
    }
    Study study =
        Study.parse(
            "study",
            """
            schema: drivemark-study/1
            datasets: [{name: synthdrive, count: %d, size: 48x64, options: {rate: 30, sequence: %d}}]
            models: [espnet-synthdrive%s]
            engines: [{name: onnxruntime, threads: 1}]
            size: 48x64
            """
                .formatted(count, sequence, models));
    return Plan.of(
            study,
            List.of(),
            new Sources(Datasets::open, Models::load, Engines::named, NanoClock.SYSTEM))
        .cells();
  }

  private static List<Integer> numbers(List<Cell> cells) {
    return Footage.of(cells).shots().stream().map(Shot::number).toList();
  }

  private static List<Integer> range(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  @Test
  void runsGoAlongAsManyPicturesAsTheWorkRepeatsAfter() {
    assertEquals(range(32), numbers(cells(80, 40, "{keyframes: {every: 2}}")));
    assertEquals(range(30), numbers(cells(80, 40, "{keyframes: {every: 3}}")));
    assertEquals(
        range(30), numbers(cells(80, 40, "{keyframes: {every: 2}}", "{keyframes: {every: 3}}")));
    assertEquals(range(18), numbers(cells(40, 20, "{keyframes: {every: 3}}")));
    assertEquals(range(5), numbers(cells(10, 5, "{keyframes: {every: 8}}")));
    Footage footage = Footage.of(cells(12, 6, "skip-if-still"));
    assertEquals(
        List.of(true, false, false, false, false, false),
        footage.shots().stream().map(Shot::begins).toList());
    assertEquals(1 / 30.0, footage.shots().get(1).seconds().orElseThrow());
  }

  @Test
  void theFirstDriveThatIsLongEnoughIsTaken() {
    List<Cell> cells = cells(44, 40, "{keyframes: {every: 2}}");
    assertEquals(cells.get(0).dataset().ids().subList(0, 32), Footage.of(cells).names());
  }

  @Test
  void withoutCuesThatRememberFramesStandApart() {
    List<Cell> alone = cells(40, 40);
    assertEquals(
        alone.get(0).dataset().ids().subList(0, LatencySpec.FRAMES), Footage.of(alone).names());
    List<Cell> cascade = cells(40, 40, "{cascade: {then: enet-synthdrive}}");
    List<String> spread = Footage.of(cascade).names();
    assertEquals(LatencySpec.GATED_FRAMES, spread.size());
    assertEquals(cascade.get(0).dataset().ids().get(38), spread.get(31));
    assertTrue(Footage.of(cascade).shots().stream().allMatch(Shot::begins));
  }

  @Test
  void aCellTakesTheRoomOfAllNetworksThatItRuns() {
    List<Cell> cells =
        cells(
            4,
            4,
            "{smooth: {keep: 0.5}}",
            "{ensemble: {with: [enet-synthdrive]}}",
            "{smooth: {keep: 0.2}}");
    assertEquals(1, Rotations.of(cells, 5).size());
    List<List<String>> four = new ArrayList<>();
    for (List<Cell> rotation : Rotations.of(cells, 4)) {
      four.add(rotation.stream().map(cell -> cell.model().spec().name()).toList());
    }
    assertEquals(
        List.of(List.of("espnet-synthdrive", "n0", "n1"), List.of("espnet-synthdrive", "n2")),
        four);
  }

  /** Each look at the clock takes a millisecond. */
  @Test
  void timesOfNetworksThatRanAreToldApartFromTheRest() {
    Cell cell = cells(8, 4, "{keyframes: {every: 2}}").get(1);
    AtomicLong now = new AtomicLong();
    NanoClock clock = () -> now.addAndGet(MS);
    try (CuedPipeline cued = CuedCells.open(cell, clock)) {
      SequenceTimed timed = new SequenceTimed(cued, Footage.of(List.of(cell)), clock);
      long[] withRun = {MS, MS, 3 * MS};
      long[] between = {0, 0, MS};
      for (int i = 0; i < 6; i++) { // round the corner
        assertArrayEquals(i % 2 == 0 ? withRun : between, timed.run(), "run " + i);
        assertEquals(OptionalInt.of(i % 4), timed.frame());
      }
      timed.run();
      timed.restart();
      assertArrayEquals(withRun, timed.run());
      assertEquals(OptionalInt.of(0), timed.frame());
    }
  }
}
