package io.drivemark.reports;

import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.decide.select.Entrants;
import io.drivemark.eval.decide.select.Terms;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.view.Panel;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.statistics.JointDraws;
import io.drivemark.files.DurableFiles;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.night.VerdictFormats;
import io.drivemark.reports.page.HistoryPage;
import io.drivemark.reports.page.HtmlReport;
import io.drivemark.reports.page.NetworkPages;
import io.drivemark.reports.page.NightPage;
import io.drivemark.reports.page.SelectPage;
import io.drivemark.reports.table.CsvReport;
import io.drivemark.reports.table.MarkdownReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes a study's report: {@code report.html} (one self-contained page), {@code report.md} and
 * {@code results.csv}. Stateless.
 */
public final class Reports {
  private Reports() {}

  /**
   * Writes all three files; each is there whole or not at all.
   *
   * @param result what was found
   * @param folder where {@code results.json} and the cells are, whose pictures the page takes in
   * @return the page's file
   */
  public static Path write(StudyResult result, Path folder) {
    return write(result, selections(result, folder), folder);
  }

  /**
   * The same, of which it is known what is certain.
   *
   * @param selections as {@link #selections} gives them
   */
  public static Path write(StudyResult result, List<BoardSelection> selections, Path folder) {
    List<Board> boards = Board.of(result);
    Path page = folder.resolve("report.html");
    write(page, HtmlReport.text(result, boards, selections, folder));
    write(folder.resolve("report.md"), MarkdownReport.text(result, boards, selections));
    write(folder.resolve("results.csv"), CsvReport.text(boards));
    return page;
  }

  /**
   * What is certain of a study's networks, a yardstick each.
   *
   * @param folder where the cells are, whose evidence it rests on
   */
  public static List<BoardSelection> selections(StudyResult result, Path folder) {
    String machine = result.environment().fingerprint();
    Entrants.Study study =
        new Entrants.Study(folder.toString(), 0, machine, machine, folder, result.entries());
    return BoardSelection.of(
        List.of(study), Optional.empty(), List.of(), Terms.SURE, JointDraws.DRAWS);
  }

  /**
   * Writes a page for each network and {@code index.html}, which lists them.
   *
   * @return the list's file
   */
  public static Path writeNetworks(String title, List<NetworkPages.Subject> subjects, Path folder) {
    NetworkPages.texts(title, subjects)
        .forEach((file, text) -> write(folder.resolve(file.toString()), text));
    return folder.resolve("index.html");
  }

  /**
   * Writes selections as one self-contained page.
   *
   * @param why the labels of the networks that were asked for
   * @param from the folders that they were made from
   */
  public static void writeSelection(
      List<BoardSelection> boards, List<String> why, List<Path> from, Path file) {
    write(file, SelectPage.text(boards, why, from.stream().map(Path::toString).toList()));
  }

  /**
   * Writes a night's page and the views of its verdict that are asked for, each whole or not at
   * all.
   *
   * @param folder the night's
   */
  public static void writeNight(Verdict verdict, List<NightPlan.Format> formats, Path folder) {
    write(folder.resolve("night.html"), NightPage.text(verdict));
    formats.forEach(
        format ->
            write(
                folder.resolve(VerdictFormats.file(format)), VerdictFormats.text(format, verdict)));
  }

  /**
   * Writes a history's page, whole or not at all.
   *
   * @param view at least one night
   * @param panels of the view
   * @param from the store that it is of, for people
   * @return the page's file
   */
  public static Path writeHistory(HistoryView view, List<Panel> panels, String from, Path folder) {
    Path page = folder.resolve("index.html");
    write(page, HistoryPage.text(view, panels, from));
    return page;
  }

  private static void write(Path file, String text) {
    DurableFiles.writeQuickly(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
