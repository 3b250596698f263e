package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStatisticsTest {
  /** Published: MLPerf LoadGen's minimum counts are 64, 662 and 6636 at one exceeding. */
  @ParameterizedTest
  @CsvSource({
    "0.5,   7,    11,   14,   22,    35",
    "0.9,   44,   64,   81,   127,   197",
    "0.95,  90,   130,  165,  259,   398",
    "0.99,  459,  662,  838,  1307,  2010",
    "0.999, 4603, 6636, 8403, 13105, 20140"
  })
  void samplesThatATailClaimNeeds(double p, int t0, int t1, int t2, int t5, int t10) {
    assertEquals(t0, OrderStatistics.samplesNeeded(p, 0, 0.99));
    assertEquals(t1, OrderStatistics.samplesNeeded(p, 1, 0.99));
    assertEquals(t2, OrderStatistics.samplesNeeded(p, 2, 0.99));
    assertEquals(t5, OrderStatistics.samplesNeeded(p, 5, 0.99));
    assertEquals(t10, OrderStatistics.samplesNeeded(p, 10, 0.99));
  }

  /** High rank 0 stands for none. */
  @ParameterizedTest
  @CsvSource({
    "100,  40,  61,   84,   96,   97,   0",
    "200,  86,  115,  171,  189,  195,  0",
    "500,  228, 273,  436,  464,  490,  500",
    "1000, 469, 532,  881,  919,  983,  997",
    "2000, 956, 1045, 1773, 1827, 1971, 1989"
  })
  void intervalRanks(int n, int low50, int high50, int low90, int high90, int low99, int high99) {
    assertEquals(ranks(low50, high50), OrderStatistics.interval(n, 0.5, 0.95));
    assertEquals(ranks(low90, high90), OrderStatistics.interval(n, 0.9, 0.95));
    assertEquals(ranks(low99, high99), OrderStatistics.interval(n, 0.99, 0.95));
  }

  @Test
  void fewSamplesBoundNothing() {
    assertEquals(
        new OrderStatistics.Ranks(OptionalInt.empty(), OptionalInt.empty()),
        OrderStatistics.interval(3, 0.5, 0.95));
  }

  @Test
  void badArgumentsAreNamed() {
    assertEquals(
        "order statistics: p must lie in (0, 1), got 1.0",
        assertThrows(IllegalArgumentException.class, () -> OrderStatistics.interval(10, 1, 0.95))
            .getMessage());
    assertEquals(
        "order statistics: p must lie in (0, 1), got 0.0",
        assertThrows(IllegalArgumentException.class, () -> OrderStatistics.interval(10, 0, 0.95))
            .getMessage());
    assertEquals(
        "order statistics: level must lie in (0, 1), got 1.0",
        assertThrows(IllegalArgumentException.class, () -> OrderStatistics.interval(10, 0.5, 1))
            .getMessage());
    assertEquals(
        "order statistics: p must lie in (0, 1), got 1.0",
        assertThrows(IllegalArgumentException.class, () -> OrderStatistics.samplesNeeded(1, 0, 0.9))
            .getMessage());
    assertEquals(
        "order statistics: confidence must lie in (0, 1), got NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> OrderStatistics.samplesNeeded(0.9, 0, Double.NaN))
            .getMessage());
    assertEquals(
        "order statistics: exceeding samples: -1",
        assertThrows(
                IllegalArgumentException.class, () -> OrderStatistics.samplesNeeded(0.9, -1, 0.9))
            .getMessage());
  }

  private static OrderStatistics.Ranks ranks(int low, int high) {
    return new OrderStatistics.Ranks(
        OptionalInt.of(low), high == 0 ? OptionalInt.empty() : OptionalInt.of(high));
  }
}
