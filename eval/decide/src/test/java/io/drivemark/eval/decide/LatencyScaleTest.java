package io.drivemark.eval.decide;

import static io.drivemark.eval.decide.Candidates.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyScaleTest {
  private static final Timing A = timing("m", "first", 20, 10.5);
  private static final Timing B = timing("m", "second", 22, 11.0);

  /** 11.0 ms where the reference took 22 ms are 10.0 ms where it took 20, and beat 10.5. */
  @Test
  void latenciesOfTwoRotationsStandOnOneScale() {
    LatencyScale scale = LatencyScale.of(List.of(A, B));
    assertEquals(10.5, scale.endToEndMs(A).getAsDouble(), 0);
    assertEquals(10.0, scale.endToEndMs(B).getAsDouble(), 1e-12);
    assertEquals(8.0, scale.engineMs(B).getAsDouble(), 1e-12);
    assertEquals(SpeedOrder.SLOWER, scale.order(A, B));
    assertEquals(SpeedOrder.FASTER, scale.order(B, A));
    assertEquals(10.0 / 10.5 - 1, scale.change(A, B).getAsDouble(), 1e-12);
  }

  /** Whichever rotation is the scale's, the order is the same. */
  @Test
  void theOrderDoesNotDependOnWhoseMillisecondsTheyAre() {
    Random random = new Random(3);
    for (int trial = 0; trial < 2000; trial++) {
      Timing a = timing("m", "first", 20, 5 + random.nextInt(20));
      Timing b = timing("m", "second", 15 + random.nextInt(10), 5 + random.nextInt(20));
      LatencyScale first = LatencyScale.of(List.of(a, b));
      LatencyScale second = LatencyScale.of(List.of(b, a));
      if (first.order(a, b) != SpeedOrder.TIE && second.order(a, b) != SpeedOrder.TIE) {
        assertEquals(first.order(a, b), second.order(a, b), a + " " + b);
      }
      assertEquals(
          first.endToEndMs(a).getAsDouble() / first.endToEndMs(b).getAsDouble(),
          second.endToEndMs(a).getAsDouble() / second.endToEndMs(b).getAsDouble(),
          1e-9);
    }
  }

  @Test
  void theScaleIsThatOfTheRotationMostBelongTo() {
    LatencyScale scale = LatencyScale.of(List.of(A, B, timing("m", "second", 22, 40)));
    assertEquals(Optional.of(B), scale.base());
    assertEquals(10.5 * 1.1, scale.endToEndMs(A).getAsDouble(), 1e-12);
  }

  @Test
  void differencesInsideTheBandAreTies() {
    Timing fast = timing("m", "r", 20, 100);
    LatencyScale scale = LatencyScale.of(List.of(fast));
    assertEquals(SpeedOrder.TIE, scale.order(fast, timing("m", "r", 20, 101.4)));
    assertEquals(SpeedOrder.FASTER, scale.order(fast, timing("m", "r", 20, 101.6)));
    assertEquals(SpeedOrder.TIE, scale.order(fast, timing("m", "other", 20, 102.9)), "both bands");
    assertEquals(SpeedOrder.FASTER, scale.order(fast, timing("m", "other", 20, 103.1)));
  }

  @Test
  void withoutAControlOnlyTheSameIsATie() {
    Timing bare = new Timing("m", 100, 80, Optional.empty(), OptionalDouble.empty());
    Timing slower = new Timing("m", 100.1, 80, Optional.empty(), OptionalDouble.empty());
    LatencyScale scale = LatencyScale.of(List.of(bare, slower));
    assertEquals(SpeedOrder.TIE, scale.order(bare, bare));
    assertEquals(SpeedOrder.FASTER, scale.order(bare, slower));
  }

  @Test
  void anotherMachineStandsOnNoScale() {
    Timing other = timing("n", "first", 20, 5);
    LatencyScale scale = LatencyScale.of(List.of(A, B, other));
    assertEquals(OptionalDouble.empty(), scale.endToEndMs(other));
    assertEquals(SpeedOrder.UNKNOWN, scale.order(other, A));
    assertEquals(OptionalDouble.empty(), scale.change(A, other));
  }

  /** What is in no common rotation is not "comparable as it is". */
  @Test
  void rotationsWithoutACommonReferenceAreNotCompared() {
    Timing other =
        new Timing(
            "m",
            5,
            4,
            Optional.of(new Timing.Rotation("third", "another reference", 20, 16)),
            OptionalDouble.of(0.015));
    LatencyScale scale = LatencyScale.of(List.of(A, B, other));
    assertEquals(OptionalDouble.empty(), scale.factor(other));
    assertEquals(SpeedOrder.UNKNOWN, scale.order(A, other));
  }

  @Test
  void nothingTimedIsNoScale() {
    LatencyScale scale = LatencyScale.of(List.of());
    assertEquals(Optional.empty(), scale.base());
    assertEquals(OptionalDouble.empty(), scale.factor(A));
  }

  @Test
  void latenciesAreMoreThanZero() {
    assertEquals(
        "the latency: more than 0 ms expected, got NaN",
        assertThrows(IllegalArgumentException.class, () -> timing("m", "r", 20, Double.NaN))
            .getMessage());
    assertEquals(
        "the reference's latency: more than 0 ms expected, got 0.0",
        assertThrows(IllegalArgumentException.class, () -> timing("m", "r", 0, 1)).getMessage());
  }

  /** End to end and the engine alone have each their own factor. */
  @Test
  void theEngineAloneIsScaledByItsOwnReference() {
    Timing second =
        new Timing(
            "m",
            11,
            6,
            Optional.of(new Timing.Rotation("second", "ref", 22, 8)),
            OptionalDouble.of(0.015));
    LatencyScale scale = LatencyScale.of(List.of(A, second));
    assertEquals(20.0 / 22, scale.factor(second).getAsDouble(), 1e-12);
    assertEquals(2, scale.engineFactor(second).getAsDouble(), 1e-12);
    assertEquals(12, scale.engineMs(second).getAsDouble(), 1e-12);
    assertEquals(12 / (0.8 * 10.5) - 1, scale.engineChange(A, second).getAsDouble(), 1e-12);
  }

  /** A rotation's name says nothing on another machine. */
  @Test
  void theScaleIsOfTheMachineMostWereMeasuredOn() {
    Timing other = timing("n", "first", 20, 5);
    LatencyScale scale = LatencyScale.of(List.of(other, A, B));
    assertEquals(Optional.of(A), scale.base());
    assertEquals(OptionalDouble.empty(), scale.factor(other));
  }

  @Test
  void exactlyTheBandIsATie() {
    Timing fast = new Timing("m", 64, 8, Optional.empty(), OptionalDouble.of(0.125));
    Timing edge = new Timing("m", 72, 8, Optional.empty(), OptionalDouble.of(0.125));
    assertEquals(SpeedOrder.TIE, LatencyScale.of(List.of(fast)).order(edge, fast));
  }

  /** A record of old has no rotation, and nothing says that it was timed in turn. */
  @Test
  void withAndWithoutARotationAreNotCompared() {
    Timing bare = new Timing("m", 10, 8, Optional.empty(), OptionalDouble.of(0.015));
    assertEquals(OptionalDouble.empty(), LatencyScale.of(List.of(A)).factor(bare));
    assertEquals(OptionalDouble.empty(), LatencyScale.of(List.of(bare)).factor(A));
  }
}
