package io.drivemark.eval.streaming;

import static io.drivemark.eval.streaming.Goldens.MS;
import static io.drivemark.eval.streaming.Goldens.TEN;
import static io.drivemark.eval.streaming.Goldens.perfect;
import static io.drivemark.eval.streaming.Goldens.schedule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import io.drivemark.eval.streaming.StreamingCounts.Judged;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingCountsTest {
  private static StreamingCounts streaming(long nanos, long warmUpMs, int most) {
    return StreamingCounts.of(
        perfect(7, most),
        TEN,
        List.of(schedule(7, Policy.LATEST, RunTimes.of(nanos))),
        warmUpMs * MS);
  }

  private static Scores scores(StreamingCounts counts) {
    return Protocols.cityscapes().evaluate(counts.judged().stream().map(Judged::late).toList());
  }

  private static double miou(StreamingCounts counts) {
    return scores(counts).miou().value().orElseThrow();
  }

  /** A perfect network at 10 pictures a second; pictures 3 to 6 are judged. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "40000000, 5, 8",
    "100000000, 5, 8",
    "100000001, 17, 45", // as if an answer of the very time of asking were not there yet
    "150000000, 85, 259",
    "250000000, 1, 5"
  })
  void latencyCosts(long nanos, double numerator, double denominator) {
    assertEquals(numerator / denominator, miou(streaming(nanos, 300, 6)), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({"40, 272, 495", "150, 21, 80", "250, 8, 61"})
  void whatIsNotAnsweredIsMissed(long ms, double numerator, double denominator) {
    StreamingCounts all = streaming(ms * MS, 0, 6);
    assertEquals(numerator / denominator, miou(all), 1e-15);
    assertEquals(ms == 40 ? 1 : ms == 150 ? 2 : 3, all.unanswered());
    assertEquals(7, all.queries());
  }

  @Test
  void classesAtThreeLatencies() {
    Scores at40 = scores(streaming(40 * MS, 300, 6));
    assertEquals(0.75, at40.iou().get("c0").value().orElseThrow());
    assertEquals(0.5, at40.iou().get("c1").value().orElseThrow());
    Scores at150 = scores(streaming(150 * MS, 300, 6));
    assertEquals(19.0 / 37, at150.iou().get("c0").value().orElseThrow());
    assertEquals(1.0 / 7, at150.iou().get("c1").value().orElseThrow());
    Scores at250 = scores(streaming(250 * MS, 300, 6));
    assertEquals(0.4, at250.iou().get("c0").value().orElseThrow());
    assertEquals(0, at250.iou().get("c1").value().orElseThrow());
  }

  /** How many pictures the answers are behind at pictures 3 to 6. */
  @Test
  void delaysAtThreeLatencies() {
    assertEquals(List.of(1, 1, 1, 1), judgedDelays(40));
    assertEquals(List.of(2, 3, 2, 2), judgedDelays(150));
    assertEquals(List.of(3, 4, 3, 4), judgedDelays(250));
  }

  private static List<Integer> judgedDelays(long ms) {
    return Goldens.delays(schedule(7, Policy.LATEST, RunTimes.of(ms * MS)), TEN, 7).subList(3, 7);
  }

  @Test
  void noLatencyIsOnTimeToTheBit() {
    StreamingCounts counts = streaming(0, 300, 6);
    List<ConfusionMatrix> onTime =
        counts.judged().stream().map(j -> j.onTime().orElseThrow()).toList();
    assertEquals(onTime, counts.judged().stream().map(Judged::late).toList());
    assertEquals(0, counts.ageNanos());
    List<Schedule> eight =
        java.util.Collections.nCopies(8, schedule(7, Policy.LATEST, RunTimes.of(0)));
    StreamingCounts often = StreamingCounts.of(perfect(7, 6), TEN, eight, 300 * MS);
    assertEquals(Protocols.cityscapes().evaluate(onTime).iou(), scores(often).iou());
    assertEquals(Protocols.cityscapes().evaluate(onTime).miou(), scores(often).miou());
  }

  @Test
  void answersThatAreTooOldAreSaidAndNotCut() {
    StreamingCounts counts = streaming(250 * MS, 300, 3);
    assertEquals(2, counts.tooOld()); // delays 3, 4, 3, 4
    assertEquals(List.of(3, 4, 5, 6), counts.judged().stream().map(Judged::picture).toList());
    assertEquals(ConfusionMatrix.empty(Goldens.SPACE), counts.judged().get(1).late());
    assertTrue(counts.judged().stream().allMatch(j -> j.onTime().isPresent()));
    assertEquals(350 * MS, counts.meanAgeNanos());
  }

  @Test
  void truthBetweenPicturesSeesWhatPicturesHide() {
    DelayCounts.Builder builder = new DelayCounts.Builder(2, 3);
    DelayCounts whole = perfect(7, 3);
    for (Instant truth : whole.instants()) {
      for (int d = 0; d <= Math.min(3, truth.picture()); d++) {
        builder.add(truth, d, whole.at(truth, d).orElseThrow());
        // halfway to the next picture all answers are as good as one picture later
        int later = Math.min(d + 1, truth.picture());
        whole
            .at(truth, Math.min(3, later))
            .ifPresent(m -> builder.add(new Instant(truth.picture(), 1), Math.min(3, later), m));
        if (later >= 3 || later == truth.picture()) {
          break;
        }
      }
    }
    DelayCounts halves = builder.build();
    StreamingCounts fast =
        StreamingCounts.of(
            halves, TEN, List.of(schedule(7, Policy.LATEST, RunTimes.of(30 * MS))), 300 * MS);
    StreamingCounts slow =
        StreamingCounts.of(
            halves, TEN, List.of(schedule(7, Policy.LATEST, RunTimes.of(70 * MS))), 300 * MS);
    assertEquals(8, fast.queries());
    assertEquals(75 * MS, fast.meanAgeNanos());
    assertEquals(125 * MS, slow.meanAgeNanos());
  }

  @Test
  void aCurveIsOfTheSameTruthsAtEveryDelay() {
    DelayCounts counts = perfect(7, 6);
    assertEquals(4, counts.atDelay(3, 3).orElseThrow().size());
    assertEquals(Optional.empty(), counts.atDelay(4, 3));
    assertEquals(
        5.0 / 8,
        Protocols.cityscapes()
            .evaluate(counts.atDelay(1, 3).orElseThrow())
            .miou()
            .value()
            .orElseThrow());
  }

  @Test
  void countsMustFit() {
    ConfusionMatrix one = ConfusionMatrix.of(Goldens.SPACE, new long[][] {{1, 0, 0}, {0, 0, 0}});
    DelayCounts.Builder builder = new DelayCounts.Builder(1, 2).add(new Instant(3, 0), 1, one);
    assertMessage(
        "delay counts: delay 1 at Instant[picture=3, part=0] stands twice, or is of test-2 beside"
            + " others of test-2",
        () -> builder.add(new Instant(3, 0), 1, one));
    assertMessage(
        "delay counts: delay 3 at Instant[picture=3, part=0] is none",
        () -> builder.add(new Instant(3, 0), 3, one));
    assertMessage(
        "delay counts: Instant[picture=3, part=0] has 1 and 2 pixels",
        () -> builder.add(new Instant(3, 0), 2, one.plus(one)));
    assertMessage(
        "delay counts: nothing is known at Instant[picture=4, part=0]",
        () -> builder.build().unanswered(new Instant(4, 0)));
  }

  private static void assertMessage(String message, org.junit.jupiter.api.function.Executable e) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, e).getMessage());
  }

  @Test
  void voidTruthStaysVoidWhereNothingIsAnswered() {
    ConfusionMatrix m =
        ConfusionMatrix.of(Goldens.SPACE, new long[][] {{5, 1, 0}, {2, 3, 1}, {4, 0, 2}});
    DelayCounts counts = new DelayCounts.Builder(1, 0).add(new Instant(0, 0), 0, m).build();
    assertTrue(counts.at(new Instant(0, 0), 1).isEmpty());
    assertEquals(
        ConfusionMatrix.of(Goldens.SPACE, new long[][] {{0, 0, 6}, {0, 0, 6}, {0, 0, 6}}),
        counts.unanswered(new Instant(0, 0)));
  }
}
