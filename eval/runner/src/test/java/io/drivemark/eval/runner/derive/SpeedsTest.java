package io.drivemark.eval.runner.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.runner.record.Speed;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SpeedsTest {
  @Test
  void nanosecondsBecomeMillisecondsAndPercentilesAreObserved() {
    LatencySamples samples =
        new LatencySamples(
            new long[] {4_000_000, 2_000_000, 3_000_000, 3_000_000},
            new int[] {0, 0, 1, 1},
            new int[] {0, 1, 5, 6});
    Speed.Latency latency = Speeds.summary(samples);
    assertEquals(4, latency.count());
    assertEquals(3.0, latency.mean());
    assertEquals(3.0, latency.p50());
    assertEquals(4.0, latency.p95());
    assertEquals(OptionalDouble.empty(), latency.p99());
    assertEquals(2.0, latency.min());
    assertEquals(4.0, latency.max());
    assertEquals(List.of(4.0, 2.0, 3.0, 3.0), Speeds.millis(samples));
    // Both blocks have mean 3, so every resample of blocks has.
    assertEquals(OptionalDouble.of(3.0), latency.meanLow());
    assertEquals(OptionalDouble.of(3.0), latency.meanHigh());
  }

  @Test
  void aSingleBlockHasNoInterval() {
    Speed.Latency latency =
        Speeds.summary(new LatencySamples(new long[] {1, 2}, new int[] {0, 0}, new int[] {0, 1}));
    assertTrue(latency.meanLow().isEmpty() && latency.meanHigh().isEmpty());
  }
}
