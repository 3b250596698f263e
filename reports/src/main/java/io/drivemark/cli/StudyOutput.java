package io.drivemark.cli;

import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.reports.Reports;
import io.drivemark.reports.board.Advice;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.BoardTitles;
import io.drivemark.reports.select.CertainWords;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the commands that run a study do with its result: write the report, say what came out. */
final class StudyOutput {
  private StudyOutput() {}

  /** Writes the report and says where it is; returns the exit code. */
  static int finish(StudyResult result, Path folder, PrintWriter out, PrintWriter err) {
    for (Entry entry : result.entries()) {
      for (String issue : entry.issues()) {
        err.println(
            "issue: " + entry.model().name() + " on " + entry.engine().name() + ": " + issue);
      }
    }
    result.entries().stream().flatMap(e -> summary(e).stream()).distinct().forEach(err::println);
    result.entries().stream()
        .flatMap(e -> e.notes().stream().map(note -> "note: " + e.model().name() + ": " + note))
        .distinct()
        .forEach(err::println);
    result.findings().forEach(finding -> err.println("finding: " + finding));
    List<BoardSelection> selections = Reports.selections(result, folder);
    Path page = Reports.write(result, selections, folder);
    List<Board> boards = Board.of(result);
    for (Board board : boards) {
      Advice advice = Advice.of(board);
      out.println(BoardTitles.of(board, boards) + ": " + advice.headline() + ".");
      out.println(advice.explanation());
      CertainWords.of(board.yardstick(), selections).forEach(out::println);
    }
    out.println("Report: " + page.toAbsolutePath().normalize());
    return result.exitCode();
  }

  /** What a network of another tool takes and answers with: one line. */
  private static Optional<String> summary(Entry entry) {
    if (!entry.model().architecture().equals("foreign") || entry.model().reading().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "read: "
            + entry.model().name()
            + ": "
            + entry.model().reading().stream()
                .filter(line -> line.startsWith("takes: ") || line.startsWith("answers: "))
                .map(line -> line.replaceFirst(": ", " "))
                .collect(Collectors.joining(", ")));
  }
}
