package io.drivemark.eval.history.judge.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExactJudgeTest {
  private final ExactNights nights = new ExactNights(3);

  private static AccuracyFinding.State state(Verdict verdict, int cell) {
    return finding(verdict, cell).state();
  }

  private static AccuracyFinding finding(Verdict verdict, int cell) {
    return verdict.accuracy().stream()
        .filter(f -> f.series().equals(World.series(cell)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sixtyUnchangedNightsAlarmNever() {
    ExactNights many = new ExactNights(20);
    for (int i = 0; i < 60; i++) {
      Verdict verdict = many.next();
      assertEquals(List.of(), verdict.alarms());
      assertEquals(
          i == 0 ? Verdict.State.NOT_JUDGED : Verdict.State.FINE,
          verdict.state(),
          verdict.sentence());
    }
  }

  @Test
  void theFirstNightIsNotFine() {
    Verdict verdict = nights.next();

    assertEquals("Not judged: 0 of 6 figures judged, 90 % needed.", verdict.sentence());
    assertEquals(
        new Census(
            World.series(0), "iou", Census.State.NOT_JUDGED, "the first night with all frames"),
        verdict.census().get(0));
  }

  @Test
  void onePixelWithNothingChangedIsAFindingWhateverItsSize() {
    nights.next(3);
    nights.predict(1, "p2", 0.5 - 1e-9, 0.6, 0.4);
    nights.moved(1, 1, 1, true, "0016E5_07959");
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.DETERMINISM, state(verdict, 1));
    assertEquals(Verdict.State.WORSE, verdict.state());
    assertEquals(
        "Worse: cell 1: label maps changed and nothing else did since 2026-01-05; 6 of 6 figures"
            + " judged.",
        verdict.sentence());
    assertEquals(1, verdict.alarms().size());
    assertEquals(
        "at least 1 pixel in 1 frame moved, most in 0016E5_07959", verdict.alarms().get(0).note());
    assertEquals(Cause.UNKNOWN, verdict.events().get(0).cause());

    Verdict after = nights.next();
    assertEquals(Verdict.State.FINE, after.state(), after.sentence());
    assertEquals(Event.State.FIXED, after.events().get(0).state());
  }

  @Test
  void roundingOfAnotherEngineIsNoAlarm() {
    nights.next(3);
    nights.conditions.put("engine.onnxruntime", "1.30");
    for (int c = 0; c < 3; c++) {
      nights.declare(c, "key-2", "model-1", "data-1", "1.30", Optional.of("canary-2"));
      nights.predict(c, "p2", 0.4999, 0.5999, 0.4);
    }
    nights.moved(0, 4, 12, true, "f1");
    nights.moved(1, 4, 12, false, "f1");
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.ROUNDING, state(verdict, 0));
    assertEquals(AccuracyFinding.State.CHANGED, state(verdict, 1));
    assertEquals(AccuracyFinding.State.CHANGED, state(verdict, 2));
    assertEquals(List.of("engine", "canary"), finding(verdict, 0).declared());
    assertEquals("which pixels moved was not computed", finding(verdict, 2).note());
    assertEquals(List.of(), verdict.alarms());
    assertEquals(Verdict.State.FINE, verdict.state());
  }

  @Test
  void aClassThatAnotherEngineLosesIsNamed() {
    nights.next(3);
    nights.conditions.put("engine.onnxruntime", "1.30");
    nights.declare(2, "key-2", "model-1", "data-1", "1.30", Optional.of("canary-2"));
    nights.predict(2, "p2", 0.4, 0.6, 0.2);
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.WORSE, state(verdict, 2));
    assertEquals(
        "Worse: cell 2: IoU of Pole 0.4000 to 0.2000 and 1 more figure since 2026-01-05, the"
            + " engine's doing; 6 of 6 figures judged.",
        verdict.sentence());
    Event event = verdict.events().get(0);
    assertEquals(1, verdict.events().size());
    assertEquals(
        List.of(Optional.of("Pole"), Optional.empty()),
        event.changes().stream().map(Event.Change::ofClass).toList());
    assertEquals(
        List.of("engine.onnxruntime: 1.29 -> 1.30", "keys of 1 cell, their models the same"),
        event.conditions());

    assertEquals(Verdict.State.WORSE, nights.next().state(), "it stays open");
    nights.predict(2, "p3", 0.5, 0.6, 0.4);
    nights.conditions.put("drivemark", "d2");
    Verdict fixed = nights.next();
    assertEquals(Verdict.State.FINE, fixed.state(), fixed.sentence());
    assertEquals(Event.State.FIXED, fixed.events().get(0).state());
  }

  @Test
  void aModelReplacedUnderItsNameIsTheModelsDoing() {
    nights.next(3);
    nights.declare(0, "key-2", "model-2", "data-1", "1.29", Optional.of("canary-1"));
    nights.predict(0, "p2", 0.45, 0.6, 0.3);
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.WORSE, state(verdict, 0));
    assertEquals(Cause.MODEL, verdict.events().get(0).cause());
    assertEquals(List.of("model net-0: model-1 -> model-2"), verdict.events().get(0).conditions());
  }

  @Test
  void otherFramesAreNotCompared() {
    nights.next(3);
    nights.declare(0, "key-2", "model-1", "data-2", "1.29", Optional.of("canary-1"));
    nights.predict(0, "p2", 0.1, 0.1, 0.1);
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.NOT_COMPARABLE, state(verdict, 0));
    assertEquals(
        "the frames are others than in the night before: their digest was data-1 and is data-2",
        finding(verdict, 0).note());
    assertEquals(List.of(), verdict.alarms());
    assertEquals(Verdict.State.NOT_JUDGED, verdict.state());
    assertEquals(AccuracyFinding.State.SAME, state(nights.next(), 0));
  }

  @Test
  void framesLeftOutAreNotJudgedAndNoBaseline() {
    nights.next(3);
    nights.incomplete(0);
    nights.predict(0, "p2", 0.1, 0.1, 0.1);
    Verdict verdict = nights.next();
    assertEquals(AccuracyFinding.State.NOT_COMPARABLE, state(verdict, 0));
    assertEquals(List.of(), verdict.alarms());

    nights.cells.put(World.series(0), ExactNights.cell("p1", 0.5, 0.6, 0.4));
    assertEquals(AccuracyFinding.State.SAME, state(nights.next(), 0));
  }

  @Test
  void withoutACanaryEqualBitsAreNotExpected() {
    nights.declare(0, "key", "model-1", "data-1", "1.29", Optional.empty());
    nights.next(3);
    nights.predict(0, "p2", 0.5, 0.6, 0.4);
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.CHANGED, state(verdict, 0));
    assertEquals(List.of("canary"), finding(verdict, 0).declared());
  }

  @Test
  void recordsThatContradictEachOtherAreRefused() {
    nights.next(3);
    nights.predict(0, "p1", 0.4, 0.6, 0.4);

    assertEquals(
        "cell 0: label maps are the same as in n3 and figures are not; one of the two records is"
            + " wrong",
        assertThrows(IllegalArgumentException.class, nights::next).getMessage());
  }

  @Test
  void smallStepsAddUpAgainstThePinnedNight() {
    nights.next(2);
    nights.pinned = Optional.of("n2");
    for (int step = 1; step <= 4; step++) {
      nights.conditions.put("drivemark", "d" + (step + 1));
      nights.predict(0, "p" + (step + 1), 0.5 - 0.0002 * step, 0.6, 0.4);
      Verdict verdict = nights.next();
      // the floor is 0.0005
      assertEquals(step >= 3 ? Verdict.State.WORSE : Verdict.State.FINE, verdict.state());
      assertEquals(step == 3 ? 1 : 0, verdict.alarms().size(), "step " + step);
      if (step == 3) {
        Alarm alarm = verdict.alarms().get(0);
        assertEquals(Alarm.Kind.DRIFT, alarm.kind());
        assertEquals("against the pinned night n2", alarm.note());
        assertEquals(0.5, alarm.baseline());
      }
    }
    Event event = nights.events.values().iterator().next();
    nights.events.put(
        event.uid(),
        event.decided(Event.State.ACCEPTED, new Event.Decision("me", "meant", Instant.EPOCH)));
    assertEquals(Verdict.State.FINE, nights.next().state());
    nights.conditions.put("drivemark", "d9");
    nights.predict(0, "p9", 0.4990, 0.6, 0.4);
    assertEquals(Verdict.State.FINE, nights.next().state(), "0.0004 since what was accepted");
  }

  @Test
  void whatWasAcceptedIsNoCreepingThoughItsFirstNightIsExcluded() {
    nights.next(2);
    nights.pinned = Optional.of("n2");
    nights.conditions.put("drivemark", "d2");
    nights.predict(0, "p2", 0.49, 0.6, 0.4);
    Verdict worse = nights.next();
    assertEquals(Verdict.State.WORSE, worse.state());
    Event event = worse.events().get(0);
    nights.next();
    nights.events.put(
        event.uid(),
        event.decided(Event.State.ACCEPTED, new Event.Decision("me", "meant", Instant.EPOCH)));
    Night first = nights.nights.get(2);
    nights.nights.set(
        2,
        new Night(
            first.ref(),
            first.machine(),
            first.conditions(),
            first.rotations(),
            first.series(),
            first.rulers(),
            first.unquiet(),
            Optional.of("the disk was full")));
    Verdict verdict = nights.next();
    assertEquals(List.of(), verdict.alarms());
    assertEquals(Verdict.State.FINE, verdict.state(), verdict.sentence());
  }

  @Test
  void whatWasNotMeasuredIsNeitherFineNorGoneNorWorse() {
    nights.next(3);
    nights.unmeasured.put(World.series(1), "engine onnxruntime is missing");
    Verdict verdict = nights.next();

    assertEquals(Verdict.State.NOT_JUDGED, verdict.state());
    assertEquals(
        List.of("engine onnxruntime is missing", "engine onnxruntime is missing"),
        verdict.census().stream()
            .filter(c -> c.state() == Census.State.NOT_JUDGED)
            .map(Census::reason)
            .toList());

    nights.unmeasured.clear();
    nights.cells.remove(World.series(1));
    Verdict gone = nights.next();
    assertEquals(Verdict.State.FINE, gone.state(), "4 of 4 that were to be measured");
    assertEquals(new Verdict.Coverage(4, 0, 2, 0.9), gone.coverage());
    assertEquals(
        "last measured in the night n3",
        gone.census().stream()
            .filter(c -> c.state() == Census.State.GONE)
            .findFirst()
            .orElseThrow()
            .reason());
  }

  @Test
  void nothingToJudgeIsNeverFine() {
    nights.cells.clear();
    Verdict verdict = nights.next();

    assertEquals(Verdict.State.NOT_JUDGED, verdict.state());
    assertEquals(
        "Not judged: 0 of 0 figures judged, 90 % needed; nothing was to be judged.",
        verdict.sentence());
  }

  @Test
  void nightsOfAnotherMachineAndExcludedOnesAreNoBaseline() {
    nights.next(2);
    nights.machine = "b";
    nights.predict(0, "p2", 0.7, 0.6, 0.4);
    assertEquals(AccuracyFinding.State.FIRST, state(nights.next(), 0));
    nights.machine = "a";
    nights.excluded = Optional.of("the disk was full");
    nights.predict(0, "p3", 0.9, 0.6, 0.4);
    nights.next();
    nights.excluded = Optional.empty();
    nights.predict(0, "p1", 0.5, 0.6, 0.4);
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.SAME, state(verdict, 0));
    assertEquals("n2", finding(verdict, 0).before().orElseThrow().uid());
    assertTrue(verdict.events().stream().noneMatch(Event::isOpen), verdict.sentence());
  }

  @Test
  void anEventIsNotOverBecauseOtherFramesAreEasier() {
    nights.next(2);
    nights.conditions.put("drivemark", "d2");
    nights.predict(0, "p2", 0.4, 0.6, 0.4);
    assertEquals(Verdict.State.WORSE, nights.next().state());
    nights.declare(0, "key", "model-1", "data-2", "1.29", Optional.of("canary-1"));
    nights.predict(0, "p3", 0.9, 0.6, 0.4);
    assertEquals(Verdict.State.WORSE, nights.next().state());
    nights.declare(0, "key", "model-1", "data-1", "1.29", Optional.of("canary-1"));
    assertEquals(Verdict.State.FINE, nights.next(2).state(), "on the frames it was found on");
  }

  @Test
  void whatWasNotMeasuredIsNotCalledTheSame() {
    nights.next(2);
    nights.taken.put(World.series(1).key(), "2026-01-03T02-00-00Z");
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.SAME, state(verdict, 0));
    assertEquals(AccuracyFinding.State.TAKEN, state(verdict, 1));
    assertEquals(
        "it is that of 2026-01-03T02-00-00Z: key, canary, machine and Drivemark are the same",
        finding(verdict, 1).note());
    assertEquals(Verdict.State.FINE, verdict.state());
  }

  /** A program that counts otherwise is told of, and is no reason to judge nothing any more. */
  @Test
  void figuresThatFollowOtherwiseFromTheSameLabelMapsAreFound() {
    nights.next(2);
    nights.predict(0, "p1", 0.4, 0.6, 0.4);
    assertThrows(IllegalArgumentException.class, nights::next, "nothing was changed");
    nights.conditions.put("drivemark", "d2");
    Verdict verdict = nights.next();

    assertEquals(AccuracyFinding.State.WORSE, state(verdict, 0));
    assertEquals(List.of("drivemark"), finding(verdict, 0).declared());
    assertEquals(
        "label maps are the same, figures are not: they follow otherwise from the counts",
        finding(verdict, 0).note());
    assertEquals(AccuracyFinding.State.SAME, state(verdict, 1));
  }

  @Test
  void anEventOutlivesTheRulesItWasFoundBy() {
    nights.next(2);
    nights.predict(0, "p2", 0.4, 0.6, 0.4);
    nights.conditions.put("drivemark", "d2");
    assertEquals(Verdict.State.WORSE, nights.next().state());
    nights.rules =
        new JudgeRules(List.of(JudgeRules.IOU), 10, 60, 3, 0.05, 0.2, 2, 4, 0.9); // no mIoU
    Verdict verdict = nights.next();

    assertEquals(Verdict.State.WORSE, verdict.state(), "nobody has decided");
    assertTrue(
        verdict.sentence().startsWith("Worse: cell 0: mIoU 0.5000 to 0.4000 since 2026-01-04"),
        verdict.sentence());
  }

  @Test
  void aPinnedNightThatNothingIsHeldAgainstIsSaid() {
    nights.next(2);
    nights.machine = "b";
    nights.pinned = Optional.of("n1");
    nights.next();
    assertEquals(
        List.of("creeping is not judged: the pinned night n1 is of another machine"),
        nights.next().reasons());
    nights.pinned = Optional.of("gone");
    assertEquals(
        List.of("creeping is not judged: the pinned night gone is not among the nights before"),
        nights.next().reasons());
    nights.pinned = Optional.of("n3");
    Verdict judged = nights.next();
    assertEquals(List.of(), judged.reasons());
    assertEquals(Verdict.State.FINE, judged.state(), judged.sentence());
  }

  @Test
  void aHostileNameStaysOnTheSentencesLine() {
    JudgeRules rules = JudgeRules.defaults();
    for (String name : List.of("a\n::error::b\r\u2028", "x".repeat(10_000))) {
      Series series = new Series("k", name, name, "d", "e");
      String sentence =
          Sentences.change(
              new Event.Change(
                  series, "iou", Optional.of(name), Alarm.Kind.ACCURACY, 0.5, 0.25, -0.25),
              rules);
      assertTrue(sentence.length() < 300 && sentence.lines().count() == 1, sentence);
      assertTrue(sentence.endsWith(" 0.5000 to 0.2500"), sentence);
    }
    assertEquals(
        "a ::error::b: IoU of a ::error::b 0.5000 to 0.2500",
        Sentences.change(
            new Event.Change(
                new Series("k", "a\n::error::b\r\u2028", "a", "d", "e"),
                "iou",
                Optional.of("a\n::error::b"),
                Alarm.Kind.ACCURACY,
                0.5,
                0.25,
                -0.25),
            rules));
  }
}
