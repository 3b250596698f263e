package io.drivemark.eval.runner.derive.cue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.runner.derive.Speeds;
import io.drivemark.eval.runner.evidence.PathRuns.Run;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Mode;
import io.drivemark.eval.runner.record.cue.CueFacts.Setting;
import io.drivemark.eval.runner.record.cue.CueFacts.Timing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What cues made of runs and times, by hand. */
class CueTimesTest {
  private static final List<Setting> CUES =
      List.of(new Setting("keyframes", Map.of("every", "2", "between", "repeat")));

  /** Blocks of two runs each. */
  private static LatencySamples samples(int... ms) {
    return new LatencySamples(
        Arrays.stream(ms).mapToLong(m -> m * 1_000_000L).toArray(),
        IntStream.range(0, ms.length).map(i -> i / 2).toArray(),
        IntStream.range(0, ms.length).toArray());
  }

  @Test
  void aPictureThatWasTimedOftenerCountsOnce() {
    LatencySamples samples = samples(40, 2, 40, 4, 42, 3);
    List<String> pictures = List.of("a", "b", "a", "b", "a", "c");
    Speed.Latency latency = Speeds.byPicture(samples, pictures);
    assertEquals((122 / 3.0 + 3 + 3) / 3, latency.mean(), 1e-12);
    assertEquals(Speeds.summary(samples).p50(), latency.p50(), "percentiles are of all runs");
    assertEquals(6, latency.count());
    assertTrue(latency.meanLow().orElseThrow() <= latency.mean());
    assertTrue(latency.meanHigh().orElseThrow() >= latency.mean());
    assertEquals(
        Speeds.summary(samples(5, 5)).mean(),
        Speeds.byPicture(samples(5, 5), List.of("a", "b")).mean());
    assertThrows(
        IllegalArgumentException.class, () -> Speeds.byPicture(samples, List.of("a", "b")));
  }

  @Test
  void picturesWithARunAndThoseBetweenAreToldApart() {
    LatencySamples samples = samples(40, 2, 44, 4, 42, 3);
    TimedRuns timed = new TimedRuns(samples, samples, List.of("a", "b", "a", "b", "c", "d"), true);
    List<Run> paths =
        List.of(
            new Run("a", 0, 0, 1),
            new Run("b", 1, 0, 0),
            new Run("c", 2, 2, 1),
            new Run("d", 3, 2, 0));
    Timing timing = CueTimes.of(timed, paths, OptionalDouble.of(25));
    assertEquals(4, timing.pictures());
    assertEquals(List.of(new Mode(0, 2, 3), new Mode(1, 2, 42)), timing.modes());
    assertEquals(2, timing.withRun());
    assertEquals(42, timing.withRunMs().orElseThrow());
    assertEquals(3, timing.betweenMs().orElseThrow());
    CueFacts.Deadline deadline = timing.deadline().orElseThrow();
    assertEquals(40, deadline.ms());
    assertEquals(6, deadline.runs());
    assertEquals(2, deadline.misses(), "40 ms just keep it");
    assertEquals(1, deadline.longest());
    assertEquals(2 / 6.0, deadline.share());
    assertTrue(CueTimes.of(timed, paths, OptionalDouble.empty()).deadline().isEmpty());
  }

  @Test
  void everyPictureThatRanANetworkLeavesNoneBetween() {
    LatencySamples samples = samples(40, 42);
    TimedRuns timed = new TimedRuns(samples, samples, List.of("a", "b"), true);
    Timing timing =
        CueTimes.of(
            timed, List.of(new Run("a", 0, 0, 1), new Run("b", 1, 1, 2)), OptionalDouble.empty());
    assertEquals(List.of(new Mode(1, 1, 40), new Mode(2, 1, 42)), timing.modes());
    assertEquals(2, timing.withRun());
    assertEquals(41, timing.withRunMs().orElseThrow());
    assertTrue(timing.betweenMs().isEmpty());
  }

  @Test
  void agesAreOfJudgedFramesRunsOfAllPictures() {
    List<Run> runs =
        List.of(new Run("f~2", 0, 0, 1), new Run("f~1", 1, 0, 0), new Run("f", 2, 0, 0));
    CueFacts facts = CueRuns.facts(CUES, OptionalDouble.of(20), runs, List.of("f"));
    assertEquals(1 / 3.0, facts.runsPerPicture());
    assertEquals(2, facts.meanAge());
    assertEquals(2, facts.oldest());
    assertEquals("keyframes (between repeat, every 2)", facts.cues().get(0).words());
    assertEquals(
        "frame g was judged and not seen",
        assertThrows(
                IllegalArgumentException.class,
                () -> CueRuns.facts(CUES, OptionalDouble.of(20), runs, List.of("f", "g")))
            .getMessage());
    List<Run> twice = List.of(new Run("f", 0, 0, 1), new Run("f", 1, 1, 1));
    assertEquals(
        "frame f was seen twice",
        assertThrows(
                IllegalArgumentException.class,
                () -> CueRuns.facts(CUES, OptionalDouble.of(20), twice, List.of("f")))
            .getMessage());
  }
}
