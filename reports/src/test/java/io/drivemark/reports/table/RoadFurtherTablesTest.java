package io.drivemark.reports.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Danger;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Deadline;
import io.drivemark.eval.runner.record.driving.Driving.Delay;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.RoadFault;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.reports.Reports;
import io.drivemark.reports.SyntheticStudy;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.RoadWords;
import io.drivemark.reports.table.TextTable.Head;
import io.drivemark.reports.table.TextTable.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the camera, what old answers mean, and differences, as tables. */
class RoadFurtherTablesTest {
  @TempDir Path folder;

  private static OptionalDouble of(double value) {
    return OptionalDouble.of(value);
  }

  private static Road road(double miou, List<RoadDifference> differences, List<RoadFault> faults) {
    return new Road(
        30,
        "latest",
        1,
        of(miou),
        of(miou - 0.01),
        of(miou + 0.01),
        of(miou),
        of(miou),
        of(0.6),
        100,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        new Deadline(33, 200, 3, 0.0031, 0.0432, 2, 2),
        0,
        Optional.empty(),
        Optional.empty(),
        differences,
        faults);
  }

  private static Driving driving(List<Delay> curve, Road road) {
    return new Driving(2, 30, 1, 2, 1, 0, 1, List.of(50.0), 0.2, 6, curve, List.of(road));
  }

  private static List<Delay> curve(boolean counted) {
    List<Delay> out = new ArrayList<>();
    for (int d = 0; d <= 5; d++) {
      out.add(
          new Delay(
              d,
              d * 100 / 3.0,
              of(0.6 - 0.05 * d),
              of(1 - 0.1 * d),
              counted ? Optional.of(new Danger(40, 36 - 4L * d, 1000, 10L * d)) : Optional.empty(),
              counted ? Optional.of(new Danger(40, 40 - 2L * d, 1000, 5L * d)) : Optional.empty()));
    }
    return out;
  }

  private StudyResult study() {
    List<Entry> entries = new ArrayList<>(SyntheticStudy.write(folder).entries().subList(0, 2));
    Span loss = new Span(of(0.0512), of(0.04), of(0.07));
    RoadFault fault =
        new RoadFault("dropped", 0.05, 400, 24, of(0.4488), loss, of(120), 0, 0, Optional.empty());
    RoadDifference difference =
        new RoadDifference(
            "alphanet",
            entries.get(0).folder(),
            RoadDifference.Role.BEST,
            new Span(of(-0.1), of(-0.2), of(0.01)),
            of(0.2));
    entries.set(
        0,
        entries
            .get(0)
            .withDriving(Optional.of(driving(curve(true), road(0.5, List.of(), List.of(fault))))));
    entries.set(
        1,
        entries
            .get(1)
            .withDriving(
                Optional.of(driving(curve(false), road(0.4, List.of(difference), List.of())))));
    return SyntheticStudy.result(entries);
  }

  private static List<String> texts(TextTable table, int line) {
    return table.lines().get(line).values().stream().map(Value::text).toList();
  }

  @Test
  void eachKindHasATableOfThoseThatHaveIt() {
    Board board = Board.of(study()).get(0);
    List<TextTable> tables = RoadFurtherTables.of(board, RoadWords.ladder(board));
    assertEquals(3, tables.size());
    assertEquals(
        List.of(
            "alphanet-toy",
            "30 fps, latest",
            "5\u00a0% dropped",
            "44.9",
            "+5.12, +4.00 to +7.00",
            "120",
            "6.0"),
        texts(tables.get(0), 0));
    assertEquals(
        List.of("Network", "on time (100.0)", "33.3 ms (95.0)", "66.7 ms (90.0)", "133 ms (80.0)"),
        tables.get(1).heads().stream().map(Head::title).toList());
    assertEquals(List.of("alphanet-toy", "90.0", "80.0", "70.0", "50.0"), texts(tables.get(1), 0));
    assertEquals(1, tables.get(1).lines().size(), "of the other one it was not counted");
    assertEquals(List.of("alphanet-toy", "0.0", "1.0", "2.0", "4.0"), texts(tables.get(2), 0));
  }

  @Test
  void differencesStandInColumnsOfTheirOwnWhereThereAreSome() {
    Board board = Board.of(study()).get(0);
    TextTable table = StreamingTable.of(board, RoadWords.ladder(board).rungs());
    assertEquals("From the best", table.heads().get(12).title());
    assertEquals(13, table.heads().size(), "there are no variants");
    assertEquals("–", texts(table, 0).get(12));
    assertEquals("≈ −10.00, −20.00 to +1.00", texts(table, 1).get(12));
  }

  /** The interval does not hold zero, and yet nothing can be claimed of four drives. */
  @Test
  void tooFewClustersAreSaidInTableSentencesAndFiles() throws IOException {
    List<Entry> entries = new ArrayList<>(study().entries());
    RoadDifference difference =
        new RoadDifference(
            "alphanet",
            entries.get(0).folder(),
            RoadDifference.Role.BEST,
            new Span(of(-0.1024), of(-0.1319), of(-0.0329)),
            of(0.125),
            Optional.of(4));
    entries.set(
        1,
        entries
            .get(1)
            .withDriving(
                Optional.of(driving(curve(false), road(0.4, List.of(difference), List.of())))));
    StudyResult study = SyntheticStudy.result(entries);
    Board board = Board.of(study).get(0);
    assertEquals(
        "−10.24, −13.19 to −3.29 (too few clusters for a test: 4)",
        texts(StreamingTable.of(board, RoadWords.ladder(board).rungs()), 1).get(12));
    String sentence =
        " Behind the best on these drives, too few clusters for a test (4, at least 6 are needed):"
            + " betanet-x2.0-toy (−10.24, −13.19 to −3.29).";
    assertTrue(
        RoadWords.sentences(board, RoadWords.ladder(board)).get(0).endsWith(sentence),
        RoadWords.sentences(board, RoadWords.ladder(board)).get(0));
    Reports.write(study, folder);
    for (String file : List.of("report.html", "report.md")) {
      String text = Files.readString(folder.resolve(file));
      assertTrue(text.contains("too few clusters for a test: 4"), file);
      assertTrue(text.contains("too few clusters for a test (4, at least 6 are needed)"), file);
    }
    List<String> lines = Files.readString(folder.resolve("results.csv")).lines().toList();
    List<String> head = List.of(lines.get(0).split(",", -1));
    List<String> row = List.of(lines.get(2).split(",", -1));
    assertEquals("4.0", row.get(head.indexOf("road_30fps_latest_x1_from_best_clusters")));
    assertEquals("0.125", row.get(head.indexOf("road_30fps_latest_x1_from_best_p")));
  }

  @Test
  void pageAndMarkdownHaveThem() throws IOException {
    Reports.write(study(), folder);
    for (String file : List.of("report.html", "report.md")) {
      String text = Files.readString(folder.resolve(file));
      for (String said :
          List.of(
              "Where the camera fails on some pictures",
              "People found in percent, by how old the answer is",
              "Obstacles on the own way taken for road in percent",
              "≈ −10.00, −20.00 to +1.00")) {
        assertTrue(text.contains(said), said + " in " + file);
      }
    }
    assertTrue(
        Files.readString(folder.resolve("results.csv")).contains("road_30fps_latest_x1_from_best"));
  }
}
