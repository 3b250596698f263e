package io.drivemark.reports.page;

import java.util.List;

/**
 * A published table, ready to be shown. Immutable.
 *
 * @param title what it is about
 * @param about its source and how it was measured
 * @param heads the headings
 * @param rows in the publication's order
 * @param notes of single rows
 */
record PublishedView(
    String title,
    String about,
    List<HeadView> heads,
    List<List<CellView>> rows,
    List<String> notes) {

  /** A heading. */
  record HeadView(String title, boolean number) {}

  /** A cell. */
  record CellView(String text, boolean number) {}
}
