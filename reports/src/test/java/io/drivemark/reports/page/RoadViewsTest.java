package io.drivemark.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Age;
import io.drivemark.eval.runner.record.driving.Driving.Deadline;
import io.drivemark.eval.runner.record.driving.Driving.Delay;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.Driving.Sight;
import io.drivemark.reports.Reports;
import io.drivemark.reports.SyntheticStudy;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.RoadWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
