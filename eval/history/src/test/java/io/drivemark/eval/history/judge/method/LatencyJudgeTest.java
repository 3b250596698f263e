package io.drivemark.eval.history.judge.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LatencyJudgeTest {
  @Test
  void theFirstTenNightsAreNotJudgedAndSaySo() {
    TimedNights nights = new TimedNights(6, false, 1);
    nights.remember(4);
    Verdict verdict = nights.next();

    assertEquals(
        new Census(
            nights.series(1),
            "latencyMs",
            Census.State.NOT_JUDGED,
            "4 of 10 nights that it needs before it"),
        verdict.census().get(2));
    assertEquals(Verdict.State.NOT_JUDGED, verdict.state());
    assertEquals(Verdict.State.NOT_JUDGED, nights.next(5).state(), "9 nights before it");
    assertEquals(Verdict.State.FINE, nights.next().state(), "10 nights before it");
  }

  @Test
  void aBusyMachineIsNotJudged() {
    TimedNights nights = new TimedNights(6, false, 2);
    nights.remember(20);
    nights.slower[2] = 0.2;
    nights.unquiet = Optional.of("load 1.7, at most 0.3");
    Verdict verdict = nights.next();

    assertEquals(Verdict.State.NOT_JUDGED, verdict.state());
    assertEquals(
        "Not judged: 1 of 7 figures judged, 90 % needed; latency is not judged: machine: load 1.7,"
            + " at most 0.3.",
        verdict.sentence());
    assertEquals(List.of(), verdict.alarms());
  }

  @Test
  void aWideBandOrASlowRulerIsTheMachine() {
    TimedNights nights = new TimedNights(6, false, 3);
    nights.remember(20);
    nights.band = 0.04;
    assertEquals(
        List.of(
            "latency is not judged: machine: the A-A band is 4.0 %, more than three times the"
                + " usual 1.0 %"),
        nights.next().reasons());
    nights.band = 0.01;
    nights.ruler = Math.log(1.2);
    assertTrue(
        nights
            .next()
            .reasons()
            .get(0)
            .matches(
                "latency is not judged: machine: fixed work took (19|20) % longer than"
                    + " usual"));
  }

  @Test
  void theWidestBandOfTheFileHoldsFromTheFirstNightOn() {
    TimedNights nights = new TimedNights(6, false, 3);
    nights.rules = JudgeRules.defaults().withBand(OptionalDouble.of(0.03));
    nights.band = 0.031;
    assertEquals(
        List.of(
            "latency is not judged: machine: the A-A band is 3.1 %, the night's file allows at most"
                + " 3.0 %"),
        nights.next().reasons());
    nights.band = Double.NaN;
    assertEquals(
        List.of(
            "latency is not judged: machine: no A-A band is known, the night's file allows at most"
                + " 3.0 %"),
        nights.next().reasons());
    nights.band = 0.03;
    assertEquals(List.of(), nights.next().reasons());
  }

  @Test
  void aCandidateIsNotConfirmedWhereTheBandIsTooWide() {
    TimedNights nights = new TimedNights(12, false, 4);
    nights.rules = JudgeRules.defaults().withBand(OptionalDouble.of(0.02));
    nights.remember(30);
    nights.slower[5] = 0.08;
    JudgeInput input = nights.input();
    nights.band = 0.025;
    Verdict verdict = Judge.judge(input.withConfirmation(nights.measure("again", 31, 2)));

    assertEquals(Verdict.State.NOT_JUDGED, verdict.state());
    assertEquals(
        List.of(
            "latency is not judged: machine: of what was timed again the A-A band is 2.5 %, the"
                + " night's file allows at most 2.0 %"),
        verdict.reasons());
  }

  @Test
  void aCandidateWaitsForItsConfirmation() {
    TimedNights nights = new TimedNights(12, false, 4);
    nights.remember(30);
    nights.slower[5] = 0.08;
    JudgeInput input = nights.input();
    Verdict verdict = Judge.judge(input);

    assertEquals(Verdict.State.FINE, verdict.state());
    assertEquals(
        "Fine: 13 of 13 figures judged, 1 finding waits to be measured again.", verdict.sentence());
    ConfirmPlan plan = verdict.confirm().orElseThrow();
    assertEquals(List.of(nights.series(5)), plan.candidates());
    assertEquals(4, plan.mates().size());
    assertEquals(2, plan.forks());
    assertEquals(Event.State.CANDIDATE, verdict.events().get(0).state());

    Verdict few = Judge.judge(input.withConfirmation(nights.measure("again", 31, 1)));
    assertEquals(Alarm.State.CANDIDATE, few.alarms().get(0).state());
    assertEquals("timed again in 1 of 2 processes", few.alarms().get(0).note());

    Verdict confirmed = Judge.judge(input.withConfirmation(nights.measure("again", 31, 2)));
    assertEquals(Verdict.State.WORSE, confirmed.state());
    nights.slower[5] = 0;
    Verdict cleared = Judge.judge(input.withConfirmation(nights.measure("again", 31, 2)));
    assertEquals(Verdict.State.FINE, cleared.state());
    assertEquals(Event.State.CLEARED, cleared.events().get(0).state());
    assertEquals(Alarm.State.CLEARED, cleared.alarms().get(0).state());
  }

  @Test
  void allCellsOfOneEngineAreOneEventOfTheEngine() {
    TimedNights nights = new TimedNights(13, true, 5);
    nights.remember(40);
    for (int c = 1; c < 13; c += 2) {
      nights.slower[c] = 0.08;
    }
    nights.next(3);

    assertEquals(1, nights.open().size(), () -> nights.open().toString());
    Event event = nights.open().get(0);
    assertEquals(Cause.ENGINE, event.cause());
    assertEquals(6, event.changes().size());
    assertTrue(event.changes().stream().allMatch(c -> c.series().engine().equals("pytorch")));
  }

  /** As kernels of another instruction set do: some cells take twice the time, some little more. */
  @Test
  void anEngineThatSlowsItsCellsUnequallyIsNoTroubleOfTheMachine() {
    TimedNights nights = new TimedNights(15, true, 15);
    nights.remember(12);
    for (int c = 1; c < 15; c += 2) {
      nights.slower[c] = 0.1 + 0.18 * c;
    }
    Verdict verdict = nights.next();

    assertEquals(Verdict.State.WORSE, verdict.state(), verdict.sentence());
    assertEquals(1, nights.open().size(), () -> nights.open().toString());
    assertEquals(Cause.ENGINE, nights.open().get(0).cause());
    assertEquals(7, nights.open().get(0).changes().size());
  }

  /** The night before could not be judged, so both may have begun in either. */
  @Test
  void aWiderNetworkAndASlowerEngineAreTwoEvents() {
    TimedNights nights = new TimedNights(15, true, 19);
    nights.remember(12);
    nights.model = "model-2"; // of the first cell
    nights.slower[0] = 0.3;
    nights.unquiet = Optional.of("load 1.7, at most 0.3");
    nights.next();
    nights.unquiet = Optional.empty();
    for (int c = 1; c < 15; c += 2) {
      nights.slower[c] = 0.1 + 0.18 * c;
    }
    nights.next();

    assertEquals(2, nights.open().size(), () -> nights.open().toString());
    assertEquals(
        Set.of(Cause.MODEL, Cause.ENGINE),
        nights.open().stream().map(Event::cause).collect(Collectors.toSet()));
    assertEquals(
        Set.of(1, 7),
        nights.open().stream().map(e -> e.changes().size()).collect(Collectors.toSet()));
  }

  /** Eight of fifteen, or seven of fourteen: the median of all lies with or between the slower. */
  @Test
  void theEngineThatHasMostCellsIsFoundOutByFixedWork() {
    for (int cells : new int[] {14, 15}) {
      TimedNights nights = new TimedNights(cells, true, 18);
      nights.remember(12);
      for (int c = 0; c < cells; c += 2) {
        nights.slower[c] = 0.2 + 0.02 * c;
      }
      Verdict verdict = nights.next();

      assertEquals(Verdict.State.WORSE, verdict.state(), verdict.sentence());
      assertEquals(1, nights.open().size(), () -> nights.open().toString());
      Event event = nights.open().get(0);
      assertEquals(Cause.ENGINE, event.cause());
      assertTrue(
          event.changes().stream()
              .allMatch(c -> c.series().engine().equals("onnxruntime") && c.change() > 0.17),
          event::toString);
    }
  }

  @Test
  void whatScattersInCellsOfBothEnginesIsTheMachine() {
    TimedNights nights = new TimedNights(14, true, 16);
    nights.remember(12);
    for (int c = 0; c < 14; c++) {
      nights.slower[c] = 0.05 * (c % 5);
    }
    Verdict verdict = nights.next();

    assertEquals(Verdict.State.NOT_JUDGED, verdict.state(), verdict.sentence());
    assertTrue(
        verdict.reasons().get(0).contains("latencies scatter "), verdict.reasons().toString());
  }

  @Test
  void fourOfAnEnginesFiveCellsAreTheEnginesDoing() {
    TimedNights nights = new TimedNights(10, true, 17);
    nights.remember(30);
    for (int c = 1; c < 9; c += 2) {
      nights.slower[c] = 0.08;
    }
    nights.next(3);

    assertEquals(1, nights.open().size(), () -> nights.open().toString());
    assertEquals(4, nights.open().get(0).changes().size());
    assertEquals(Cause.ENGINE, nights.open().get(0).cause());
  }

  @Test
  void aWiderNetworkIsOneEventOfTheModelInLatencyAndAccuracy() {
    TimedNights nights = new TimedNights(12, false, 6);
    nights.remember(30);
    nights.slower[0] = 0.1;
    nights.model = "model-2";
    nights.miou = 0.45;
    nights.next();

    assertEquals(1, nights.open().size(), () -> nights.open().toString());
    Event event = nights.open().get(0);
    assertEquals(Cause.MODEL, event.cause());
    assertEquals(
        List.of("latencyMs", "miou"), event.changes().stream().map(Event.Change::metric).toList());
    assertEquals(List.of("model net-0: model-1 -> model-2"), event.conditions());
  }

  @Test
  void anOptionOfTheEngineIsTheEnginesDoingThoughItsRulerDoesNotMove() {
    TimedNights nights = new TimedNights(12, false, 7);
    nights.remember(30);
    Arrays.fill(nights.slower, 0.08);
    nights.conditions.put("engine.onnxruntime.options", "spinning off");
    nights.next(2);

    assertEquals(1, nights.open().size(), () -> nights.open().toString());
    assertEquals(Cause.ENGINE, nights.open().get(0).cause());
    assertEquals(
        List.of("engine.onnxruntime.options: - -> spinning off"),
        nights.open().get(0).conditions());
    assertEquals(Series.ALL, nights.open().get(0).changes().get(0).series());
  }

  @Test
  void anotherKeyWithTheSameModelIsTheEnginesDoing() {
    TimedNights nights = new TimedNights(12, false, 14);
    nights.remember(30);
    Arrays.fill(nights.slower, 0.08);
    nights.option = "-spinning-off"; // of the only cell that has an accuracy
    nights.next(2);

    assertEquals(1, nights.open().size(), () -> nights.open().toString());
    assertEquals(Cause.ENGINE, nights.open().get(0).cause());
    assertEquals(
        List.of("keys of 1 cell, their models the same"), nights.open().get(0).conditions());
  }

  @Test
  void anAcceptedLevelIsTheBaselineAndADismissedFindingStaysDismissed() {
    for (Event.State said : List.of(Event.State.ACCEPTED, Event.State.DISMISSED)) {
      TimedNights nights = new TimedNights(12, false, 8);
      nights.remember(30);
      nights.slower[4] = 0.08;
      nights.next(2);
      Event event = nights.open().get(0);
      nights.events.put(
          event.uid(), event.decided(said, new Event.Decision("me", "meant", Instant.EPOCH)));
      if (said == Event.State.ACCEPTED) {
        Verdict verdict = nights.next(10);
        assertEquals(Verdict.State.FINE, verdict.state(), verdict.sentence());
      } else {
        nights.slower[4] = 0;
        assertEquals(Verdict.State.FINE, nights.next().state());
      }
    }
  }

  @Test
  void anEventClosesThoughAPersonTookItsFirstNightOut() {
    TimedNights nights = new TimedNights(12, false, 15);
    nights.remember(30);
    nights.slower[4] = 0.08;
    nights.next(2);
    assertEquals(1, nights.open().size(), () -> nights.open().toString());
    Night first = nights.nights.get(30);
    assertEquals(first.ref(), nights.open().get(0).onset().first());
    nights.nights.set(
        30,
        new Night(
            first.ref(),
            first.machine(),
            first.conditions(),
            first.rotations(),
            first.series(),
            first.rulers(),
            first.unquiet(),
            Optional.of("the fan was broken")));
    nights.slower[4] = 0;
    nights.next(Event.NIGHTS_BACK + 1);
    assertEquals(List.of(), nights.open());
  }

  @Test
  void creepingIsSeenAgainstThePinnedNight() {
    TimedNights nights = new TimedNights(12, false, 9);
    nights.pinned = Optional.of("n5");
    nights.remember(20);
    boolean creeping = false;
    for (int t = 0; t < 80 && !creeping; t++) {
      nights.slower[4] += 0.0006;
      Verdict verdict = nights.next();
      // changes of level would see it too: here the monthly test alone is looked at
      nights.events.clear();
      creeping = verdict.alarms().stream().anyMatch(a -> a.kind() == Alarm.Kind.DRIFT);
      if (creeping) {
        Alarm alarm =
            verdict.alarms().stream()
                .filter(a -> a.kind() == Alarm.Kind.DRIFT)
                .findFirst()
                .orElseThrow();
        assertEquals(nights.series(4), alarm.series());
        assertEquals("n5", alarm.onset().before().uid());
        assertTrue(alarm.note().matches("\\+\\d\\.\\d\\d % in 30 nights"), alarm.note());
      }
    }
    assertTrue(creeping, "0.06 % a night in 80 nights");
  }

  /** The first night of a month that is fit is the one, whichever date it has. */
  @Test
  void creepingIsSeenThoughTheFirstNightOfTheMonthWasUnfit() {
    TimedNights nights = new TimedNights(12, false, 9);
    nights.pinned = Optional.of("n5");
    nights.remember(20);
    int day = 0;
    for (int t = 0; t < 80 && day == 0; t++) {
      nights.slower[4] += 0.0006;
      JudgeInput input = nights.input();
      int date = input.tonight().ref().start().atOffset(ZoneOffset.UTC).getDayOfMonth();
      nights.unquiet = date == 1 ? Optional.of("load 1.7") : Optional.empty();
      Verdict verdict = nights.next();
      nights.events.clear();
      boolean creeping = verdict.alarms().stream().anyMatch(a -> a.kind() == Alarm.Kind.DRIFT);
      day = creeping ? date : 0;
    }
    assertEquals(2, day, "of the month, after 0.06 % a night");
  }

  @Test
  void fewCellsAreNormalisedByTheRulers() {
    TimedNights nights = new TimedNights(3, false, 10);
    for (int t = 0; t < 30; t++) {
      nights.ruler = 0.05 * Math.sin(t);
      nights.night = nights.ruler;
      nights.remember(1);
    }
    nights.ruler = 0.06;
    nights.night = 0.06;
    assertEquals(Verdict.State.FINE, nights.next().state());
    nights.slower[1] = 0.08;
    Verdict verdict = nights.next();
    assertEquals(Verdict.State.WORSE, verdict.state(), verdict.sentence());
    assertEquals(nights.series(1), verdict.alarms().get(0).series());
  }

  @Test
  void forksAndLevelsThatMovedCount() {
    TimedNights nights = new TimedNights(12, false, 11);
    nights.forks = 3;
    nights.remember(15);
    nights.slower[1] = 0.05;
    assertEquals(Verdict.State.WORSE, nights.next().state());

    // common parts are medians of distances from levels that may have moved
    Turn turn =
        new Turn(
            List.of(
                new Turn.Value(0, "", 0, 3.1, 0),
                new Turn.Value(1, "", 0, 4.2, 0),
                new Turn.Value(2, "", 0, 5.3, 0),
                new Turn.Value(3, "", 0, 1.4, 0),
                new Turn.Value(4, "", 0, 2.9, 0.5)),
            1);
    double[] levels = {3, 4, 5, 1, 2};
    assertEquals(0.3, turn.common(levels, 5, 0), 1e-12);
    assertEquals(
        9, turn.parts(levels, new boolean[] {true, false, false, false, false}, 5, 9, 0)[0]);
  }

  @Test
  void manyCellsOfNoOneEngineAreFoundOverNights() {
    TimedNights nights = new TimedNights(12, false, 12);
    nights.remember(40);
    for (int c = 0; c < 5; c++) {
      nights.slower[c] = 0.08;
    }
    Verdict first = nights.next();
    assertEquals(Verdict.State.NOT_JUDGED, first.state());
    assertTrue(first.reasons().get(0).contains("latencies scatter "), first.reasons().toString());
    nights.next(5);

    assertEquals(1, nights.open().size(), () -> nights.open().toString());
    assertEquals(5, nights.open().get(0).changes().size());
    assertEquals("n41", nights.open().get(0).onset().first().uid(), () -> nights.open().toString());
  }

  @Test
  void aNightThatIsJudgedAgainHasTheSameVerdict() {
    TimedNights nights = new TimedNights(12, false, 13);
    nights.remember(30);
    nights.slower[4] = 0.08;
    for (int t = 0; t < 12; t++) {
      nights.slower[4] = t < 4 ? 0.08 : 0;
      JudgeInput input = nights.input();
      if (Judge.judge(input).confirm().isPresent()) {
        input = input.withConfirmation(nights.measure("again" + t, 31 + t, 2));
      }
      Verdict verdict = Judge.judge(input);
      nights.nights.add(input.tonight());
      verdict.events().forEach(event -> nights.events.put(event.uid(), event));
      JudgeInput again =
          new JudgeInput(
              input.before(),
              input.tonight(),
              input.confirmation(),
              List.copyOf(nights.events.values()),
              input.differences(),
              input.pinned(),
              input.rules());
      assertEquals(verdict, Judge.judge(again), "night " + t);
    }
    assertEquals(
        List.of(Event.State.FIXED),
        nights.events.values().stream()
            .filter(e -> e.changes().get(0).series().equals(nights.series(4)))
            .map(Event::state)
            .toList());
  }
}
