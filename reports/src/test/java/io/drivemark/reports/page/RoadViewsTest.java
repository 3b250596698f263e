package io.drivemark.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Age;
import io.drivemark.eval.runner.record.driving.Driving.Deadline;
import io.drivemark.eval.runner.record.driving.Driving.Delay;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.Driving.Sight;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.Soak;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.reports.Reports;
import io.drivemark.reports.SyntheticStudy;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.RoadWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section about late answers, of two networks whose order on time is not that on the road. */
class RoadViewsTest {
  @TempDir Path folder;

  private static OptionalDouble of(double value) {
    return OptionalDouble.of(value);
  }

  private static Road road(double camera, double hardware, double miou, double onTime, double ms) {
    return new Road(
        camera,
        "latest",
        hardware,
        of(miou),
        of(miou - 0.01),
        of(miou + 0.01),
        of(miou),
        of(miou),
        of(onTime),
        100,
        0,
        0,
        Optional.empty(),
        Optional.of(new Age(50, of(ms), ms, ms + 10, of(ms + 20), ms + 30)),
        new Deadline(1000 / camera, 200, 3, 0.0031, 0.0432, 2, 2),
        0,
        Optional.of(new Sight(4, 3, List.of(), of(250), OptionalDouble.empty())),
        Optional.empty());
  }

  private static Driving driving(double onTime, double late, double ms) {
    return new Driving(
        1,
        30,
        4,
        2,
        1,
        0,
        1,
        List.of(30.0, 50.0),
        0.2,
        6,
        List.of(new Delay(0, 0, of(onTime), of(1)), new Delay(1, 33.333333, of(late), of(0.78))),
        List.of(
            road(30, 1, late, onTime, ms),
            road(30, 2, late - 0.1, onTime, 2 * ms),
            road(10, 1, onTime - 0.02, onTime, ms)));
  }

  private StudyResult study() {
    List<Entry> entries = new ArrayList<>(SyntheticStudy.write(folder).entries().subList(0, 2));
    entries.set(0, entries.get(0).withDriving(Optional.of(driving(0.60, 0.40, 150))));
    entries.set(1, entries.get(1).withDriving(Optional.of(driving(0.50, 0.45, 40))));
    return SyntheticStudy.result(entries);
  }

  @Test
  void onePictureASecondIsOne() {
    assertEquals("1 picture a second", RoadWords.pace(1));
    assertEquals("0.5 pictures a second", RoadWords.pace(0.5));
  }

  @Test
  void oneSentenceSaysWhichIsBestAndWhy() {
    Board board = Board.of(study()).get(0);
    assertEquals(
        List.of(
            "At 30 pictures a second (latest) betanet-x2.0-toy answers best: 45.0 %"
                + " streaming mIoU. alphanet-toy is the most accurate on time"
                + " (60.0 %), but its answers are 150 ms old: 40.0 % is left.",
            "At 10 pictures a second (latest) alphanet-toy answers best: 58.0 %"
                + " streaming mIoU. It is the most accurate on time too."),
        RoadWords.sentences(board, RoadWords.ladder(board)));
  }

  /** The first network's late answers, held against the second's. */
  private StudyResult compared(double low, double high) {
    List<Entry> entries = new ArrayList<>(study().entries());
    Driving late = entries.get(0).driving().orElseThrow();
    RoadDifference difference =
        new RoadDifference(
            entries.get(1).model().name(),
            entries.get(1).folder(),
            RoadDifference.Role.BEST,
            new Span(of(-0.05), of(low), of(high)),
            of(0.01));
    List<Road> roads = new ArrayList<>(late.roads());
    roads.set(0, roads.get(0).withDifferences(List.of(difference)));
    entries.set(0, entries.get(0).withDriving(Optional.of(late.withRoads(roads))));
    return SyntheticStudy.result(entries);
  }

  private static String first(StudyResult study) {
    Board board = Board.of(study).get(0);
    return RoadWords.sentences(board, RoadWords.ladder(board)).get(0);
  }

  @Test
  void whoIsSurelyWorseAndWhoCannotBeToldApartIsSaid() {
    String start =
        "At 30 pictures a second (latest) betanet-x2.0-toy answers best: 45.0 % streaming mIoU."
            + " alphanet-toy is the most accurate on time (60.0 %), but its answers are 150 ms old:"
            + " 40.0 % is left.";
    assertEquals(
        start + " Surely worse than the best: alphanet-toy (−5.00, −8.00 to −2.00).",
        first(compared(-0.08, -0.02)));
    assertEquals(
        start + " Cannot be told from the best: alphanet-toy (−5.00, −8.00 to +1.00).",
        first(compared(-0.08, 0.01)));
  }

  private static CueFacts keyframes() {
    return new CueFacts(
        List.of(new CueFacts.Setting("keyframes", Map.of("every", "2"))),
        of(30),
        4,
        2,
        4,
        2,
        1,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void withoutLatencyAndWithCuesItIsSaidWhatIsMissing() {
    List<Entry> entries = new ArrayList<>(study().entries());
    for (int i = 0; i < 2; i++) {
      Driving d = entries.get(i).driving().orElseThrow();
      entries.set(i, entries.get(i).withDriving(Optional.of(d.withRoads(List.of()))));
    }
    assertEquals(
        "No latency was measured: the curves say what answers of each age are worth, and nothing"
            + " says how old they would be.",
        first(SyntheticStudy.result(entries)));
    List<Entry> cued = new ArrayList<>(study().entries());
    cued.set(1, cued.get(1).withDriving(Optional.empty()).withCues(Optional.of(keyframes())));
    Board board = Board.of(SyntheticStudy.result(cued)).get(0);
    List<String> said = RoadWords.sentences(board, RoadWords.ladder(board));
    assertEquals(
        "Late answers of networks with cues around them are not judged (betanet-x2.0-toy): where"
            + " pictures are dropped they answer otherwise, so that counts by delay do not say what"
            + " would come of it.",
        said.get(said.size() - 1));
  }

  @Test
  void whatHappenedAtTheCamerasPaceIsSaidWithWhatWasSimulated() {
    List<Entry> entries = new ArrayList<>(study().entries());
    Driving d = entries.get(1).driving().orElseThrow();
    entries.set(1, entries.get(1).withDriving(Optional.of(paced(d, 0.987, true))));
    String start =
        "Run alone at 30 pictures a second (latest) for 60 s, betanet-x2.0-toy took 41.5 ms a"
            + " picture (timed: 40.0), left out 12.5 % of the pictures (simulated: 12.0), its answers"
            + " were 65.0 ms old on average (62.0) and 110 ms at the most (99.0), and 1.5 % of the"
            + " runs missed the deadline (0.5). ";
    assertEquals(
        List.of(
            start
                + "At 98.7 % of the pictures the newest answer was of the same picture as simulated:"
                + " the simulation holds."),
        RoadWords.paced(Board.of(SyntheticStudy.result(entries)).get(0)));
    entries.set(1, entries.get(1).withDriving(Optional.of(paced(d, 0.8, false))));
    assertEquals(
        List.of(
            start
                + "At only 80.0 % of the pictures the newest answer was of the same picture as"
                + " simulated, 95 % are needed: take what is simulated for this network with care (a"
                + " processor that rests between pictures runs at another speed, and other programs may have"
                + " run)."),
        RoadWords.paced(Board.of(SyntheticStudy.result(entries)).get(0)));
    assertEquals(List.of(), RoadWords.paced(Board.of(study()).get(0)));
  }

  private static Driving paced(Driving d, double same, boolean holds) {
    return new Driving(
        d.version(),
        d.rate(),
        d.between(),
        d.clips(),
        d.warmUp(),
        d.captureMs(),
        d.served(),
        d.speeds(),
        d.actuation(),
        d.brake(),
        d.curve(),
        d.roads(),
        Optional.of(
            new Soak(
                30,
                "latest",
                60,
                1800,
                new Soak.Pace(41.5, 0.125, 0.015, of(65), of(74), of(100), of(110)),
                new Soak.Pace(40, 0.12, 0.005, of(62), of(72), of(95), of(99)),
                of(same),
                holds)));
  }

  @Test
  void thePageHasLadderTableAndChart() throws IOException {
    Reports.write(study(), folder);
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("<h2>On the road</h2>"));
    assertTrue(page.contains("data-chart=\"road\""));
    assertTrue(page.contains("30 fps, latest"));
    assertTrue(page.contains("1.5 (≤ 4.3)"));
    assertTrue(page.contains("\"perfect\":[[0.0,1.0],[33.333333,0.78]]"));
    assertTrue(page.contains("type=\"range\""), "a slider for slower hardware");
    assertTrue(page.contains("driven at 50 km/h"));
    assertTrue(page.contains("75.0"), "three of four people");
  }

  @Test
  void aStudyThatDoesNotAskHasNoSuchSection() throws IOException {
    Reports.write(SyntheticStudy.write(folder), folder);
    String page = Files.readString(folder.resolve("report.html"));
    assertFalse(page.contains("On the road"));
    assertFalse(page.contains("data-chart=\"road\""));
  }
}
