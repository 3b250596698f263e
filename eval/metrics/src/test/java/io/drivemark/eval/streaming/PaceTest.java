package io.drivemark.eval.streaming;

import static io.drivemark.eval.streaming.Goldens.MS;
import static io.drivemark.eval.streaming.Goldens.TEN;
import static io.drivemark.eval.streaming.Goldens.runs;
import static io.drivemark.eval.streaming.Goldens.schedule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void picturesThatNoRunTakesAreLeftOut() {
    // pictures 0, 1, 3, 4, 6, 7, 9, 10, 12: nine of thirteen
    Pace pace = Pace.of(Feed.of(TEN, 13), schedule(13, Policy.LATEST, runs(150)), 100 * MS);
    assertEquals(4.0 / 13, pace.leftOut());
    assertEquals(1, pace.missed());
    assertEquals(150 * MS, pace.meanNanos());
    Pace just = Pace.of(Feed.of(TEN, 3), schedule(3, Policy.LATEST, runs(100)), 100 * MS);
    assertEquals(0, just.misses());
  }

  @Test
  void repetitionsAddUp() {
    Pace fast = Pace.of(Feed.of(TEN, 13), schedule(13, Policy.LATEST, runs(40)), 100 * MS);
    Pace slow = Pace.of(Feed.of(TEN, 13), schedule(13, Policy.LATEST, runs(150)), 100 * MS);
    Pace both = Pace.sum(List.of(fast, slow));
    assertEquals(4.0 / 26, both.leftOut());
    assertEquals(9.0 / 22, both.missed());
    assertEquals((13 * 40 + 9 * 150) * MS / 22.0, both.meanNanos(), 1e-6);
    assertEquals(12 + 8, both.ages().peaks().size());
  }

  @Test
  void twoWaysAgreeWhereTheNewestAnswerIsOfTheSamePicture() {
    Schedule slow = schedule(7, Policy.LATEST, runs(150)); // newest -, -, 0, 1, 1, 3, 4
    Schedule waiting = schedule(7, Policy.WAIT_NEXT, runs(150)); // newest -, -, 0, 0, 2, 2, 4
    assertEquals(OptionalDouble.of(1), Pace.same(TEN, 7, 0, slow, List.of(slow, slow)));
    assertEquals(OptionalDouble.of(4.0 / 7), Pace.same(TEN, 7, 0, slow, List.of(waiting)));
    assertEquals(OptionalDouble.of(11.0 / 14), Pace.same(TEN, 7, 0, slow, List.of(slow, waiting)));
    assertEquals(OptionalDouble.of(1.0 / 4), Pace.same(TEN, 7, 300 * MS, slow, List.of(waiting)));
    assertEquals(OptionalDouble.empty(), Pace.same(TEN, 7, 700 * MS, slow, List.of(waiting)));
  }
}
