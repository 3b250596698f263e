package io.drivemark.eval.decide.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.select.Entrant.Known;
import io.drivemark.eval.decide.select.Entrant.Timed;
import io.drivemark.eval.decide.select.Simulated.Truth;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Terms TERMS = new Terms("miou", true, List.of(), 0.95, 1000, 1);

  private static final List<Truth> FRONT_AND_BEATEN =
      List.of(new Truth(50, 10), new Truth(70, 20), new Truth(60, 30));

  private static List<Entrant> clear() {
    return Simulated.study(FRONT_AND_BEATEN, 40, false, 3, new Random(4));
  }

  private static Selection select(List<Entrant> entrants, Budget... budgets) {
    return Selection.of(entrants, 400, TERMS.within(List.of(budgets)));
  }

  private static Entrant with(
      Entrant e, String label, List<Timed> timed, Map<String, Known> figures) {
    return new Entrant(label, e.identity(), e.accuracy(), e.score(), timed, figures, e.obstacle());
  }

  @Test
  void aClearCaseHasAllItsStates() {
    Selection selection = select(clear());
    assertEquals(
        List.of(Certainty.ON_FRONT, Certainty.ON_FRONT, Certainty.BEATEN),
        selection.choices().stream().map(Choice::certainty).toList());
    Choice beaten = selection.choices().get(2);
    assertEquals(List.of("net-1"), beaten.beatenBy().stream().map(Rival::label).toList());
    assertEquals(0.1, beaten.beatenBy().get(0).gain(), 0.03);
    assertEquals(2 / 3.0, beaten.beatenBy().get(0).latencyRatio(), 0.02);
    assertEquals(0, beaten.frontShare().getAsDouble(), 0.001);
    assertEquals(1, selection.choices().get(1).frontShare().getAsDouble(), 0.001);
    assertEquals(1, selection.choices().get(1).bestShare().getAsDouble(), 0.001);
    assertEquals("net-1", selection.best().orElseThrow().label());
    assertEquals(9, selection.claims());
    assertEquals(3, selection.processes());
    assertEquals(1, selection.occasions());
  }

  @Test
  void aBudgetChangesWhoMayBeChosenAndNotWhoIsBeaten() {
    Selection free = select(clear());
    Selection within = select(clear(), Budget.parse("latencyMs<=15"));
    assertEquals(
        free.choices().stream().map(Choice::certainty).toList(),
        within.choices().stream().map(Choice::certainty).toList());
    assertEquals("net-0", within.best().orElseThrow().label());
    assertEquals(1, within.choices().get(0).bestShare().getAsDouble());
    assertEquals(List.of("net-0"), within.possibleBest().stream().map(Choice::label).toList());
    assertEquals(Fit.Answer.OVER, within.choices().get(1).fits().get(0).answer());
  }

  @Test
  void aRequirementAddedNeverRaisesTheBest() {
    Random random = new Random(99);
    for (int study = 0; study < 15; study++) {
      List<Truth> truths = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        truths.add(new Truth(50 + 10 * random.nextDouble(), 10 + 20 * random.nextDouble()));
      }
      List<Entrant> entrants = new ArrayList<>();
      for (Entrant e : Simulated.study(truths, 11, false, 1 + study % 3, random)) {
        Known size = new Known(OptionalDouble.of(random.nextInt(100)), Optional.empty());
        entrants.add(with(e, e.label(), e.timed(), Map.of("params", size)));
      }
      List<Budget> budgets = new ArrayList<>();
      double best = Double.POSITIVE_INFINITY;
      for (String text : List.of("latencyMs<=25", "params<=70", "latencyP50Ms<=20", "fps>=60")) {
        budgets.add(Budget.parse(text));
        Optional<Choice> found = select(entrants, budgets.toArray(Budget[]::new)).best();
        double now = found.map(c -> c.accuracy().orElseThrow().value()).orElse(-1.0);
        assertTrue(now <= best, "seed 99, study " + study + ", " + text);
        best = now;
      }
    }
  }

  @Test
  void aTwinOfTheSameFileChangesNobodysState() {
    Random random = new Random(7);
    for (int study = 0; study < 12; study++) {
      List<Truth> truths =
          List.of(new Truth(60, 20), new Truth(58, 18), new Truth(54, 24), new Truth(61, 26));
      List<Entrant> entrants = Simulated.study(truths, 20, false, 3, random);
      Entrant of = entrants.get(study % 4);
      List<Timed> other = // its own times, in other turns
          Simulated.study(truths, 20, false, 5, random).get(study % 4).timed();
      List<Entrant> more = new ArrayList<>(entrants);
      more.add(with(of, "twin", other, Map.of()));
      Budget budget = Budget.parse("latencyMs<=22");
      Selection before = select(entrants, budget);
      Selection after = select(more, budget);
      assertEquals(before.choices(), after.choices().subList(0, 4), "seed 7, study " + study);
      Choice twin = after.choices().get(4);
      assertEquals(Optional.of(study % 4), twin.twinOf());
      assertEquals(before.choices().get(study % 4).certainty(), twin.certainty());
    }
  }

  @Test
  void whoAnswersAlikeIsBeatenBySpeedAlone() {
    List<Entrant> two =
        Simulated.study(FRONT_AND_BEATEN.subList(0, 1), 20, false, 3, new Random(4));
    Entrant one = two.get(0);
    List<Timed> slower =
        Simulated.study(List.of(new Truth(50, 20)), 20, false, 3, new Random(5)).get(0).timed();
    Entrant other =
        new Entrant(
            "other engine", "x", one.accuracy(), one.score(), slower, Map.of(), Optional.empty());
    Selection selection = select(List.of(one, other));
    assertEquals(
        List.of(Certainty.ON_FRONT, Certainty.BEATEN),
        selection.choices().stream().map(Choice::certainty).toList());
    assertTrue(selection.choices().get(1).beatenBy().get(0).sameCounts());
  }

  @Test
  void theReferenceVariesFromProcessToProcessAsAllDo() {
    List<Timed> timed = new ArrayList<>();
    for (int process = 0; process < 3; process++) {
      double ms = 10 + process;
      double[][] rounds = Simulated.rounds(ms, ms, ms);
      Timing timing =
          new Timing(
              "machine",
              ms,
              ms / 2,
              Optional.of(new Timing.Rotation("r" + process, "reference", ms, ms / 2)),
              OptionalDouble.of(0.01));
      timed.add(new Timed(0, process, timing, rounds));
    }
    Entrant reference = Simulated.entrant("reference", new double[] {0.5, 0.6}, timed);
    Fit fit = fit(reference, "latencyMs<=11.5");
    assertEquals(11, fit.value().getAsDouble(), 1e-12);
    assertEquals(Fit.Answer.OPEN, fit.answer(), fit::toString);
    assertTrue(fit.low().getAsDouble() < 10 && fit.high().getAsDouble() > 12, fit::toString);
  }

  @Test
  void whatOneProcessCannotTellIsOpenAndSaysWhatWould() {
    List<Truth> near = List.of(new Truth(70, 20), new Truth(50, 20.1));
    Selection selection = select(Simulated.study(near, 40, false, 1, new Random(3)));
    Choice worse = selection.choices().get(1);
    assertEquals(Certainty.OPEN, worse.certainty());
    Separation separation = worse.separations().get(0);
    assertEquals("net-0", separation.label());
    assertTrue(separation.clusters().isEmpty(), () -> "accuracy is told: " + separation);
  }

  @Test
  void accuraciesThatAreTooNearTakeAnotherSplit() {
    List<Truth> near = List.of(new Truth(60, 20), new Truth(61.5, 15));
    Selection selection = select(Simulated.study(near, 11, false, 3, new Random(8)));
    Choice slower = selection.choices().get(0);
    assertEquals(Certainty.OPEN, slower.certainty());
    Separation separation = slower.separations().get(0);
    assertEquals(Separation.Claim.BEATEN, separation.claim());
    assertTrue(separation.processes().isEmpty(), () -> "speed is told: " + separation);
    assertTrue(separation.clusters().getAsInt() > 11, separation::toString);
    assertEquals( // 400 frames made 11 clusters
        Math.ceil(separation.clusters().getAsInt() * 400 / 11.0), separation.frames().getAsInt());
  }

  @Test
  void withoutAControlNothingIsCertainlyFaster() {
    List<Entrant> entrants = new ArrayList<>();
    for (Entrant e : Simulated.study(FRONT_AND_BEATEN, 40, false, 1, new Random(4))) {
      Timed t = e.timed().get(0);
      Timing timing = t.timing();
      Timing uncontrolled =
          new Timing(
              timing.machine(),
              timing.endToEndMs(),
              timing.engineMs(),
              timing.rotation(),
              OptionalDouble.empty());
      entrants.add(
          with(e, e.label(), List.of(new Timed(0, 0, uncontrolled, t.roundsMs())), Map.of()));
    }
    Selection selection = select(entrants, Budget.parse("latencyMs<=15"));
    assertEquals(List.of(), selection.of(Certainty.BEATEN));
    assertEquals(Fit.Answer.OPEN, selection.choices().get(0).fits().get(0).answer());
  }

  @Test
  void whoCannotBeComparedSaysWhy() {
    List<Entrant> entrants = new ArrayList<>(clear());
    Timing here = entrants.get(0).timed().get(0).timing();
    Timing elsewhere = new Timing("other machine", 5, 2, here.rotation(), OptionalDouble.of(0.01));
    Timing alone =
        new Timing(
            "machine",
            5,
            2,
            Optional.of(new Timing.Rotation("x", "another reference", 5, 2)),
            OptionalDouble.of(0.01));
    double[][] rounds = Simulated.rounds(5, 5.1, 5);
    double[] accuracy = new double[40];
    accuracy[3] = 1;
    entrants.add(Simulated.entrant("away", accuracy, List.of(new Timed(0, 0, elsewhere, rounds))));
    entrants.add(Simulated.entrant("alone", accuracy, List.of(new Timed(0, 0, alone, rounds))));
    entrants.add(Simulated.entrant("untimed", accuracy, List.of()));
    entrants.add(Simulated.entrant("small", new double[] {1}, entrants.get(0).timed()));
    Selection selection = select(entrants);
    assertEquals(
        List.of(
            new Obstacle(Obstacle.Kind.OTHER_MACHINE, "other machine", "machine"),
            Obstacle.of(Obstacle.Kind.NO_COMMON_REFERENCE),
            Obstacle.of(Obstacle.Kind.NO_LATENCY),
            Obstacle.of(Obstacle.Kind.ONE_CLUSTER)),
        selection.choices().subList(3, 7).stream().map(c -> c.obstacle().orElseThrow()).toList());
    assertEquals(
        select(clear()).choices(), selection.choices().subList(0, 3), "nobody else changes");
  }

  @Test
  void percentilesAreBoundedByOrderStatistics() {
    double[] runs = new double[100];
    for (int r = 0; r < 100; r++) {
      runs[r] = 1 + r; // 1..100 ms
    }
    Entrant one =
        Simulated.entrant(
            "one",
            new double[] {0.5, 0.6},
            List.of(Simulated.timed(0, 0, "r", Simulated.rounds(runs))));
    Fit fit = fit(one, "latencyP95Ms<=99");
    assertEquals(95, fit.value().getAsDouble());
    // of 100 runs: P(at most 98 below) is 0.963, the first above 0.95; P(at most 90 below) is 0.028
    assertEquals(OptionalDouble.of(99), fit.high());
    assertEquals(OptionalDouble.of(91), fit.low());
    assertEquals(Fit.Answer.WITHIN, fit.answer());
    assertEquals(Fit.Answer.OPEN, fit(one, "latencyP95Ms<=98").answer());
    assertEquals(Fit.Answer.OPEN, fit(one, "latencyP95Ms<=91").answer());
    assertEquals(Fit.Answer.OVER, fit(one, "latencyP95Ms<=90").answer());
  }

  private static Fit fit(Entrant entrant, String budget) {
    return select(List.of(entrant), Budget.parse(budget)).choices().get(0).fits().get(0);
  }

  @Test
  void aPercentileOfTooFewRunsHasNoBoundAndSaysHowManyItTakes() {
    Entrant few =
        Simulated.entrant(
            "few",
            new double[] {0.5, 0.6},
            List.of(Simulated.timed(0, 0, "r", Simulated.rounds(9, 10, 11))));
    Fit fit = fit(few, "latencyP95Ms<=50");
    assertEquals(Fit.Answer.OPEN, fit.answer());
    assertEquals(59, fit.runsNeeded());
    assertEquals(
        "budget latencyP99Ms<=50: few has 3 timed runs, a bound of the 99th percentile takes 299;"
            + " time more (latency: {runs: 299} in the study), or bound latencyP95Ms, which takes 59",
        assertThrows(BadInputException.class, () -> fit(few, "latencyP99Ms<=50")).getMessage());
  }

  @Test
  void whatDoesNotVaryIsTakenAsItIsAndWhatIsNotKnownIsNotKept() {
    Entrant e = clear().get(0);
    Map<String, Known> figures =
        Map.of("params", new Known(OptionalDouble.of(100), Optional.empty()));
    Entrant known = with(e, "known", e.timed(), figures);
    assertEquals(Fit.Answer.WITHIN, fit(known, "params<=100").answer());
    assertEquals(Fit.Answer.OVER, fit(known, "params<=99").answer());
    Selection unknown = select(List.of(e), Budget.parse("macs<=99"));
    assertEquals(Fit.Answer.UNKNOWN, unknown.choices().get(0).fits().get(0).answer());
    assertEquals(List.of(), unknown.possibleBest());
    assertEquals(Optional.empty(), unknown.best());
    assertEquals(0, unknown.choices().get(0).bestShare().getAsDouble());
  }

  @Test
  void budgetsOfAccuracyHeedHowSureItIs() {
    Entrant e = Simulated.study(List.of(new Truth(60, 20)), 40, false, 1, new Random(2)).get(0);
    double value = e.accuracy().getAsDouble();
    Entrant known = with(e, "e", e.timed(), Map.of("miou", new Known(e.accuracy(), e.score())));
    assertEquals(Fit.Answer.OPEN, fit(known, "miou>=" + (value - 0.005)).answer());
    assertEquals(Fit.Answer.WITHIN, fit(known, "miou>=" + (value - 0.08)).answer());
    assertEquals(Fit.Answer.OVER, fit(known, "miou>=" + (value + 0.08)).answer());
  }

  @Test
  void ofDepthLessIsBetter() {
    List<Entrant> entrants =
        Simulated.study(List.of(new Truth(10, 10), new Truth(30, 20)), 40, false, 3, new Random(6));
    Terms depth = new Terms("absRel", false, List.of(), 0.95, 1000, 1);
    Selection selection = Selection.of(entrants, 40, depth);
    assertEquals(
        List.of(Certainty.ON_FRONT, Certainty.BEATEN),
        selection.choices().stream().map(Choice::certainty).toList());
    assertEquals("net-0", selection.best().orElseThrow().label());
    assertTrue(selection.choices().get(1).beatenBy().get(0).gain() > 0.15);
  }

  @Test
  void aBudgetThatIsNoneIsRefused() {
    assertEquals(
        "--budget: found 'latency<50', expected a figure, <= or >=, and a number, for example"
            + " latencyP95Ms<=50",
        assertThrows(BadInputException.class, () -> Budget.parse("latency<50")).getMessage());
    String message =
        assertThrows(BadInputException.class, () -> Budget.parse("latencyP95<=50")).getMessage();
    assertTrue(
        message.startsWith(
            "--budget: no figure is called 'latencyP95' (did you mean 'latencyP95Ms'?); there"
                + " are miou, pixelAccuracy, "),
        message);
    assertEquals("safe", Budget.parse("safeMiou>=0.5").word());
    assertEquals("latencyP95Ms<=50", Budget.parse(" latencyP95Ms <= 50.0 ").text());
  }
}
