package io.drivemark.reports.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventWordsTest {
  private static Event event(Cause cause) {
    Night.Ref night = new Night.Ref("n", 1, Instant.EPOCH);
    return new Event(
        "e",
        "machine",
        Event.State.CONFIRMED,
        true,
        cause,
        List.of(),
        Onset.at(night, night),
        night,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** A cause may be told by what changed alone, where no ruler was timed. */
  @Test
  void noCauseClaimsMoreThanItWasToldBy() {
    assertEquals(
        List.of(
            "the machine: fixed work moved with it, or it alone changed then",
            "the engine",
            "the JVM: fixed work in Java moved with it, or it alone changed then",
            "Drivemark itself: fixed work did not move, or it alone changed then",
            "single models",
            "nothing tells"),
        Arrays.stream(Cause.values()).map(cause -> EventWords.cause(event(cause))).toList());
  }
}
