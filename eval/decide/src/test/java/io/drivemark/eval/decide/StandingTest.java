package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandingTest {
  @Test
  void theFrontIsWhatNoOtherBeats() {
    Candidate fast = Candidates.of(0, 0.60, 10);
    Candidate beaten = Candidates.of(1, 0.55, 12);
    Candidate slow = Candidates.of(2, 0.70, 30);
    Standing standing = Standing.of(List.of(fast, beaten, slow));
    assertEquals(List.of(fast, slow), standing.paretoFront());
    assertEquals(Optional.empty(), standing.bestWithin(9));
    assertEquals(Optional.of(fast), standing.bestWithin(29));
    assertEquals(Optional.of(slow), standing.bestWithin(30));
    assertEquals(Optional.of(slow), standing.mostAccurate());
    assertEquals(Optional.of(fast), standing.fasterBeyondDoubt().map(Standing.Step::choice));
    assertEquals(
        "time budget: more than 0 ms expected, got NaN",
        assertThrows(IllegalArgumentException.class, () -> standing.bestWithin(Double.NaN))
            .getMessage());
  }

  @Test
  void byAccuracyTheBestComesFirstAndTheUntrainedLast() {
    Candidate untrained = new Candidate(0, OptionalDouble.empty(), Optional.empty());
    Candidate good = Candidates.of(1, 0.6, 10);
    Candidate equal = Candidates.of(2, 0.6, 5);
    Candidate best = Candidates.of(3, 0.7, 30);
    assertEquals(
        List.of(best, good, equal, untrained),
        Standing.of(List.of(untrained, good, equal, best)).byAccuracy());
  }

  @Test
  void membersOfTheFrontAreNotBeatenAndOthersAre() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Candidate> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(Candidates.of(i, random.nextInt(200) / 200.0, 1 + random.nextInt(30)));
      }
      Standing standing = Standing.of(all);
      for (Candidate c : all) {
        boolean beaten =
            all.stream()
                .anyMatch(
                    o ->
                        ms(o) <= ms(c)
                            && o.value().getAsDouble() >= c.value().getAsDouble()
                            && (ms(o) < ms(c)
                                || o.value().getAsDouble() > c.value().getAsDouble()
                                || o.number() < c.number()));
        assertEquals(!beaten, standing.paretoFront().contains(c), "seed " + seed + ": " + c);
      }
    }
  }

  private static double ms(Candidate c) {
    return c.timing().orElseThrow().endToEndMs();
  }

  /** The front, ties and orders of candidates in two rotations use one scale. */
  @Test
  void rotationsWithDifferentReferencesGiveOneOrder() {
    Candidate a = new Candidate(0, OptionalDouble.of(0.6), timed("first", 20, 10.5));
    Candidate b = new Candidate(1, OptionalDouble.of(0.6), timed("second", 22, 11.0));
    Standing standing = Standing.of(List.of(a, b));
    assertEquals(List.of(b), standing.paretoFront(), "10.0 ms on the scale beat 10.5");
    assertEquals(SpeedOrder.FASTER, standing.order(b, a));
    assertEquals(10.0, standing.ladder().get(0).fromMs(), 1e-12);
  }

  private static Optional<Timing> timed(String rotation, double reference, double ms) {
    return Optional.of(Candidates.timing("m", rotation, reference, ms));
  }

  @Test
  void anotherMachineIsOffTheFront() {
    Candidate here = Candidates.of(0, 0.5, 10);
    Candidate there =
        new Candidate(
            1, OptionalDouble.of(0.9), Optional.of(Candidates.timing("other", "r", 20, 1)));
    Standing standing = Standing.of(List.of(here, there));
    assertEquals(List.of(here), standing.paretoFront());
    assertEquals(Optional.of(there), standing.mostAccurate());
    assertEquals(SpeedOrder.UNKNOWN, standing.order(here, there));
  }

  @Test
  void aMemberInsideTheBandIsNotFasterBeyondDoubt() {
    Candidate best = Candidates.of(0, 0.7, 10.1);
    Candidate tied = Candidates.of(1, 0.6, 10.0);
    Standing standing = Standing.of(List.of(best, tied));
    assertEquals(List.of(tied, best), standing.paretoFront());
    assertEquals(Optional.empty(), standing.fasterBeyondDoubt());
    assertEquals(List.of(tied), standing.tiedWith(best));
  }

  @Test
  void anAdvantageByRoundingIsNone() {
    Candidate a = Candidates.of(0, 0.6000, 10);
    Candidate b = Candidates.of(1, 0.6004, 20);
    assertEquals(List.of(a), Standing.of(List.of(a, b)).paretoFront());
  }

  @Test
  void theMostAccurateIsTheFirstOfEqualsAndHasAnAccuracy() {
    Candidate untrained = new Candidate(0, OptionalDouble.empty(), Optional.empty());
    Candidate first = Candidates.of(1, 0.6, 10);
    Candidate second = Candidates.of(2, 0.6, 5);
    assertEquals(Optional.of(first), Standing.of(List.of(untrained, first, second)).mostAccurate());
    assertEquals(Optional.empty(), Standing.of(List.of(untrained)).mostAccurate());
    Standing standing = Standing.of(List.of(untrained, first, second));
    assertEquals(List.of(untrained, first, second), standing.candidates());
    assertEquals(first.timing(), standing.scale().base());
    assertEquals(
        "time budget: more than 0 ms expected, got 0.0",
        assertThrows(IllegalArgumentException.class, () -> standing.bestWithin(0)).getMessage());
  }
}
