package io.drivemark.eval.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Values worked out by hand as fractions. */
class CorruptedScoresTest {
  private static final CorruptedScores NETWORK =
      scores(.60, new double[] {.54, .42}, new double[] {.30, .12});
  private static final CorruptedScores REFERENCE =
      scores(.70, new double[] {.63, .56}, new double[] {.35, .21});

  private static CorruptedScores scores(double clean, double[]... byCorruption) {
    Map<String, List<OptionalDouble>> corrupted = new LinkedHashMap<>();
    for (int c = 0; c < byCorruption.length; c++) {
      corrupted.put(
          c == 0 ? "fog" : "dark",
          Arrays.stream(byCorruption[c])
              .mapToObj(p -> Double.isNaN(p) ? OptionalDouble.empty() : OptionalDouble.of(p))
              .toList());
    }
    return new CorruptedScores(OptionalDouble.of(clean), corrupted);
  }

  private static void assertIs(double expected, OptionalDouble found) {
    assertEquals(expected, found.orElseThrow(), 1e-12);
  }

  @Test
  void meanAndShare() {
    assertIs(69 / 200.0, NETWORK.mean());
    assertIs(23 / 40.0, NETWORK.share());
    assertIs(.48, NETWORK.mean("fog"));
    assertIs(.8, NETWORK.share("fog"));
    assertIs(.35, NETWORK.share("dark"));
    assertEquals(Optional.of("dark"), NETWORK.worst());
  }

  @Test
  void degradationAgainstAReference() {
    assertIs(104 / 81.0, NETWORK.degradation(REFERENCE, "fog"));
    assertIs(79 / 72.0, NETWORK.degradation(REFERENCE, "dark"));
    assertEquals(1.190586, NETWORK.degradation(REFERENCE).orElseThrow(), 5e-7);
    assertIs(8 / 7.0, NETWORK.relativeDegradation(REFERENCE, "fog"));
    assertIs(13 / 14.0, NETWORK.relativeDegradation(REFERENCE, "dark"));
    assertEquals(1.035714, NETWORK.relativeDegradation(REFERENCE).orElseThrow(), 5e-7);
    assertIs(1, NETWORK.degradation(NETWORK));
    assertIs(1, NETWORK.relativeDegradation(NETWORK));
  }

  @Test
  void whatRestsOnAnUndefinedScoreIsUndefined() {
    CorruptedScores partly = scores(.6, new double[] {.5, Double.NaN}, new double[] {.3, .1});
    assertTrue(partly.mean().isEmpty());
    assertTrue(partly.share().isEmpty());
    assertTrue(partly.degradation(REFERENCE, "fog").isEmpty());
    assertEquals(Optional.empty(), partly.worst());
    assertIs(.2, partly.mean("dark"));
  }

  @Test
  void nothingIsDividedByNothing() {
    CorruptedScores blind = scores(0, new double[] {0, 0}, new double[] {0, 0});
    assertTrue(blind.share().isEmpty());
    CorruptedScores gains = scores(.5, new double[] {.6, .6}, new double[] {.5, .5});
    assertTrue(NETWORK.relativeDegradation(gains, "fog").isEmpty());
    assertTrue(NETWORK.relativeDegradation(gains, "dark").isEmpty());
    assertTrue(NETWORK.relativeDegradation(gains).isEmpty());
  }

  @Test
  void scoresOfOtherCorruptionsAreNotCompared() {
    CorruptedScores other = scores(.7, new double[] {.6, .5});
    assertEquals(
        "scores under [fog, dark] and those of the reference under [fog] are not of the same"
            + " corruptions and severities",
        assertThrows(IllegalArgumentException.class, () -> NETWORK.degradation(other))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new CorruptedScores(OptionalDouble.of(.5), Map.of()));
  }
}
