package io.drivemark.eval.history.judge.method;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Nights whose order is a time, as real ones have it. */
class EventBookTest {
  private static final int NIGHTS = 40;

  private static Night night(int number) {
    Instant start = Instant.parse("2026-01-01T02:00:00Z").plus(number, ChronoUnit.DAYS);
    return new Night(
        new Night.Ref("n" + number, start.toEpochMilli(), start),
        "a",
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Night.Ref ref(int number) {
    return night(number).ref();
  }

  /** All nights but those left out. */
  private static Nights nights(int... out) {
    List<Night> before = new ArrayList<>();
    for (int n = 0; n < NIGHTS; n++) {
      int number = n;
      if (Arrays.stream(out).noneMatch(o -> o == number)) {
        before.add(night(n));
      }
    }
    return new Nights(
        new JudgeInput(
            before,
            night(NIGHTS),
            Optional.empty(),
            List.of(),
            Map.of(),
            Optional.empty(),
            JudgeRules.defaults()));
  }

  private static Event event(int first) {
    return new Event(
        "e1",
        "a",
        Event.State.CONFIRMED,
        true,
        Cause.MODEL,
        List.of(),
        Onset.at(ref(first - 1), ref(first)),
        ref(first),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Alarm level(int first) {
    return new Alarm(
        Alarm.Kind.LEVEL,
        Alarm.State.CONFIRMED,
        World.series(0),
        "latencyMs",
        Optional.empty(),
        true,
        1,
        1.1,
        0.1,
        0.02,
        OptionalDouble.empty(),
        OptionalDouble.of(0.001),
        OptionalDouble.of(0.01),
        30,
        Onset.at(ref(first - 1), ref(first)),
        "");
  }

  private static List<Integer> near(EventBook book, Event event) {
    List<Integer> out = new ArrayList<>();
    for (int first = 10; first < NIGHTS; first++) {
      if (book.isNear(event, level(first))) {
        out.add(first);
      }
    }
    return out;
  }

  @Test
  void aChangeOfLevelWithinTwoNightsOfAnEventIsThatEvent() {
    Event event = event(20);
    assertEquals(List.of(18, 19, 20, 21, 22), near(new EventBook(List.of(event), nights()), event));
  }

  @Test
  void nightsThatAreMissingAreNotCounted() {
    Event event = event(20);
    assertEquals(
        List.of(18, 19, 20, 21, 22, 23, 24),
        near(new EventBook(List.of(event), nights(21, 22)), event));
  }
}
