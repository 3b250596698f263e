package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study of depth networks, and one of both tasks. */
class DepthBoardTest {
  @TempDir static Path folder;
  private static String html;
  private static String markup;
  private static String markdown;
  private static List<String> csv;

  @BeforeAll
  static void write() throws Exception {
    html = Files.readString(Reports.write(SyntheticStudy.result(DepthScenes.entries()), folder));
    markup = html.replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
    markdown = Files.readString(folder.resolve("report.md"));
    csv = Files.readAllLines(folder.resolve("results.csv"));
  }

  private static Board board() {
    return Board.of(SyntheticStudy.result(DepthScenes.entries())).get(0);
  }

  @Test
  void theSmallestErrorIsTheBestAndTheFrontFallsWithTime() {
    Board board = board();
    assertEquals(Measure.ABS_REL, board.measure());
    assertEquals(DepthScenes.PARENT, board.mostAccurate().orElseThrow().model());
    assertEquals(
        List.of(
            DepthScenes.PARENT + "-joint-count-7",
            DepthScenes.PARENT + "-joint-count-37",
            DepthScenes.PARENT),
        board.front().stream().map(Contender::model).toList());
    assertEquals(
        List.of(0.204, 0.21, 0.229, 0.249),
        board.standing().byAccuracy().stream().map(c -> c.value().orElseThrow()).toList());
  }

  @Test
  void theHeadlineAndItsExplanationNameTheErrorAsItIs() {
    assertTrue(
        markdown.contains(
            "**Drive with monodepth-0.5-toy if a frame may take 10.3 ms, with"
                + " monodepth-0.5-toy-joint-count-37 if it may not.** monodepth-0.5-toy reaches AbsRel"
                + " 0.204 at 10.3 ms a frame (96.6 FPS) on 40 frames of toydrive val. The fastest on"
                + " the front, monodepth-0.5-toy-joint-count-7, takes 5.72 ms (175.0 FPS) and reaches"
                + " 0.229. 3 of 4 compared are on the Pareto front"),
        markdown);
    assertTrue(markdown.contains("| a frame may take | drive with | AbsRel |"), markdown);
  }

  @Test
  void noWordOfLabelsStandsOnABoardOfDepth() {
    for (String text : List.of(markup, markdown)) {
      for (String word : List.of("mIoU", "miou", "label map", "IoU", " points (")) {
        int at = text.indexOf(word);
        assertFalse(
            at >= 0,
            () ->
                word
                    + ": "
                    + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200)));
      }
    }
    assertFalse(csv.get(0).contains("miou"), csv.get(0));
    assertFalse(csv.get(0).contains("pixel_accuracy"), csv.get(0));
  }

  @Test
  void theChartKnowsThatLessIsBetter() {
    assertTrue(
        html.contains(
            "\"measure\":{\"title\":\"AbsRel\",\"percent\":false,\"more\":false,\"same\":5.0E-4}"));
    assertTrue(
        Pattern.compile("\"value\":0.204,\"valueLow\":0.19[23]\\d*,\"valueHigh\":0.21[56]\\d*")
            .matcher(html)
            .find(),
        "the interval");
    assertTrue(markup.contains("Down is more accurate: AbsRel is an error."));
    assertTrue(markup.contains("to the distances on the truth's grid"));
    assertTrue(markup.contains("aria-label=\"Scatter of AbsRel against speed;"));
  }

  @Test
  void tablesHaveErrorsSharesAndSlices() {
    for (String heading :
        List.of(">AbsRel<", ">SqRel m<", ">RMSE m<", ">δ &lt; 1.25 %<", ">δ &lt; 1.25³ %<")) {
      assertTrue(markup.contains(heading), heading);
    }
    assertTrue(markup.contains("light: night"), "slices");
    assertTrue(
        markup.contains("AbsRel of the frames that have something in common; smaller is better"));
    List<String> heads = List.of(csv.get(0).split(","));
    String[] first = csv.get(1).split(",", -1);
    assertEquals(0.204, Double.parseDouble(first[heads.indexOf("abs_rel")]));
    assertEquals(0.193, Double.parseDouble(first[heads.indexOf("abs_rel_low")]), 1e-12);
    String[] masked = csv.get(2).split(",", -1);
    assertEquals(0.006, Double.parseDouble(masked[heads.indexOf("abs_rel_change")]), 1e-12);
    assertTrue(heads.contains("delta1") && heads.contains("rmse"), csv.get(0));
  }

  @Test
  void framesHaveTheirOwnErrorsInTheGalleryAndAmongTheWorst() throws Exception {
    Path drawn = folder.resolve("drawn");
    SyntheticStudy.write(drawn); // the pictures
    String page =
        Files.readString(Reports.write(SyntheticStudy.result(DepthScenes.entries()), drawn));
    int gallery = page.indexOf("Distances have one scale of colours in truth and predictions");
    int worst = page.indexOf("on which each network has its largest AbsRel");
    assertTrue(gallery > 0 && worst > gallery, gallery + " " + worst);
    assertTrue(page.contains("</i>80 m and farther</span>") && page.contains("</i>unknown</span>"));
    assertTrue(page.indexOf("<span class=\"quiet\"> 0.304</span>", gallery) < worst);
    assertTrue(page.indexOf("<span class=\"quiet\"> 0.304</span>", worst) > worst);
  }

  @Test
  void whiskersSayWhatTheyRestOn() {
    assertTrue(
        markup.contains(
            "Upright whiskers are 95 % intervals of AbsRel: 4 made-up drives drawn 2,000 times with"
                + " replacement."));
  }

  @Test
  void aVariantsErrorStandsAgainstItsParents() {
    assertTrue(markup.contains("+0.006 AbsRel (+0.003 to +0.010)"), "paired difference");
    assertTrue(
        markdown.contains("| joint-count-37 | 0.210 | +0.006 | +0.003 | +0.010 |"), markdown);
  }

  @Test
  void whatIsBeatenHasALargerErrorAndIsSlower() {
    int from = markup.indexOf("What can be crossed off");
    assertTrue(from > 0);
    String table = markup.substring(from, markup.indexOf("</table>", from));
    assertTrue(table.contains("AbsRel less"), table);
    assertTrue(table.contains("tinydepth-toy"), table);
    assertTrue(table.contains(">0.02000<"), table);
  }

  @Test
  void publishedRowsOfDepthStandBesideIt() {
    assertTrue(
        markup.contains("<summary>Joint masks on a depth network, KITTI Eigen split</summary>"));
    assertFalse(markup.contains("Cityscapes test"));
  }

  @Test
  void aStudyOfBothTasksHasTwoBoardsAndNoSharedColumn() throws Exception {
    Path both = folder.resolve("both");
    List<Entry> entries = new ArrayList<>(SyntheticStudy.write(both).entries());
    int labels = entries.size();
    entries.addAll(DepthScenes.entries());
    List<Board> boards = Board.of(SyntheticStudy.result(entries));
    assertEquals(
        List.of(Measure.MIOU, Measure.ABS_REL), boards.stream().map(Board::measure).toList());
    assertEquals(List.of(labels, 4), boards.stream().map(b -> b.contenders().size()).toList());
    String page = Files.readString(Reports.write(SyntheticStudy.result(entries), both));
    assertEquals(2, page.split("<section id=\"board", -1).length - 1);
    List<String> lines = Files.readAllLines(both.resolve("results.csv"));
    List<String> heads = List.of(lines.get(0).split(","));
    int miou = heads.indexOf("miou@cityscapes-feedface");
    int absRel = heads.indexOf("abs_rel@depth-80m-cafe0000");
    assertTrue(miou > 0 && absRel > 0, lines.get(0));
    assertFalse(heads.contains("abs_rel@cityscapes-feedface"), lines.get(0));
    assertFalse(heads.contains("miou@depth-80m-cafe0000"), lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      assertEquals(i > labels, cells[miou].isEmpty(), lines.get(i));
      assertEquals(i <= labels, cells[absRel].isEmpty(), lines.get(i));
    }
  }
}
