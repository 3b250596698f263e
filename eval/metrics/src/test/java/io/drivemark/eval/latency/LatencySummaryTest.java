package io.drivemark.eval.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencySummaryTest {
  @Test
  void hundredSamples() {
    LatencySummary s =
        LatencySummary.of(LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray());
    assertEquals(100, s.count());
    assertEquals(50.5, s.meanNanos());
    assertEquals(1, s.minNanos());
    assertEquals(100, s.maxNanos());
    assertEquals(Math.sqrt(100 * 101 / 12.0), s.stddevNanos().orElseThrow(), 1e-12);
    assertEquals(50, s.p50Nanos());
    assertEquals(95, s.p95Nanos());
    assertEquals(OptionalLong.of(99), s.p99Nanos());
    assertEquals(1e9 / 50.5, s.fps());
  }

  @Test
  void p99OfFewerThanHundredSamplesIsUndefined() {
    LatencySummary s = LatencySummary.of(LongStream.rangeClosed(1, 99).toArray());
    assertEquals(OptionalLong.empty(), s.p99Nanos());
    assertEquals(50, s.p50Nanos());
    assertEquals(95, s.p95Nanos());
  }

  @Test
  void oneSampleHasNoDeviation() {
    LatencySummary s = LatencySummary.of(new long[] {2_000_000});
    assertEquals(OptionalDouble.empty(), s.stddevNanos());
    assertEquals(2_000_000, s.p50Nanos());
    assertEquals(500, s.fps());
  }

  @Test
  void noSamplesAreAnError() {
    assertEquals(
        "latency summary: there are no samples",
        assertThrows(IllegalArgumentException.class, () -> LatencySummary.of(new long[0]))
            .getMessage());
  }
}
