package io.drivemark.eval.runner.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Speed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Timed runs of a gated network, by their frames. */
class FrameTimesTest {
  private static final Cost.Spread ANY = new Cost.Spread(1, 1, 1, 1);

  private static LatencySamples samples(long... nanos) {
    int[] count = IntStream.range(0, nanos.length).toArray();
    return new LatencySamples(nanos, new int[nanos.length], count);
  }

  private static Cost.Work work(Map<String, Long> macs) {
    return new Cost.Work(
        100,
        1,
        ANY,
        ANY,
        new TreeMap<>(macs)
            .entrySet().stream()
                .map(e -> new Cost.FrameWork(e.getKey(), e.getValue(), e.getValue()))
                .toList());
  }

  private static Optional<Speed.ByFrame> of(Cost.Work work, List<String> frames, long... millis) {
    LatencySamples engine = samples(Arrays.stream(millis).map(ms -> 1_000_000 * ms).toArray());
    return FrameTimes.of(
        "blocked",
        engine,
        frames,
        work,
        samples(9_000_000, 11_000_000),
        samples(8_000_000),
        Optional.empty());
  }

  @Test
  void aFrameTakesTheMedianOfItsRuns() {
    Speed.ByFrame found =
        of(
                work(Map.of("a", 60L, "b", 80L, "c", 70L)),
                List.of("b", "a", "c", "a", "b", "c", "a"),
                8,
                5,
                7,
                9,
                10,
                7,
                6)
            .orElseThrow();
    assertEquals("blocked", found.form());
    assertEquals(
        List.of(
            new Speed.FrameTime("b", 2, 9, 80),
            new Speed.FrameTime("a", 3, 6, 60),
            new Speed.FrameTime("c", 2, 7, 70)),
        found.frames());
    assertEquals("b", found.worst());
    // deviations from (0, -10, 10)/(5/3, -4/3, -1/3): 30 / sqrt(200 * 42/9)
    assertEquals(30 / Math.sqrt(200 * 42 / 9.0), found.correlation().orElseThrow(), 1e-12);
    assertEquals(OptionalDouble.empty(), found.correlationLow(), "of three frames");
    assertEquals(10, found.allLive().mean());
    assertEquals(8, found.allLiveModel().mean());
    // squared standard errors of the means: 1, 13/9, 0
    assertEquals(Math.sqrt(Math.PI / 2 * (1 + 13 / 9.0) / 3), found.noiseMs().orElseThrow(), 1e-12);
  }

  @Test
  void whereAllFramesCostTheSameNothingFollows() {
    Speed.ByFrame found =
        of(work(Map.of("a", 60L, "b", 60L, "c", 60L)), List.of("a", "b", "c"), 5, 6, 7)
            .orElseThrow();
    assertEquals(OptionalDouble.empty(), found.correlation());
    assertEquals(OptionalDouble.empty(), found.noiseMs(), "one run a frame");
  }

  @Test
  void runsOfFramesThatWereNotJudgedAreLeftOut() {
    assertEquals(
        List.of(new Speed.FrameTime("a", 1, 5, 60)),
        of(work(Map.of("a", 60L)), List.of("a", "x"), 5, 6).orElseThrow().frames());
    assertEquals(Optional.empty(), of(work(Map.of("a", 60L)), List.of("x"), 5));
  }
}
