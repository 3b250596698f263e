package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.record.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeasureTest {
  private static Candidate depth(int number, double absRel, double ms) {
    return new Candidate(
        number,
        Measure.ABS_REL,
        OptionalDouble.of(absRel),
        Candidates.of(number, 0.5, ms).timing());
  }

  private static Entry entry(String model) {
    return Entries.of(model, 1, OptionalLong.empty(), Optional.empty());
  }

  @Test
  void moreOfOneIsBetterAndLessOfTheOther() {
    assertEquals(0.1, Measure.MIOU.gain(0.7, 0.6), 1e-12);
    assertEquals(-0.1, Measure.ABS_REL.gain(0.3, 0.2), 1e-12);
    assertEquals(0.7, Measure.MIOU.merit(0.7));
    assertEquals(-0.2, Measure.ABS_REL.merit(0.2));
    assertEquals(
        List.of(Task.SEGMENTATION, Task.DEPTH),
        Stream.of(Measure.values()).map(Measure::task).toList());
  }

  @Test
  void theFrontOfAnErrorFallsWithTime() {
    Candidate fast = depth(0, 0.30, 10);
    Candidate beaten = depth(1, 0.35, 12);
    Candidate hardlyBetter = depth(2, 0.2996, 20);
    Candidate best = depth(3, 0.20, 30);
    Standing standing = Standing.of(List.of(fast, beaten, hardlyBetter, best));
    assertEquals(List.of(fast, best), standing.paretoFront());
    assertEquals(List.of(best, hardlyBetter, fast, beaten), standing.byAccuracy());
    assertEquals(Optional.of(best), standing.mostAccurate());
    assertEquals(Optional.of(fast), standing.bestWithin(25));
  }

  @Test
  void whoHasTheSmallerErrorInLessTimeBeats() {
    Standing standing = Standing.of(List.of(depth(0, 0.30, 30), depth(1, 0.20, 10)));
    Contest contest = new Contest(standing, List.of(entry("a"), entry("b")));
    BeatenRule rule = new BeatenRule();
    List<Decision> decisions = rule.decide(contest);
    assertEquals(1, decisions.size());
    assertEquals(0, decisions.get(0).about().number());
    Map<String, Double> values = decisions.get(0).values();
    assertEquals(0.10, values.get("lead"), 1e-12);
    assertEquals("AbsRel less", rule.figures(contest).get(0).title());
    assertEquals("mIoU more", rule.figures().get(0).title());
  }

  @Test
  void aComparisonIsSureWhenTheErrorFell() {
    VariantCandidate better = new VariantCandidate(depth(0, 0.20, 10), "joint", "joint", false);
    VariantCandidate worse = new VariantCandidate(depth(1, 0.25, 10), "filter", "filter", false);
    OptionalDouble low = OptionalDouble.of(-0.06);
    OptionalDouble p = OptionalDouble.of(0.01);
    PairedDifference fell = new PairedDifference(-0.05, low, OptionalDouble.of(-0.04), p);
    Comparison comparison = new Comparison(better, worse, Optional.of(fell), p);
    assertEquals(true, comparison.isSure());
    assertEquals(0.05, comparison.gap(), 1e-12);
    assertEquals(false, new Comparison(better, worse, Optional.of(fell.turned()), p).isSure());
  }

  @Test
  void candidatesOfTwoTasksAreNotCompared() {
    List<Candidate> mixed = List.of(Candidates.of(0, 0.5, 10), depth(1, 0.2, 10));
    assertEquals(
        "candidates of two tasks cannot be compared",
        assertThrows(IllegalArgumentException.class, () -> Standing.of(mixed)).getMessage());
  }

  @Test
  void anErrorMayBeAboveOneButNotBelowZero() {
    assertEquals(1.5, depth(0, 1.5, 10).value().getAsDouble());
    assertThrows(IllegalArgumentException.class, () -> depth(0, -0.1, 10));
    assertThrows(IllegalArgumentException.class, () -> depth(0, Double.NaN, 10));
  }
}
