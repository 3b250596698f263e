package io.drivemark.eval.runner.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.latency.CandidateLatency;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.latency.Stage;
import io.drivemark.eval.latency.SteadyState;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of timed runs. */
class TimingsTest {
  private static final SteadyState.WarmUp WARM = new SteadyState.WarmUp(10, 5, true);

  @TempDir Path folder;

  private static LatencySamples samples(long... nanos) {
    return new LatencySamples(nanos, new int[] {0, 1}, new int[] {3, 7});
  }

  private static CandidateLatency latency(List<Integer> frames) {
    return new CandidateLatency(
        "c",
        WARM,
        samples(111, 222),
        Map.of(
            Stage.PREPROCESS, samples(10, 20),
            Stage.ENGINE, samples(100, 200),
            Stage.DECODE, samples(1, 2)),
        frames);
  }

  /** Kept cells have these columns: their names and bytes stay. */
  @Test
  void eachRunIsARowOfItsThreeStages() throws Exception {
    Path file = folder.resolve("latency.csv");
    TimedRuns.write(file, latency(List.of()), List.of());
    assertEquals(
        "order,block,preprocessNanos,engineNanos,labellingNanos\n3,0,10,100,1\n7,1,20,200,2\n",
        Files.readString(file));
    assertEquals(222, TimedRuns.read(file).endToEnd().nanos(1));
    assertEquals(200, TimedRuns.read(file).engine().nanos(1));
    assertEquals(List.of(), TimedRuns.read(file).frames());
  }

  @Test
  void runsAlongASequenceAreCalledAfterPictures() throws Exception {
    Path file = folder.resolve("latency.csv");
    TimedRuns.write(file, latency(List.of(1, 0)), List.of("first", "second"), true);
    assertEquals(
        "order,block,preprocessNanos,engineNanos,labellingNanos,picture\n"
            + "3,0,10,100,1,second\n7,1,20,200,2,first\n",
        Files.readString(file));
    assertEquals(List.of("second", "first"), TimedRuns.read(file).frames());
    assertTrue(TimedRuns.read(file).byPicture());
  }

  @Test
  void whereItIsKnownEachRunSaysWhichFrameItWasOf() throws Exception {
    Path file = folder.resolve("latency.csv");
    TimedRuns.write(file, latency(List.of(1, 0)), List.of("first", "second, odd"));
    assertEquals(
        "order,block,preprocessNanos,engineNanos,labellingNanos,frame\n"
            + "3,0,10,100,1,\"second, odd\"\n7,1,20,200,2,first\n",
        Files.readString(file));
    assertEquals(List.of("second, odd", "first"), TimedRuns.read(file).frames());
    assertEquals(222, TimedRuns.read(file).endToEnd().nanos(1));
  }

  @Test
  void otherColumnsAreRefused() throws Exception {
    Path file = folder.resolve("latency.csv");
    Files.writeString(file, "order,block,engineNanos\n1,0,5\n");
    assertEquals(
        file
            + ": expected the columns order,block,preprocessNanos,engineNanos,labellingNanos, with"
            + " or without frame behind them, and rows",
        assertThrows(BadInputException.class, () -> TimedRuns.read(file)).getMessage());
  }

  @Test
  void timesOfTheEngineAloneAreNoTimesOfAFrame() {
    Path file = folder.resolve("latency.csv");
    CandidateLatency engine =
        new CandidateLatency(
            "c", WARM, samples(100, 200), Map.of(Stage.ENGINE, samples(100, 200)), List.of());
    assertEquals(
        "timings of c have the stages [ENGINE]",
        assertThrows(IllegalArgumentException.class, () -> TimedRuns.write(file, engine, List.of()))
            .getMessage());
    assertFalse(Files.exists(file));
  }
}
