package io.drivemark.eval.streaming;

import static io.drivemark.eval.streaming.Goldens.MS;
import static io.drivemark.eval.streaming.Goldens.TEN;
import static io.drivemark.eval.streaming.Goldens.perfect;
import static io.drivemark.eval.streaming.Goldens.runs;
import static io.drivemark.eval.streaming.Goldens.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.streaming.CameraFault.Kind;
import io.drivemark.eval.streaming.StreamingCounts.Judged;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pictures fail was computed by another program; what it costs by hand. */
class CameraFaultTest {
  private static List<Integer> failing(CameraFault fault, int repetition) {
    IntUnaryOperator shown = fault.shown(TEN, "drive", repetition);
    return IntStream.range(0, 30).filter(i -> shown.applyAsInt(i) != i).boxed().toList();
  }

  @Test
  void whichPicturesFailFollowsFromTheirNumbersAlone() {
    CameraFault fifth = new CameraFault(Kind.DROPPED, 0.2);
    assertEquals(List.of(1, 4, 8, 11, 20, 22, 25, 26), failing(fifth, 0));
    assertEquals(List.of(0, 5, 17, 18, 20), failing(fifth, 1));
    assertEquals(List.of(1, 4, 11, 22), failing(new CameraFault(Kind.DROPPED, 0.1), 0));
    assertEquals(List.of(3, 9, 20, 21, 28), failing(new CameraFault(Kind.FROZEN, 0.2), 0));
  }

  @Test
  void aFrozenCameraShowsTheLastPictureThatItTook() {
    CameraFault fault = new CameraFault(Kind.FROZEN, 0.2);
    IntUnaryOperator shown = fault.shown(TEN, "drive", 0);
    assertEquals(2, shown.applyAsInt(3));
    assertEquals(19, shown.applyAsInt(20));
    assertEquals(19, shown.applyAsInt(21));
    IntUnaryOperator slower = fault.shown(new CameraClock(30, 3, 0), "drive", 0);
    assertEquals(0, slower.applyAsInt(3));
    assertEquals(18, slower.applyAsInt(21));
    IntUnaryOperator dropped = new CameraFault(Kind.DROPPED, 0.2).shown(TEN, "drive", 0);
    assertEquals(Feed.DROPPED, dropped.applyAsInt(26));
    CameraFault nearlyAll = new CameraFault(Kind.FROZEN, 0.999);
    assertEquals(0, nearlyAll.shown(TEN, "drive", 0).applyAsInt(0), "nothing came before it");
  }

  @Test
  void aLargerShareFailsOnTheSamePicturesAndMore() {
    for (Kind kind : Kind.values()) {
      Set<Integer> before = Set.of();
      for (double share : new double[] {0.01, 0.02, 0.05, 0.1, 0.2}) {
        IntUnaryOperator shown = new CameraFault(kind, share).shown(TEN, "long", 3);
        Set<Integer> now =
            IntStream.range(0, 20_000)
                .filter(i -> shown.applyAsInt(i) != i)
                .boxed()
                .collect(Collectors.toSet());
        assertTrue(now.containsAll(before), kind + " " + share);
        // five standard deviations of a binomial
        double off = 5 * Math.sqrt(share * (1 - share) / 20_000);
        assertEquals(share, now.size() / 20_000.0, off, kind + " " + share);
        before = now;
      }
    }
  }

  private static double miou(Schedule schedule) {
    StreamingCounts counts = StreamingCounts.of(perfect(7, 6), TEN, List.of(schedule), 300 * MS);
    return Protocols.cityscapes()
        .evaluate(counts.judged().stream().map(Judged::late).toList())
        .miou()
        .value()
        .orElseThrow();
  }

  /** A perfect network of 40 ms at 10 pictures a second; pictures 3 to 6 are judged. */
  @ParameterizedTest
  @CsvSource({
    "9, 9, 5, 8", // none fails: delays 1, 1, 1, 1
    "4, 9, 311, 561", // delays 1, 1, 2, 1: 7/17 and 23/33
    "4, 5, 41, 95" // delays 1, 1, 2, 3: 5/19 and 3/5
  })
  void whatFailsCosts(int first, int second, double numerator, double denominator) {
    IntUnaryOperator dropping = i -> i == first || i == second ? Feed.DROPPED : i;
    IntUnaryOperator freezing = i -> i == first || i == second ? first - 1 : i;
    Schedule dropped = Schedule.of(Feed.of(TEN, 7, dropping), Policy.LATEST, runs(40), 1);
    Schedule frozen = Schedule.of(Feed.of(TEN, 7, freezing), Policy.LATEST, runs(40), 1);
    assertEquals(numerator / denominator, miou(dropped), 1e-15);
    assertEquals(numerator / denominator, miou(frozen), 1e-15);
    assertEquals(Ages.of(dropped).largest(), Ages.of(frozen).largest());
  }

  @Test
  void aDroppedPictureMakesOneBlindnessLonger() {
    Schedule s =
        Schedule.of(Feed.of(TEN, 7, i -> i == 4 ? Feed.DROPPED : i), Policy.LATEST, runs(40), 1);
    assertEquals(List.of("0:40", "1:140", "2:240", "3:340", "5:540", "6:640"), written(s, 9));
    assertEquals(
        List.of(140L, 140L, 140L, 240L, 140L),
        Ages.of(s).peaks().stream().map(p -> p / MS).toList());
  }

  @Test
  void sharesOfNothingAndOfAllAreNone() {
    for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
      assertEquals(
          "camera fault: a share of " + share + ", expected above 0 and below 1",
          assertThrows(IllegalArgumentException.class, () -> new CameraFault(Kind.DROPPED, share))
              .getMessage());
    }
  }

  @Test
  void aWorkerInRealTimeIsAskedAsTheSimulationAsks() {
    Feed feed = Feed.of(TEN, 13);
    for (Policy policy : Policy.values()) {
      RunTimes runs = runs(80, 120, 80, 260, 90, 90);
      RunTimes again = runs(80, 120, 80, 260, 90, 90);
      assertEquals(
          Schedule.of(feed, policy, runs, 2),
          Schedule.of(
              feed, policy, (camera, picture, time) -> time + again.next(), runs.meanNanos(), 2),
          policy.word());
    }
  }
}
