package io.drivemark.reports.page;

import io.drivemark.reports.board.Board;
import io.drivemark.reports.page.PublishedView.CellView;
import io.drivemark.reports.page.PublishedView.HeadView;
import io.drivemark.reports.published.PublishedRow;
import io.drivemark.reports.published.PublishedTable;
import io.drivemark.reports.published.PublishedTables;
import io.drivemark.reports.published.PublishedWords;
import io.drivemark.reports.table.PublishedTopics;
import java.util.ArrayList;
import java.util.List;

/** What others published of what is on a board. Stateless. */
final class PublishedViews {
  private PublishedViews() {}

  static List<PublishedView> of(Board board) {
    return PublishedTables.beside(PublishedTopics.of(board)).stream()
        .map(PublishedViews::view)
        .toList();
  }

  private static PublishedView view(PublishedTable table) {
    List<HeadView> heads = new ArrayList<>();
    List<String> titles = PublishedWords.headings(table);
    for (int i = 0; i < titles.size(); i++) {
      heads.add(new HeadView(titles.get(i), isNumber(table, i)));
    }
    return new PublishedView(
        table.title(),
        PublishedWords.about(table),
        heads,
        table.rows().stream().map(row -> cells(table, row)).toList(),
        PublishedWords.notes(table));
  }

  private static List<CellView> cells(PublishedTable table, PublishedRow row) {
    List<CellView> out = new ArrayList<>();
    for (String text : PublishedWords.cells(table, row)) {
      out.add(new CellView(text, isNumber(table, out.size())));
    }
    return out;
  }

  /** The columns stand between the network's name and where its row was read. */
  private static boolean isNumber(PublishedTable table, int place) {
    return place >= 1
        && place <= table.columns().size()
        && table.columns().get(place - 1).unit().isNumber();
  }
}
