package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RankNullTest {
  private static List<String> shipped() throws IOException {
    try (InputStream in = RankNull.class.getResourceAsStream(RankNull.RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  @Test
  void theGeneratorGivesWhatIsShipped() throws IOException {
    assertEquals(RankNullMaker.line(12, 0.3), shipped().get(4));
    assertEquals(RankNullMaker.header(), shipped().get(0));
  }

  @Test
  @Tag("slow")
  void theGeneratorGivesAllThatIsShipped() throws IOException {
    assertEquals(RankNullMaker.lines(), shipped());
  }

  @Test
  void aQuarterOfUnchangedRowsHasPOfAQuarter() {
    long seed = 3;
    RandomGenerator random = new Well19937c(seed);
    int rows = 3000;
    for (double phi : new double[] {0, 0.25}) {
      int quarter = 0;
      int twentieth = 0;
      for (int row = 0; row < rows; row++) {
        double[] values = new double[43];
        double last = random.nextGaussian();
        for (int i = 0; i < values.length; i++) {
          values[i] = last;
          last = phi * last + Math.sqrt(1 - phi * phi) * random.nextGaussian();
        }
        double p = RankNull.shipped().p(43, phi, RankScan.smallestP(values, 3));
        quarter += p <= 0.25 ? 1 : 0;
        twentieth += p <= 0.05 ? 1 : 0;
      }
      // four standard errors of the shares
      assertEquals(0.25, quarter / (double) rows, 0.032, "seed " + seed + ", " + phi);
      assertEquals(0.05, twentieth / (double) rows, 0.016, "seed " + seed + ", " + phi);
    }
  }

  @Test
  void aSmallerSmallestPIsRarer() {
    double last = 1;
    for (double smallest = 1; smallest > 1e-9; smallest /= 3) {
      double p = RankNull.shipped().p(50, 0.25, smallest);
      assertTrue(p <= last, smallest + ": " + p);
      last = p;
    }
    assertEquals(1.0 / (RankNull.PATHS + 1), last, 1e-12);
  }

  @Test
  void alikeNeighboursMakeAScanLessSure() {
    double last = 0;
    for (double phi = -0.2; phi <= 0.81; phi += 0.1) {
      double p = RankNull.shipped().p(50, Math.min(phi, 0.8), 1e-4);
      assertTrue(p >= last, phi + ": " + p);
      last = p;
    }
    assertFalse(RankNull.shipped().knows(0.81));
    assertEquals(1, RankNull.shipped().p(50, 0.81, 1e-12));
  }

  @Test
  void otherLengthsAreRefused() {
    assertEquals(
        "rank null: 11 values, smallest p 0.1",
        assertThrows(IllegalArgumentException.class, () -> RankNull.shipped().p(11, 0, 0.1))
            .getMessage());
  }
}
