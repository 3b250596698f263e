package io.drivemark.eval.streaming;

import static io.drivemark.eval.streaming.Goldens.MS;
import static io.drivemark.eval.streaming.Goldens.TEN;
import static io.drivemark.eval.streaming.Goldens.runs;
import static io.drivemark.eval.streaming.Goldens.samples;
import static io.drivemark.eval.streaming.Goldens.schedule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Proportion;
import io.drivemark.eval.streaming.FirstSight.Sighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metres, deadlines and first sight; goldens were computed twice, by two programs. */
class RoadFiguresTest {
  private static final double FIFTY = Braking.metresPerSecond(50);

  @ParameterizedTest
  @CsvSource({
    "40, 0.14, 1.9444, 20.797",
    "100, 0.20, 2.7778, 21.631",
    "150, 0.35, 4.8611, 23.714",
    "250, 0.55, 7.6389, 26.492"
  })
  void metresAtFiftyKilometresAnHour(long ms, double peak, double blind, double stopping) {
    Ages ages = Ages.of(schedule(400, Policy.LATEST, runs(ms)));
    assertEquals(peak, ages.largest().orElseThrow() / 1e9, 1e-12);
    assertEquals(blind, Braking.blind(FIFTY, peak), 5e-5);
    assertEquals(stopping, new Braking(0.2, 6).stopping(FIFTY, peak), 5e-4);
  }

  @Test
  void accelerationUntilTheBrakesAct() {
    Braking braking = new Braking(0.2, 6);
    assertEquals(24.1113, braking.rss(FIFTY, 0.15, 3.5), 5e-5);
    assertEquals(20.9362, braking.rss(FIFTY, 0.15, 0), 5e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 200, 0, 0.018275",
    "3, 200, 0.003104, 0.043208",
    "0, 1000, 0, 0.003682",
    "2, 20, 0.012349, 0.316983"
  })
  void missesAreKnownWithinAnInterval(int misses, int runs, double low, double high) {
    long[] nanos = new long[runs];
    Arrays.fill(nanos, 90 * MS);
    for (int i = 0; i < misses; i++) {
      nanos[7 * i] = 101 * MS;
    }
    Deadlines d = Deadlines.of(samples(10, nanos), 1, 100 * MS);
    Interval interval = d.interval();
    assertEquals(misses, d.misses());
    assertEquals(low, interval.low(), 5e-7);
    assertEquals(high, interval.high(), 5e-7);
  }

  @Test
  void rowsOfMissesEndWithTheirBlock() {
    long[] nanos = {1, 1, 9, 9, 9, 9, 1, 9, 9, 1, 1, 1}; // blocks of 4: 1199 991 9 9111
    assertEquals(new Deadlines(12, 6, 2, 3), Deadlines.of(samples(4, nanos), 1, 8));
    assertEquals(new Deadlines(12, 6, 4, 6), Deadlines.of(samples(12, nanos), 1, 8));
    assertEquals(new Deadlines(12, 0, 0, 0), Deadlines.of(samples(12, nanos), 1, 9));
    assertEquals(new Deadlines(12, 6, 4, 6), Deadlines.of(samples(12, nanos), 2, 9));
  }

  private static List<Sighting> object(int first, int last, int foundFrom, long centimetres) {
    List<Sighting> out = new ArrayList<>();
    for (int i = Math.max(0, first - 1); i <= last; i++) {
      long pixels = i < first ? 24 : 40;
      out.add(
          new Sighting(
              i, pixels, i >= foundFrom ? pixels / 2 : 0, OptionalLong.of(centimetres - 100L * i)));
    }
    return out;
  }

  @Test
  void firstSight() {
    Schedule s = schedule(10, Policy.LATEST, runs(150));
    FirstSight sight =
        FirstSight.of(
            List.of(
                object(2, 9, 3, 2000),
                object(1, 9, 5, 3000),
                object(2, 4, 99, 1000),
                object(0, 9, 0, 500)),
            s,
            TEN);
    assertEquals(
        List.of(OptionalLong.of(250 * MS), OptionalLong.of(650 * MS), OptionalLong.empty()),
        sight.objects().stream().map(FirstSight.Outcome::found).toList());
    assertEquals(new Proportion(2, 3), sight.found());
    assertEquals(new Proportion(1, 2), sight.foundWithin(300 * MS)); // one was there 200 ms only
    assertEquals(new Proportion(0, 3), sight.foundWithin(200 * MS));
    assertEquals(3.472, Braking.blind(FIFTY, 0.25), 5e-4);
    assertEquals(OptionalDouble.of(450 * MS), sight.medianNanos());
    // answered at 450 ms: picture 4 is the newest; at 750 ms: picture 7
    assertEquals(OptionalLong.of(1600), sight.objects().get(0).centimetres());
    assertEquals(OptionalLong.of(2300), sight.objects().get(1).centimetres());
    assertEquals(OptionalDouble.of(1950), sight.medianCentimetres());
  }

  @Test
  void whatLeftBeforeItsAnswerWasNotFound() {
    Schedule s = schedule(10, Policy.LATEST, runs(250));
    // pictures 0:250, 2:500, 5:750; gone after picture 3 it must be answered by 400 ms
    FirstSight gone = FirstSight.of(List.of(object(2, 3, 2, 900)), s, TEN);
    assertEquals(new Proportion(0, 1), gone.found());
    FirstSight there = FirstSight.of(List.of(object(2, 4, 2, 900)), s, TEN);
    assertEquals(new Proportion(1, 1), there.found());
    assertEquals(OptionalDouble.empty(), gone.medianNanos());
  }

  @Test
  void confirmationsMakePeaksLonger() {
    Schedule s = schedule(6, Policy.LATEST, runs(40));
    assertEquals(List.of(240 * MS, 240 * MS, 240 * MS, 240 * MS), Ages.of(s, 2).peaks());
    Ages both = Ages.sum(List.of(Ages.of(s), Ages.of(s)));
    assertEquals(10, both.peaks().size());
    assertEquals(OptionalDouble.of(90 * MS), both.mean());
    assertEquals(OptionalDouble.of(140 * MS), both.peak(0.99));
    assertEquals(OptionalDouble.empty(), Ages.of(new Schedule(List.of())).mean());
  }
}
