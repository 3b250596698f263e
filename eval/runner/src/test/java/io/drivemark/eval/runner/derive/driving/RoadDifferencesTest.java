package io.drivemark.eval.runner.derive.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.evidence.driving.Clip;
import io.drivemark.eval.runner.evidence.driving.ClipSheet;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.RoadDifference.Role;
import io.drivemark.eval.runner.record.driving.RoadFault;
import io.drivemark.eval.streaming.CameraFault;
import io.drivemark.eval.streaming.DelayCounts;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Late answers of two networks on the same drives; what each is worth is known by hand. */
class RoadDifferencesTest {
  private static final double AT_40_MS = 5.0 / 8;
  private static final double AT_150_MS = 85.0 / 259;

  @TempDir Path out;

  private List<Entry> driven(Entry... entries) {
    return Drivings.added(
        List.of(entries), Optional.of(Bars.spec(List.of(), OptionalDouble.empty())), out);
  }

  private static Road first(Entry entry) {
    return entry.driving().flatMap(Driving::first).orElseThrow();
  }

  @Test
  void eachIsHeldAgainstTheOneThatAnswersBest() {
    DelayEvidence evidence = Bars.evidence(Bars.drives(6));
    List<Entry> found =
        driven(
            Bars.entry(out, "slow", Optional.empty(), 150, evidence),
            Bars.entry(out, "fast", Optional.empty(), 40, evidence));
    assertEquals(AT_150_MS, first(found.get(0)).miou().orElseThrow(), 1e-15);
    assertEquals(List.of(), first(found.get(1)).differences());
    RoadDifference difference = first(found.get(0)).differences().get(0);
    assertEquals("fast", difference.from());
    assertEquals("cells/fast", difference.cell());
    assertEquals(Role.BEST, difference.role());
    assertEquals(AT_150_MS - AT_40_MS, difference.miou().value().orElseThrow(), 1e-15);
    // all six drives are alike, so that every draw gives the same
    assertEquals(AT_150_MS - AT_40_MS, difference.miou().low().orElseThrow(), 1e-12);
    assertEquals(AT_150_MS - AT_40_MS, difference.miou().high().orElseThrow(), 1e-12);
    // of 64 exchanges none and all give a difference as large
    assertEquals(OptionalDouble.of(2.0 / 64), difference.p());
    assertEquals(Optional.of(6), difference.clusters());
    assertEquals(1, first(found.get(0)).differences().size());
    Road doubled = found.get(0).driving().orElseThrow().roads().get(1);
    assertEquals(2, doubled.hardware());
    assertEquals(List.of(), doubled.differences(), "latencies of the study's first factor alone");
  }

  @Test
  void aVariantIsHeldAgainstItsParentToo() {
    DelayEvidence evidence = Bars.evidence(Bars.drives(4));
    List<Entry> found =
        driven(
            Bars.entry(out, "fast", Optional.empty(), 40, evidence),
            Bars.entry(out, "slow", Optional.empty(), 250, evidence),
            Bars.entry(out, "pruned", Optional.of("slow"), 150, evidence));
    List<RoadDifference> differences = first(found.get(2)).differences();
    assertEquals(List.of(Role.BEST, Role.PARENT), differences.stream().map(d -> d.role()).toList());
    assertEquals(List.of("fast", "slow"), differences.stream().map(d -> d.from()).toList());
    assertEquals(AT_150_MS - 0.2, differences.get(1).miou().value().orElseThrow(), 1e-15);
    assertEquals(OptionalDouble.of(2.0 / 16), differences.get(1).p());
  }

  @Test
  void ofEqualsTheFirstInTheStudyIsTheBest() {
    DelayEvidence evidence = Bars.evidence(Bars.drives(3));
    List<Entry> found =
        driven(
            Bars.entry(out, "one", Optional.empty(), 40, evidence),
            Bars.entry(out, "two", Optional.empty(), 41, evidence));
    assertEquals(List.of(), first(found.get(0)).differences());
    RoadDifference difference = first(found.get(1)).differences().get(0);
    assertEquals("one", difference.from());
    assertEquals(OptionalDouble.of(0), difference.miou().value());
    assertEquals(OptionalDouble.of(0), difference.miou().low());
    assertEquals(OptionalDouble.of(0), difference.miou().high());
    assertEquals(OptionalDouble.of(1), difference.p());
  }

  @Test
  void ofOneDriveNothingFollowsForOthers() {
    DelayEvidence evidence = Bars.evidence("drive");
    List<Entry> found =
        driven(
            Bars.entry(out, "slow", Optional.empty(), 150, evidence),
            Bars.entry(out, "fast", Optional.empty(), 40, evidence));
    RoadDifference difference = first(found.get(0)).differences().get(0);
    assertEquals(AT_150_MS - AT_40_MS, difference.miou().value().orElseThrow(), 1e-15);
    assertEquals(OptionalDouble.empty(), difference.miou().low());
    assertEquals(OptionalDouble.empty(), difference.p());
    assertEquals(Optional.of(1), difference.clusters());
  }

  @Test
  void otherPicturesAreNotHeldAgainstEachOther() {
    List<Entry> found =
        driven(
            Bars.entry(out, "slow", Optional.empty(), 150, Bars.evidence(Bars.drives(2))),
            Bars.entry(out, "fast", Optional.empty(), 40, Bars.evidence(Bars.drives(3))));
    assertEquals(List.of(), first(found.get(0)).differences());
    assertEquals(List.of(), first(found.get(1)).differences());
  }

  private static Road withFaults(CameraFault... faults) {
    DelayEvidence evidence = Bars.evidence("drive");
    TimedRuns runs = new TimedRuns(Bars.samples(40), Bars.samples(40), List.of());
    return Drivings.of(
            evidence,
            Optional.of(runs),
            0,
            Protocols.cityscapes(),
            Bars.spec(List.of(faults), OptionalDouble.empty()))
        .first()
        .orElseThrow();
  }

  /** Which pictures fail in which repetition was computed by another program. */
  @Test
  void whatACameraThatFailsLeaves() {
    Road road =
        withFaults(
            new CameraFault(CameraFault.Kind.DROPPED, 0.2),
            new CameraFault(CameraFault.Kind.FROZEN, 0.2));
    assertEquals(AT_40_MS, road.miou().orElseThrow(), 1e-15);
    RoadFault dropped = road.faults().get(0);
    assertEquals("dropped", dropped.kind());
    assertEquals(8 * 7, dropped.pictures());
    assertEquals(12, dropped.failed());
    // of 32 answers 25 are one picture late, 6 two and 1 three: 56/136 and 184/264
    assertEquals(311.0 / 561, dropped.miou().orElseThrow(), 1e-15);
    assertEquals(AT_40_MS - 311.0 / 561, dropped.loss().value().orElseThrow(), 1e-15);
    assertEquals(OptionalDouble.empty(), dropped.loss().low(), "there is one drive");
    assertEquals(OptionalDouble.of(340), dropped.peakMaxMs());
    RoadFault frozen = road.faults().get(1);
    assertEquals("frozen", frozen.kind());
    assertEquals(10, frozen.failed());
    assertEquals(311.0 / 561, frozen.miou().orElseThrow(), 1e-15);
    assertEquals(0, frozen.unanswered());
    assertEquals(Optional.empty(), frozen.reason());
  }

  @Test
  void answersThatGetTooOldByFaultsAreSaid() {
    DelayEvidence whole = Bars.evidence("drive");
    DelayEvidence brief =
        new DelayEvidence(
            new ClipSheet(
                10, 1, 1, List.of(new Clip("drive", whole.sheet().clips().get(0).samples()))),
            List.of(oneDelay()),
            List.of(oneDelay()),
            whole.sightings(),
            List.of(),
            List.of());
    TimedRuns runs = new TimedRuns(Bars.samples(40), Bars.samples(40), List.of());
    Driving today =
        Drivings.of(
            brief,
            Optional.of(runs),
            0,
            Protocols.cityscapes(),
            Bars.spec(
                List.of(new CameraFault(CameraFault.Kind.DROPPED, 0.2)), OptionalDouble.empty()));
    RoadFault fault = today.first().orElseThrow().faults().get(0);
    assertEquals(OptionalDouble.empty(), fault.miou());
    assertEquals(7, fault.tooOld());
    assertEquals(
        "7 of 32 answers are more than 1 picture late, or of pictures that were not judged; say a"
            + " larger driving: delays:",
        fault.reason().orElseThrow());
    Driving plural = reworded(today, "1 picture late", "1 pictures late");
    assertNotEquals(today, plural);
    assertTrue(Drivings.agree(plural, today), "as older programs said it");
    assertFalse(Drivings.agree(reworded(today, "7 of", "6 of"), today));
  }

  private static Driving reworded(Driving driving, String words, String others) {
    return driving.withRoads(
        driving.roads().stream()
            .map(road -> road.withReasons(reason -> reason.replace(words, others)))
            .toList());
  }

  private static DelayCounts oneDelay() {
    DelayCounts.Builder out = new DelayCounts.Builder(1, 1);
    for (int i = 0; i < Bars.PICTURES; i++) {
      for (int d = 0; d <= Math.min(i, 1); d++) {
        out.add(new Instant(i, 0), d, Bars.counts(d));
      }
    }
    return out.build();
  }

  @Test
  void recordsOfTheSecondRulesAreReadAgain() {
    DelayEvidence evidence = Bars.evidence(Bars.drives(3));
    Driving today =
        driven(
                Bars.entry(out, "slow", Optional.empty(), 150, evidence),
                Bars.entry(out, "fast", Optional.empty(), 40, evidence))
            .get(0)
            .driving()
            .orElseThrow();
    List<Road> silent = new ArrayList<>();
    for (Road road : today.roads()) {
      silent.add(
          road.withDifferences(
              road.differences().stream().map(RoadDifference::withoutClusters).toList()));
    }
    Driving second =
        new Driving(
            2,
            today.rate(),
            today.between(),
            today.clips(),
            today.warmUp(),
            today.captureMs(),
            today.served(),
            today.speeds(),
            today.actuation(),
            today.brake(),
            today.curve(),
            silent,
            today.soak());
    assertTrue(Drivings.agree(second, today));
    assertFalse(Drivings.agree(second.withRoads(today.roads()), today), "they counted none");
    assertFalse(Drivings.agree(today.withRoads(silent), today));
  }

  @Test
  void recordsOfTheFirstRulesAreReadAgain() {
    DelayEvidence evidence = Bars.evidence(Bars.drives(3));
    List<Entry> found =
        driven(
            Bars.entry(out, "slow", Optional.empty(), 150, evidence),
            Bars.entry(out, "fast", Optional.empty(), 40, evidence));
    Driving today = found.get(0).driving().orElseThrow();
    List<Road> without = new ArrayList<>();
    today.roads().forEach(road -> without.add(road.withDifferences(List.of())));
    Driving first =
        new Driving(
            1,
            today.rate(),
            today.between(),
            today.clips(),
            today.warmUp(),
            today.captureMs(),
            today.served(),
            today.speeds(),
            today.actuation(),
            today.brake(),
            today.curve(),
            without);
    assertTrue(Drivings.agree(first, today));
    assertTrue(Drivings.agree(today, today));
    assertFalse(Drivings.agree(first.withRoads(without.subList(0, 1)), today));
    assertFalse(Drivings.agree(today.withRoads(without), today));
  }
}
