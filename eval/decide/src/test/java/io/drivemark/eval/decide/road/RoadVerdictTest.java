package io.drivemark.eval.decide.road;

import static io.drivemark.eval.decide.road.RoadLadderTest.entry;
import static io.drivemark.eval.decide.road.RoadLadderTest.road;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.decide.road.RoadLadder.Finding;
import io.drivemark.eval.decide.road.RoadLadder.Place;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.RoadDifference.Role;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What may be claimed of networks that answer late, from differences and tests of records. */
class RoadVerdictTest {
  private static Road at(double miou, RoadDifference... differences) {
    return road(30, miou, miou, miou, 0.6).withDifferences(List.of(differences));
  }

  private static RoadDifference from(
      String cell, Role role, double value, double low, double high, double p) {
    return new RoadDifference(
        "net " + cell,
        cell,
        role,
        new Span(OptionalDouble.of(value), OptionalDouble.of(low), OptionalDouble.of(high)),
        Double.isNaN(p) ? OptionalDouble.empty() : OptionalDouble.of(p));
  }

  private static RoadDifference over(int clusters, double value, double p) {
    return new RoadDifference(
        "net a",
        "a",
        Role.BEST,
        new Span(
            OptionalDouble.of(value),
            OptionalDouble.of(value - 0.01),
            OptionalDouble.of(value + 0.01)),
        OptionalDouble.of(p),
        Optional.of(clusters));
  }

  private static List<Integer> entries(List<Place> places) {
    return places.stream().map(Place::entry).toList();
  }

  @Test
  void worseIsClaimedWhereIntervalAndTestBothSaySo() {
    Rung rung =
        RoadLadder.of(
                List.of(
                    entry("a", at(0.50)),
                    entry("b", at(0.48, from("a", Role.BEST, -0.02, -0.03, -0.01, 0.004))),
                    entry("c", at(0.47, from("a", Role.BEST, -0.03, -0.07, 0.01, 0.002))),
                    entry("d", at(0.46, from("a", Role.BEST, -0.04, -0.06, -0.02, 0.3))),
                    entry("e", at(0.45, from("a", Role.BEST, -0.05, -0.06, -0.04, Double.NaN)))))
            .rungs()
            .get(0);
    assertEquals(List.of(1), entries(rung.worse()));
    assertEquals(List.of(2, 3), entries(rung.open()), "zero inside, p too large");
    assertEquals(List.of(4), entries(rung.untested()), "no test");
    assertTrue(rung.order().get(0).best().isEmpty());
    // Holm over three tests: 3 x 0.002, 2 x 0.004, 0.3
    assertEquals(0.008, adjusted(rung, 1), 1e-15);
    assertEquals(0.006, adjusted(rung, 2), 1e-15);
    assertEquals(OptionalDouble.empty(), rung.order().get(4).best().orElseThrow().adjustedP());
  }

  private static double adjusted(Rung rung, int place) {
    return rung.order().get(place).best().orElseThrow().adjustedP().orElseThrow();
  }

  /** Of four clusters no test can claim a thing: 2/16 is the smallest p that there is. */
  @Test
  void tooFewClustersAreSaidAndNotTakenForEquality() {
    Rung four =
        RoadLadder.of(List.of(entry("a", at(0.50)), entry("b", at(0.40, over(4, -0.1, 0.125)))))
            .rungs()
            .get(0);
    assertEquals(List.of(1), entries(four.untested()));
    assertEquals(List.of(), four.open());
    assertEquals(1, four.order().get(1).best().orElseThrow().tests());
    Rung six =
        RoadLadder.of(List.of(entry("a", at(0.50)), entry("b", at(0.40, over(6, -0.1, 0.03125)))))
            .rungs()
            .get(0);
    assertEquals(List.of(1), entries(six.worse()));
    Rung two =
        RoadLadder.of(
                List.of(
                    entry("a", at(0.50)),
                    entry("b", at(0.40, over(6, -0.1, 0.03125))),
                    entry("c", at(0.30, over(6, -0.2, 0.03125)))))
            .rungs()
            .get(0);
    assertEquals(List.of(1, 2), entries(two.untested()), "two tests need seven clusters");
  }

  @Test
  void whatLatencyAloneCanTurnIsATieWhateverTheDrivesSay() {
    Rung rung =
        RoadLadder.of(
                List.of(
                    entry("a", at(0.50)),
                    entry("b", at(0.4996, from("a", Role.BEST, -0.0004, -0.0005, -0.0003, 0.001)))))
            .rungs()
            .get(0);
    assertEquals(List.of(1), entries(rung.ties()));
    assertEquals(List.of(), rung.worse());
    assertEquals(List.of(), rung.open());
  }

  @Test
  void aDifferenceFromAnotherThanTheBestOfTheseIsNone() {
    Rung rung =
        RoadLadder.of(
                List.of(
                    entry("a", at(0.50)),
                    entry("b", at(0.40, from("left out", Role.BEST, -0.2, -0.3, -0.1, 0.001)))))
            .rungs()
            .get(0);
    assertTrue(rung.order().get(1).best().isEmpty());
    assertEquals(List.of(), rung.worse());
  }

  @Test
  void variantsAreHeldAgainstTheirParentsAmongThemselves() {
    Rung rung =
        RoadLadder.of(
                List.of(
                    entry("a", at(0.50)),
                    entry(
                        "b",
                        at(
                            0.48,
                            from("a", Role.BEST, -0.02, -0.03, -0.01, 0.04),
                            from("c", Role.PARENT, 0.08, 0.05, 0.11, 0.03))),
                    entry("c", at(0.40, from("a", Role.BEST, -0.1, -0.2, -0.05, 0.04)))))
            .rungs()
            .get(0);
    assertEquals(
        Finding.BETTER, rung.order().get(1).parent().orElseThrow().finding(), "one test alone");
    assertEquals(Finding.OPEN, rung.order().get(1).best().orElseThrow().finding(), "2 x 0.04");
    assertEquals(List.of(), rung.worse());
  }
}
