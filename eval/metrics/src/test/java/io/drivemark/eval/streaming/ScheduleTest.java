package io.drivemark.eval.streaming;

import static io.drivemark.eval.streaming.Goldens.MS;
import static io.drivemark.eval.streaming.Goldens.TEN;
import static io.drivemark.eval.streaming.Goldens.delays;
import static io.drivemark.eval.streaming.Goldens.runs;
import static io.drivemark.eval.streaming.Goldens.samples;
import static io.drivemark.eval.streaming.Goldens.schedule;
import static io.drivemark.eval.streaming.Goldens.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Goldens were computed twice, by two programs, and by hand where they are short. */
class ScheduleTest {
  @Test
  void theNewestPictureIsTakenAtOnce() {
    Schedule s = schedule(13, Policy.LATEST, runs(150));
    assertEquals(List.of("0:150", "1:300", "3:450", "4:600", "6:750", "7:900"), written(s, 6));
    assertEquals(List.of(-1, -1, 2, 2, 3, 2, 2, 3, 2, 2, 3, 2, 2), delays(s, TEN, 13));
  }

  @Test
  void anAnswerOfTheVeryTimeOfAskingIsThere() {
    List<Integer> onTime = delays(schedule(13, Policy.LATEST, runs(150)), TEN, 13);
    assertEquals(25, sum(onTime));
    Schedule late = schedule(13, Policy.LATEST, RunTimes.of(150 * MS + 1)); // as if < were asked
    assertEquals(29, sum(delays(late, TEN, 13)));
  }

  @Test
  void waitingForAnArrivalGivesYoungerAnswersHere() {
    Schedule s = schedule(13, Policy.WAIT_NEXT, runs(150));
    assertEquals(List.of("0:150", "2:350", "4:550", "6:750"), written(s, 4));
    List<Integer> delays = delays(s, TEN, 13);
    assertEquals(List.of(-1, -1, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2), delays);
    assertEquals(27, sum(delays));
  }

  private static int sum(List<Integer> delays) {
    return delays.stream().filter(d -> d >= 0).mapToInt(d -> d).sum();
  }

  @Test
  void runsOfDifferentLength() {
    Schedule s = schedule(12, Policy.LATEST, runs(80, 120, 80, 260, 90, 90));
    assertEquals(
        List.of(
            "0:80", "1:220", "2:300", "3:560", "5:650", "6:740", "7:820", "8:940", "9:1020",
            "10:1280", "11:1370"),
        written(s, 20));
    assertEquals(List.of(-1, 1, 2, 1, 2, 3, 3, 2, 2, 2, 2, 2), delays(s, TEN, 12));
    Ages ages = Ages.of(s);
    assertEquals(
        List.of(220L, 200L, 360L, 350L, 240L, 220L, 240L, 220L, 380L, 370L),
        ages.peaks().stream().map(p -> p / MS).toList());
    assertEquals(219.5736, ages.mean().orElseThrow() / MS, 5e-5);
    assertEquals(380e6, ages.largest().orElseThrow());
  }

  /** Mean delays in pictures over a long run; r in periods. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 1, 1",
    "1.1, 2.09, 2.50, 2.10",
    "1.4, 2.43, 2.50, 2.33",
    "1.49, 2.65, 2.50, 2.33",
    "1.5, 2.33, 2.50, 2.50",
    "1.51, 2.68, 2.50, 2.50",
    "1.75, 2.86, 2.50, 2.50",
    "1.9, 3.26, 2.50, 2.50",
    "2.5, 3.80, 4.00, 4.00",
    "2.9, 4.76, 4.00, 4.00"
  })
  void policiesOverALongRun(double r, double latest, double waitNext, double shrinkingTail) {
    assertEquals(latest, meanDelay(Policy.LATEST, r), 0.006);
    assertEquals(waitNext, meanDelay(Policy.WAIT_NEXT, r), 0.006);
    assertEquals(shrinkingTail, meanDelay(Policy.SHRINKING_TAIL, r), 0.006);
  }

  private static double meanDelay(Policy policy, double r) {
    int pictures = 10_000;
    Schedule s = schedule(pictures, policy, RunTimes.of(Math.round(r * 100 * MS)));
    return delays(s, TEN, pictures).stream()
        .filter(d -> d >= 0)
        .mapToInt(d -> d)
        .average()
        .orElse(0);
  }

  @ParameterizedTest
  @CsvSource({"20, 62.5, 70", "40, 87.5, 90", "100, 137.5, 150", "150, 237.5, 250"})
  void theAgeThatIsSeenDependsOnWhenItIsAsked(long ms, double seen, double overTime) {
    int pictures = 3000;
    Schedule s = schedule(pictures, Policy.LATEST, runs(ms));
    double sum = 0;
    int asked = 0;
    for (int q = 40; q < 4 * pictures - 40; q++) {
      long time = TEN.time(q, 4);
      sum += time - s.answers().get(s.newestAt(time)).exposed();
      asked++;
    }
    assertEquals(seen, sum / asked / MS, 0.05);
    assertEquals(overTime, Ages.of(s).mean().orElseThrow() / MS, 0.05);
  }

  @Test
  void aQueueThatGrowsSaysByHowMuch() {
    assertEquals(10 - 1 / 0.15, Schedule.queueGrowth(TEN, 150 * MS, 1), 1e-9);
    assertEquals(0, Schedule.queueGrowth(TEN, 80 * MS, 1));
    assertEquals(20 - 1 / 0.08, Schedule.queueGrowth(TEN, 80 * MS, 2), 1e-9);
    Schedule s = schedule(5, Policy.QUEUE, runs(80, 130));
    assertEquals(List.of("0:80", "1:230", "2:310", "3:440", "4:520"), written(s, 9));
  }

  @Test
  void severalCamerasTakeTurns() {
    Schedule two = Schedule.of(Feed.of(TEN, 9), Policy.LATEST, runs(60), 2);
    // the other camera's runs lie between: picture 5 is never taken, at 600 ms there is 6
    assertEquals(
        List.of("0:60", "1:180", "2:300", "3:420", "4:540", "6:660", "7:780", "8:900"),
        written(two, 9));
  }

  @Test
  void aSlowerCameraTakesEverySoManyPictures() {
    CameraClock clock = CameraClock.of(30, 10, 0);
    assertEquals(new CameraClock(30, 3, 0), clock);
    assertEquals(10, clock.cameraRate());
    assertEquals(100 * MS, clock.periodNanos());
    Schedule s = Schedule.of(Feed.of(clock, 12), Policy.LATEST, runs(40), 1);
    assertEquals(List.of("0:40", "3:140", "6:240", "9:340"), written(s, 9));
    BadInputException no = assertThrows(BadInputException.class, () -> CameraClock.of(30, 25, 0));
    assertEquals(
        "camera rate 25: the sequence has 30 pictures a second, which is no multiple of it;"
            + " expected 30, or a half, a third, ... of it",
        no.getMessage());
    assertEquals(17, CameraClock.of(17, 8.5, 0).time(17, 1) / 1e9 * 17);
  }

  @Test
  void captureDelaysEveryPicture() {
    CameraClock clock = CameraClock.of(10, 10, 30 * MS);
    Schedule s = Schedule.of(Feed.of(clock, 4), Policy.LATEST, runs(50), 1);
    assertEquals(List.of("0:80", "1:180", "2:280", "3:380"), written(s, 9));
    assertEquals(List.of(180L, 180L, 180L), Ages.of(s).peaks().stream().map(p -> p / MS).toList());
  }

  @Test
  void aDroppedPictureNeverComesAndAFrozenOneIsOld() {
    Feed feed = Feed.of(TEN, 6, i -> i == 2 ? Feed.DROPPED : i == 4 ? 3 : i);
    Schedule s = Schedule.of(feed, Policy.LATEST, runs(50), 1);
    assertEquals(List.of("0:50", "1:150", "3:350", "3:450", "5:550"), written(s, 9));
    assertEquals(300 * MS, s.answers().get(3).exposed());
  }

  @Test
  void repetitionsBeginAtDifferentSamples() {
    RunTimes third = RunTimes.of(samples(2, 10, 20, 30, 40, 50), 2, 2, 4);
    assertEquals(60, third.meanNanos());
    assertEquals(
        List.of(60L, 80L, 100L, 20L),
        List.of(third.next(), third.next(), third.next(), third.next()));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void schedulesArePossible(Policy policy) {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      long[] nanos = random.longs(20, 0, 400 * MS).toArray();
      int cameras = 1 + random.nextInt(3);
      CameraClock clock = new CameraClock(30, 1 + random.nextInt(3), random.nextInt(50) * MS);
      Schedule s = Schedule.of(Feed.of(clock, 200), policy, RunTimes.of(nanos), cameras);
      String said = "seed " + seed;
      Set<Integer> pictures = new HashSet<>();
      long free = 0;
      for (Answer a : s.answers()) {
        assertTrue(a.start() >= clock.arrival(a.picture()) && a.start() >= free, said);
        assertTrue(pictures.add(a.picture()) && a.picture() % clock.every() == 0, said);
        assertTrue(Arrays.stream(nanos).anyMatch(n -> n == a.finish() - a.start()), said);
        if (policy == Policy.LATEST || policy == Policy.WAIT_NEXT) {
          assertTrue(
              a.start() < clock.arrival(a.picture() + clock.every())
                  || a.picture() + clock.every() >= 200,
              said);
        }
        free = a.finish();
      }
      assertTrue(s.answers().size() > 5, said);
    }
  }
}
