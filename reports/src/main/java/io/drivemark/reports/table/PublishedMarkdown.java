package io.drivemark.reports.table;

import io.drivemark.reports.board.Board;
import io.drivemark.reports.published.PublishedColumn;
import io.drivemark.reports.published.PublishedTable;
import io.drivemark.reports.published.PublishedTables;
import io.drivemark.reports.published.PublishedWords;
import java.util.List;

/** What others published of what is on a board, as Markdown. Stateless. */
final class PublishedMarkdown {
  private PublishedMarkdown() {}

  static void append(StringBuilder out, Board board) {
    List<PublishedTable> tables = PublishedTables.beside(PublishedTopics.of(board));
    if (tables.isEmpty()) {
      return;
    }
    out.append("### ").append(PublishedWords.HEADING).append("\n\n");
    out.append(PublishedWords.ABOUT).append("\n\n");
    tables.forEach(table -> table(out, table));
  }

  private static void table(StringBuilder out, PublishedTable table) {
    out.append("*").append(Markdown.text(table.title())).append("*: ");
    out.append(Markdown.text(PublishedWords.about(table))).append("\n\n");
    line(out, PublishedWords.headings(table));
    out.append("|---|");
    for (PublishedColumn column : table.columns()) {
      out.append(column.unit().isNumber() ? "---:|" : "---|");
    }
    out.append("---|\n");
    table.rows().forEach(row -> line(out, PublishedWords.cells(table, row)));
    out.append('\n');
    PublishedWords.notes(table)
        .forEach(n -> out.append("- ").append(Markdown.text(n)).append('\n'));
    out.append(PublishedWords.notes(table).isEmpty() ? "" : "\n");
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append('|');
    cells.forEach(cell -> out.append(' ').append(Markdown.text(cell)).append(" |"));
    out.append('\n');
  }
}
