package io.drivemark.eval.decide.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.decide.Entries;
import io.drivemark.eval.decide.robust.RobustStanding.Finding;
import io.drivemark.eval.decide.robust.RobustStanding.Row;
import io.drivemark.eval.decide.robust.RobustStanding.Verdict;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Difference;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RobustStandingTest {
  private static Span span(double value) {
    return new Span(OptionalDouble.of(value), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static Robustness robustness(int frames, double clean, double... mious) {
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < mious.length; i++) {
      levels.add(
          new Level(
              i < 2 ? "fog" : "dark",
              i % 2 == 0 ? 1 : 3,
              OptionalDouble.of(mious[i]),
              span(clean - mious[i])));
    }
    Robustness r =
        new Robustness(
            "key",
            1,
            frames,
            "4 clusters",
            OptionalDouble.of(clean),
            levels,
            Span.NONE,
            Span.NONE,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of());
    return r.withFigures(
        span(r.scores().orElseThrow().mean().orElseThrow()),
        span(r.scores().orElseThrow().share().orElseThrow()));
  }

  private static Entry entry(String name, Robustness robustness) {
    return Entries.of(name, 1, OptionalLong.of(1), Optional.empty())
        .withRobustness(Optional.of(robustness));
  }

  private static Difference difference(double share, double p) {
    return difference(share, share - .05, share + .05, p);
  }

  private static Difference difference(double share, double low, double high, double p) {
    Span within =
        new Span(OptionalDouble.of(share), OptionalDouble.of(low), OptionalDouble.of(high));
    return new Difference(
        "first", span(share / 2), within, OptionalDouble.of(p), OptionalDouble.of(p));
  }

  private static final Entry FIRST = entry("first", robustness(40, .70, .63, .56, .35, .21));

  @Test
  void degradationsAreHeldAgainstTheFirstNetwork() {
    RobustStanding standing =
        RobustStanding.of(List.of(FIRST, entry("second", robustness(40, .60, .54, .42, .30, .12))))
            .orElseThrow();
    assertEquals("first", standing.reference());
    Row second = standing.rows().get(1);
    assertEquals(1.190586, second.degradation().orElseThrow(), 5e-7);
    assertEquals(1.035714, second.relativeDegradation().orElseThrow(), 5e-7);
    assertEquals(OptionalDouble.of(1), standing.rows().get(0).degradation());
    assertEquals(Optional.of("dark"), second.worst());
    assertEquals(.48, second.corruptions().get("fog").miou().orElseThrow(), 1e-12);
    assertEquals(OptionalDouble.of(0), second.corruptions().get("fog").shade());
    assertEquals(OptionalDouble.of(1), standing.rows().get(0).corruptions().get("fog").shade());
  }

  @Test
  void networksInOtherStatesAreLeftOutAndCounted() {
    Entry none = Entries.of("none", 1, OptionalLong.of(1), Optional.empty());
    RobustStanding standing =
        RobustStanding.of(
                List.of(
                    none,
                    FIRST,
                    entry("fewer frames", robustness(20, .6, .5, .4, .3, .2)),
                    entry("fewer states", robustness(40, .6, .5, .4))))
            .orElseThrow();
    assertEquals(List.of(1), standing.rows().stream().map(Row::number).toList());
    assertEquals(List.of("fewer frames", "fewer states"), standing.leftOut());
    assertEquals(Optional.empty(), RobustStanding.of(List.of(none)));
  }

  /** Two tests: Holm doubles the smaller p, so .03 and .04 claim nothing, .02 does. */
  @Test
  void claimsAreMadeAfterAdjustingForAllOfThem() {
    assertEquals(
        List.of(Finding.OPEN, Finding.OPEN), findings(difference(-.1, .03), difference(.1, .04)));
    assertEquals(
        List.of(Finding.KEEPS_LESS, Finding.KEEPS_MORE),
        findings(difference(-.1, .02), difference(.1, .03)));
    assertEquals(
        List.of(Finding.KEEPS_MORE, Finding.OPEN),
        findings(difference(.1, .001), difference(-.1, .2)));
  }

  /** With few clusters the test can be sure where the interval is not: then nothing is claimed. */
  @Test
  void nothingIsClaimedWhereTheIntervalHoldsZeroOrIsUnknown() {
    assertEquals(
        List.of(Finding.OPEN, Finding.OPEN),
        findings(difference(-.03, -.0625, .008, .001), difference(.1, 0, .2, .001)));
    Difference single =
        new Difference("first", span(.1), span(.2), OptionalDouble.of(.001), OptionalDouble.of(0));
    assertEquals(
        List.of(Finding.OPEN, Finding.KEEPS_LESS), findings(single, difference(-.1, .001)));
  }

  private static List<Finding> findings(Difference second, Difference third) {
    Robustness any = robustness(40, .60, .54, .42, .30, .12);
    RobustStanding standing =
        RobustStanding.of(
                List.of(
                    FIRST,
                    entry("second", any.withDifferences(List.of(second))),
                    entry("third", any.withDifferences(List.of(third)))))
            .orElseThrow();
    assertEquals(List.of(1, 2), standing.verdicts().stream().map(Verdict::number).toList());
    return standing.verdicts().stream().map(Verdict::finding).toList();
  }

  @Test
  void withoutATestNothingIsClaimed() {
    Difference untested =
        new Difference(
            "first", span(-.2), span(-.2), OptionalDouble.empty(), OptionalDouble.empty());
    assertEquals(
        List.of(Finding.TOO_FEW, Finding.KEEPS_LESS), findings(untested, difference(-.1, .04)));
  }

  private static Difference over(int clusters, double share, OptionalDouble p) {
    Span within =
        new Span(
            OptionalDouble.of(share),
            OptionalDouble.of(share - .05),
            OptionalDouble.of(share + .05));
    return new Difference(
        "first", span(share / 2), within, p, p, Optional.of(clusters), Optional.empty());
  }

  @Test
  void tooFewClustersAreToldFromNetworksThatAreAlike() {
    assertEquals(
        List.of(Finding.TOO_FEW, Finding.TOO_FEW),
        findings(over(4, -.1, OptionalDouble.of(.125)), over(6, -.1, OptionalDouble.of(.03125))));
    assertEquals(
        List.of(Finding.KEEPS_LESS, Finding.OPEN),
        findings(over(7, -.1, OptionalDouble.of(2.0 / 128)), over(7, -.1, OptionalDouble.of(.5))));
    assertEquals(
        List.of(Finding.OPEN, Finding.OPEN),
        findings(over(11, -.1, OptionalDouble.empty()), over(11, .01, OptionalDouble.of(.5))),
        "a figure that is undefined has no test");
  }
}
