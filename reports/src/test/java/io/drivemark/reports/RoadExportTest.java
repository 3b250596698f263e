package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.BoardTitles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What late answers and bad weather cost, beside the page. */
class RoadExportTest {
  @TempDir Path folder;

  private List<Entry> two() {
    return SyntheticStudy.write(folder).entries().subList(0, 2);
  }

  private static List<String> row(String csv, int row) {
    return List.of(csv.lines().skip(row).findFirst().orElseThrow().split(",", -1));
  }

  private static String field(String csv, int row, String head) {
    int column = row(csv, 0).indexOf(head);
    assertTrue(column >= 0, head + " in " + row(csv, 0));
    return row(csv, row).get(column);
  }

  @Test
  void markdownHasBothSectionsWithTheirFigures() throws Exception {
    Reports.write(SyntheticStudy.result(RoadScenes.on(two(), "light=night")), folder);
    String text = Files.readString(folder.resolve("report.md"));
    int road = text.indexOf("### On the road");
    int weather = text.indexOf("### In bad light and weather");
    assertTrue(road > 0 && weather > road, text);
    for (String line :
        List.of(
            "- At 30 pictures a second (latest) betanet-x2.0-toy answers best: ",
            "Hardware: as measured.",
            "Hardware: latencies × 4.",
            "| Network | Camera | On time % | Streaming % | Lost | Age ms | Peak p99 ms | Blind m |"
                + " Misses % | In a row | People % | People ms |",
            "| alphanet-toy | 30 fps, latest | 55.2 | 53.9 (52.9 to 54.9) | 1.3 | ",
            " | 1.5 (≤ 4.3) | 2 | 75.0 | 250 |")) {
      assertTrue(text.substring(road, weather).contains(line), line + " in " + text);
    }
    for (String line :
        List.of(
            "8 frames, each as it is and in 4 other states; the truth is the same in all.",
            "| Model | Clean | mPC | rPC | CD | rCD | fog | dark | Plain | light=night |",
            "| alphanet-toy | 55.21 | 40.21 (38.21 to 42.21) | 72.83 (70.83 to 74.83) | 1.00 | 1.00"
                + " | 45.21 | 35.21 | 56.21 | 40.21 |")) {
      assertTrue(text.indexOf(line, weather) > 0, line + " in " + text.substring(weather));
    }
  }

  @Test
  void theFileHasThemUnroundedByCameraAndHardware() throws Exception {
    List<Entry> entries = RoadScenes.on(two(), "light=night");
    Reports.write(SyntheticStudy.result(entries), folder);
    String csv = Files.readString(folder.resolve("results.csv"));
    Driving driving = entries.get(1).driving().orElseThrow();
    Driving.Road slow = driving.roads().get(2);
    assertEquals(4.0, slow.hardware());
    String head = "road_30fps_latest_x4_";
    assertEquals("" + slow.miou().getAsDouble(), field(csv, 2, head + "miou"));
    assertEquals("", field(csv, 2, head + "miou_low"), "intervals are of the first hardware");
    assertEquals(
        "" + driving.roads().get(0).low().getAsDouble(),
        field(csv, 2, "road_30fps_latest_x1_miou_low"));
    assertEquals(
        "" + slow.age().orElseThrow().seenMs().getAsDouble(), field(csv, 2, head + "age_ms"));
    assertEquals("0.015", field(csv, 2, "road_10fps_latest_x1_misses"));
    assertEquals("0.0432", field(csv, 2, "road_10fps_latest_x1_misses_high"));
    assertEquals("" + driving.blindMetres(slow).getAsDouble(), field(csv, 2, head + "blind_m"));
    double clean = entries.get(1).accuracy().orElseThrow().miou().getAsDouble();
    assertEquals("8.0", field(csv, 2, "robust_frames"));
    assertEquals("" + clean, field(csv, 2, "robust_clean_miou"));
    assertEquals("" + (clean - 0.1 + (clean - 0.2)) / 2, field(csv, 2, "mpc"));
    assertEquals("1.0", field(csv, 1, "cd"), "the first is the reference");
    assertTrue(Double.parseDouble(field(csv, 2, "cd")) < 1, csv);
    assertEquals("" + (clean - 0.2), field(csv, 2, "miou_under_dark-3"));
    assertEquals("" + (clean - 0.15), field(csv, 2, "miou_under_light=night"));
  }

  @Test
  void otherStudiesHaveNoSuchColumns() throws Exception {
    Reports.write(SyntheticStudy.write(folder), folder);
    String heads = String.join(",", row(Files.readString(folder.resolve("results.csv")), 0));
    assertFalse(heads.contains("road_") || heads.contains("mpc"), heads);
    String text = Files.readString(folder.resolve("report.md"));
    assertFalse(text.contains("On the road") || text.contains("bad light"), text);
  }

  @Test
  void namesOfConditionsStayWords() throws Exception {
    String bad = "=1|[x](http://evil)<img src=x>\n# *y*";
    Reports.write(SyntheticStudy.result(RoadScenes.on(two(), bad)), folder);
    String text = Files.readString(folder.resolve("report.md"));
    assertFalse(text.contains("<img") || text.contains("[x]("), text);
    assertFalse(text.contains("\n# *y"), text);
    String page =
        Files.readString(folder.resolve("report.html"))
            .replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
    assertFalse(page.contains("<img src=x>"), "no picture");
  }

  /** Two groups of frames of one split: the drive is told by its pace. */
  @Test
  void boardsOfOneSplitAreToldApart() {
    List<Entry> entries = new ArrayList<>(two());
    Entry other = SyntheticStudy.others(entries.get(1), "d2", 48);
    entries.set(1, other.withDriving(Optional.of(RoadScenes.driving(0.6, 20))));
    StudyResult result = SyntheticStudy.result(entries);
    List<Board> boards = Board.of(result);
    assertEquals(
        List.of("toydrive val, 40 frames", "toydrive val, at 30 pictures a second"),
        boards.stream().map(b -> BoardTitles.of(b, boards)).toList());
    entries.set(1, other);
    List<Board> still = Board.of(SyntheticStudy.result(entries));
    assertEquals(
        List.of("toydrive val, 40 frames", "toydrive val, 48 frames"),
        still.stream().map(b -> BoardTitles.of(b, still)).toList());
    entries.set(1, SyntheticStudy.others(entries.get(1), "d2", 40));
    List<Board> alike = Board.of(SyntheticStudy.result(entries));
    assertEquals(
        List.of("toydrive val, frames d1", "toydrive val, frames d2"),
        alike.stream().map(b -> BoardTitles.of(b, alike)).toList());
  }
}
