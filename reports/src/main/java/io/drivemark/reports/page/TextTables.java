package io.drivemark.reports.page;

import io.drivemark.reports.board.Contender;
import io.drivemark.reports.page.PageView.Cell;
import io.drivemark.reports.page.PageView.Head;
import io.drivemark.reports.page.PageView.Row;
import io.drivemark.reports.page.PageView.TableView;
import io.drivemark.reports.table.TextTable;
import io.drivemark.reports.table.TextTable.Line;
import io.drivemark.reports.table.TextTable.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables of texts as a page shows them. Stateless. */
final class TextTables {
  private TextTables() {}

  /**
   * A table of a page.
   *
   * @param colors of architectures
   * @param indented whether variants stand below their parents
   */
  static TableView view(TextTable table, Map<String, String> colors, boolean indented) {
    List<Head> heads =
        table.heads().stream()
            .map(h -> new Head(h.title(), "", h.meaning(), h.number(), h.number(), false))
            .toList();
    return new TableView(
        table.caption(),
        heads,
        table.lines().stream().map(l -> row(table, l, colors, indented)).toList());
  }

  private static Row row(TextTable table, Line line, Map<String, String> colors, boolean indented) {
    Contender contender = line.contender();
    List<Cell> cells = new ArrayList<>();
    for (Value value : line.values()) {
      cells.add(cell(value, table.heads().get(cells.size()).number()));
    }
    return new Row(
        false,
        !contender.entry().complete(),
        false,
        indented && contender.entry().model().parent().isPresent(),
        colors.get(contender.entry().model().architecture()),
        cells);
  }

  private static Cell cell(Value value, boolean number) {
    return new Cell(
        value.text(),
        value.number().isPresent() ? Double.toString(value.number().getAsDouble()) : "",
        number,
        value.shade().isPresent() ? Palette.heat(value.shade().getAsDouble()) : "",
        "",
        false);
  }
}
