package io.drivemark.reports.table;

import io.drivemark.eval.decide.road.RoadLadder;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.decide.robust.CalibrationStanding;
import io.drivemark.eval.decide.robust.RobustStanding;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.RoadWords;
import io.drivemark.reports.board.RobustWords;
import io.drivemark.reports.table.TextTable.Head;
import io.drivemark.reports.table.TextTable.Line;
import java.util.List;
import java.util.Optional;

/** What late answers and bad weather cost, as Markdown. Stateless. */
final class SectionMarkdown {
  private SectionMarkdown() {}

  /** Appends both sections of a board, as far as it has them. */
  static void append(StringBuilder out, Board board) {
    Optional<Driving> driving =
        board.contenders().stream().flatMap(c -> c.entry().driving().stream()).findFirst();
    driving.ifPresent(d -> road(out, board, d));
    RobustWords.standing(board).ifPresent(standing -> robust(out, board, standing));
  }

  private static void road(StringBuilder out, Board board, Driving driving) {
    RoadLadder ladder = RoadWords.ladder(board);
    out.append("### On the road\n\n");
    list(out, RoadWords.sentences(board, ladder));
    for (double factor : ladder.factors()) {
      List<Rung> rungs = ladder.at(factor);
      out.append("Hardware: ").append(Markdown.text(RoadWords.hardware(factor))).append(".\n\n");
      table(out, StreamingTable.of(board, rungs));
    }
    RoadFurtherTables.of(board, ladder).forEach(table -> captioned(out, table));
    list(out, RoadWords.paced(board));
    out.append(Markdown.text(RoadWords.method(driving))).append("\n\n");
  }

  private static void robust(StringBuilder out, Board board, RobustStanding standing) {
    out.append("### In bad light and weather\n\n");
    out.append(Markdown.text(RobustWords.lead(standing, board))).append("\n\n");
    table(out, RobustTable.of(standing, board));
    list(out, RobustWords.verdicts(standing, board));
    CalibrationStanding.of(standing)
        .ifPresent(
            c -> {
              captioned(out, RobustTable.calibration(c, board));
              list(out, RobustWords.calibration(c, board));
            });
  }

  private static void list(StringBuilder out, List<String> sentences) {
    sentences.forEach(s -> out.append("- ").append(Markdown.text(s)).append('\n'));
    out.append(sentences.isEmpty() ? "" : "\n");
  }

  private static void captioned(StringBuilder out, TextTable table) {
    out.append(Markdown.text(table.caption())).append(":\n\n");
    table(out, table);
  }

  private static void table(StringBuilder out, TextTable table) {
    out.append('|');
    for (Head head : table.heads()) {
      out.append(' ').append(Markdown.text(head.title())).append(" |");
    }
    out.append("\n|");
    for (Head head : table.heads()) {
      out.append(head.number() ? "---:|" : "---|");
    }
    out.append('\n');
    for (Line line : table.lines()) {
      out.append('|');
      line.values().forEach(v -> out.append(' ').append(Markdown.text(v.text())).append(" |"));
      out.append('\n');
    }
    out.append('\n');
  }
}
