package io.drivemark.eval.decide;

import static io.drivemark.eval.decide.Candidates.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private static Comparison of(double miou, OptionalDouble adjustedP) {
    return new Comparison(
        variant(0, "layer", "layer, l1", 0.625, 30),
        variant(1, "filter", "filter, l1", 0.5, 30),
        Optional.of(new PairedDifference(miou, NONE, NONE, OptionalDouble.of(0.01))),
        adjustedP);
  }

  @Test
  void aClaimNeedsADifferenceAndAnAdjustedPOfAtMostTheLevel() {
    assertTrue(of(0.125, OptionalDouble.of(0.05)).isSure());
    assertFalse(of(0.125, OptionalDouble.of(Math.nextUp(0.05))).isSure());
    assertFalse(of(0.125, NONE).isSure(), "no test was made");
    assertFalse(of(0, OptionalDouble.of(0.01)).isSure(), "the same on the same frames");
    assertFalse(of(-0.01, OptionalDouble.of(0.01)).isSure(), "less on the same frames");
    assertEquals(0.125, of(0.1, NONE).gap(), 0);
  }

  @Test
  void aDifferenceTurnedHasItsEndsTurned() {
    PairedDifference there =
        new PairedDifference(
            0.25, OptionalDouble.of(-0.125), OptionalDouble.of(0.5), OptionalDouble.of(0.25));
    assertEquals(
        new PairedDifference(
            -0.25, OptionalDouble.of(-0.5), OptionalDouble.of(0.125), OptionalDouble.of(0.25)),
        there.turned());
    assertEquals(
        new PairedDifference(-0.25, NONE, NONE, NONE),
        new PairedDifference(0.25, NONE, NONE, NONE).turned());
  }

  @Test
  void decisionsHeedTheIntervalThatIsWidenedForFewClusters() {
    assertEquals(
        new PairedDifference(
            0.1,
            OptionalDouble.of(-0.3),
            OptionalDouble.of(0.4),
            OptionalDouble.of(0.07),
            Optional.of(11)),
        PairedDifference.of(
            new RecordedDifference(
                "parent",
                0.1,
                OptionalDouble.of(0),
                OptionalDouble.of(0.2),
                OptionalDouble.of(-0.3),
                OptionalDouble.of(0.4),
                OptionalDouble.of(0.07),
                Optional.of(11))));
  }

  /** One test needs six clusters, four need eight. */
  @Test
  void ofTooFewClustersNothingCanBeClaimed() {
    for (int clusters = 1; clusters < 10; clusters++) {
      PairedDifference d = new PairedDifference(1, NONE, NONE, NONE, Optional.of(clusters));
      assertEquals(clusters < 6, d.isTooFew(0), clusters + " clusters");
      assertEquals(clusters < 6, d.turned().isTooFew(1), clusters + " clusters");
      assertEquals(clusters < 8, d.isTooFew(4), clusters + " clusters");
    }
    assertFalse(new PairedDifference(1, NONE, NONE, NONE).isTooFew(1), "nobody counted them");
  }

  @Test
  void pIsAProbability() {
    for (double p : new double[] {0, 1}) {
      assertEquals(p, new PairedDifference(0, NONE, NONE, OptionalDouble.of(p)).p().getAsDouble());
    }
    for (double p : new double[] {-0.01, Math.nextUp(1.0), Double.NaN}) {
      assertEquals(
          "p: 0 to 1 expected, got " + p,
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new PairedDifference(0, NONE, NONE, OptionalDouble.of(p)))
              .getMessage());
    }
  }

  @Test
  void aLineIsAboveAVariantThatIsLessAccurateThanIt() {
    VariantCandidate variant = variant(0, "layer", "layer, l1", 0.5, 30);
    Candidate faster = Candidates.of(1, 0.5, 20);
    Candidate slower = Candidates.of(2, 0.75, 40);
    Interpolation above = new Interpolation(variant, 30, faster, slower, 0.625);
    assertEquals(0.125, above.gap(), 0);
    assertFalse(above.isOnOrAboveLine());
    assertTrue(new Interpolation(variant, 30, faster, slower, 0.5).isOnOrAboveLine());
    assertTrue(new Interpolation(variant, 30, faster, slower, 0.25).isOnOrAboveLine());
  }

  @Test
  void mIoUAndBandsAreShares() {
    for (double miou : new double[] {0, 1}) {
      assertEquals(miou, Candidates.of(0, miou, 1).value().getAsDouble());
    }
    for (double miou : new double[] {-0.01, Math.nextUp(1.0), Double.NaN}) {
      assertEquals(
          "mIoU: 0 to 1 expected, got " + miou,
          assertThrows(IllegalArgumentException.class, () -> Candidates.of(0, miou, 1))
              .getMessage());
    }
    assertEquals(0, timing(1, 0).band().getAsDouble());
    assertEquals(
        "band: at least 0 expected, got -0.1",
        assertThrows(IllegalArgumentException.class, () -> timing(1, -0.1)).getMessage());
    for (double engine : new double[] {0, Double.POSITIVE_INFINITY}) {
      assertEquals(
          "the engine's latency: more than 0 ms expected, got " + engine,
          assertThrows(IllegalArgumentException.class, () -> timing(engine, 0)).getMessage());
      assertEquals(
          "the reference's engine latency: more than 0 ms expected, got " + engine,
          assertThrows(
                  IllegalArgumentException.class, () -> new Timing.Rotation("r", "k", 1, engine))
              .getMessage());
    }
  }

  private static Timing timing(double engineMs, double band) {
    return new Timing("m", 10, engineMs, Optional.empty(), OptionalDouble.of(band));
  }
}
