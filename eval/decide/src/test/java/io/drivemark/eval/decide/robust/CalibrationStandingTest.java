package io.drivemark.eval.decide.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.decide.Entries;
import io.drivemark.eval.decide.robust.CalibrationStanding.Finding;
import io.drivemark.eval.decide.robust.CalibrationStanding.Row;
import io.drivemark.eval.decide.robust.CalibrationStanding.Verdict;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.robust.RobustCalibration;
import io.drivemark.eval.runner.record.robust.RobustCalibration.OfState;
import io.drivemark.eval.runner.record.robust.RobustCalibration.Rise;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Difference;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How far confidences are off, and what may be claimed of it. */
class CalibrationStandingTest {
  private static Span span(double value) {
    return new Span(
        OptionalDouble.of(value), OptionalDouble.of(value - .01), OptionalDouble.of(value + .01));
  }

  private static Level level(String corruption, double miou) {
    return new Level(corruption, 3, OptionalDouble.of(miou), span(.7 - miou));
  }

  private static OfState state(String state, double error) {
    return new OfState(state, OptionalDouble.of(error), OptionalDouble.of(error));
  }

  private static Rise rise(String name, double error) {
    return new Rise(name, OptionalDouble.of(error), span(error - .04));
  }

  private static Robustness robustness(double fog, double dark, List<Difference> differences) {
    return new Robustness(
        "key",
        1,
        40,
        "11 clusters",
        OptionalDouble.of(.7),
        List.of(level("fog", .6), level("dark", .3)),
        span(.45),
        span(.6),
        Optional.empty(),
        List.of(),
        differences,
        List.of(),
        Optional.of(
            new RobustCalibration(
                OptionalDouble.of(.04),
                List.of(state("fog-3", fog), state("dark-3", dark)),
                span((fog + dark) / 2),
                span((fog + dark) / 2 - .04),
                List.of(rise("fog", fog), rise("dark", dark)))));
  }

  private static Entry entry(String name, Robustness robustness) {
    return Entries.of(name, 1, OptionalLong.of(1), Optional.empty())
        .withRobustness(Optional.of(robustness));
  }

  private static Difference difference(double mean, double p, int clusters) {
    return new Difference(
        "first",
        span(0),
        span(0),
        OptionalDouble.of(1),
        OptionalDouble.of(1),
        Optional.of(clusters),
        Optional.of(new RobustCalibration.Difference(span(.01), span(mean), OptionalDouble.of(p))));
  }

  private static CalibrationStanding standing(Entry... entries) {
    return CalibrationStanding.of(RobustStanding.of(List.of(entries)).orElseThrow()).orElseThrow();
  }

  @Test
  void columnsAreShadedFromTheLargestErrorToTheSmallest() {
    CalibrationStanding standing =
        standing(
            entry("first", robustness(.05, .20, List.of())),
            entry("second", robustness(.09, .10, List.of())),
            entry("third", robustness(.07, .15, List.of())));
    Row first = standing.rows().get(0);
    assertEquals(List.of("fog", "dark"), List.copyOf(first.columns().keySet()));
    assertEquals(OptionalDouble.of(1), first.columns().get("fog").shade());
    assertEquals(OptionalDouble.of(0), first.columns().get("dark").shade());
    Row third = standing.rows().get(2);
    assertEquals(.5, third.columns().get("fog").shade().orElseThrow(), 1e-12);
    assertEquals(OptionalDouble.of(.15), third.columns().get("dark").error());
    assertEquals("dark", first.most().orElseThrow().name());
    assertEquals(List.of(), standing.verdicts());
  }

  private static List<Finding> findings(Difference second, Difference third) {
    return standing(
            entry("first", robustness(.05, .2, List.of())),
            entry("second", robustness(.05, .2, List.of(second))),
            entry("third", robustness(.05, .2, List.of(third))))
        .verdicts()
        .stream()
        .map(Verdict::finding)
        .toList();
  }

  @Test
  void claimsAreMadeAfterAdjustingForAllOfThem() {
    assertEquals(
        List.of(Finding.SMALLER, Finding.LARGER),
        findings(difference(-.05, .02, 11), difference(.05, .03, 11)));
    assertEquals(
        List.of(Finding.OPEN, Finding.OPEN),
        findings(difference(-.05, .03, 11), difference(.05, .04, 11)));
    assertEquals(
        List.of(Finding.OPEN, Finding.LARGER),
        findings(difference(-.005, .001, 11), difference(.05, .001, 11)),
        "an interval that holds zero");
    assertEquals(
        List.of(Finding.TOO_FEW, Finding.TOO_FEW),
        findings(difference(-.05, .125, 4), difference(.05, .03125, 6)));
  }

  @Test
  void whoWasNotAskedHasNone() {
    Robustness silent = robustness(.05, .2, List.of()).withCalibration(Optional.empty());
    RobustStanding none = RobustStanding.of(List.of(entry("first", silent))).orElseThrow();
    assertEquals(Optional.empty(), CalibrationStanding.of(none));
    CalibrationStanding one =
        standing(entry("first", silent), entry("second", robustness(.05, .2, List.of())));
    assertEquals(List.of(1), one.rows().stream().map(Row::number).toList());
    assertEquals(OptionalDouble.empty(), one.rows().get(0).columns().get("fog").shade());
  }
}
