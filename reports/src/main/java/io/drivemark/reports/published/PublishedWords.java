package io.drivemark.reports.published;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Published tables in words, the same on page and in Markdown. Stateless. */
public final class PublishedWords {
  /** The heading above them: whoever reads it knows that nobody here measured this. */
  public static final String HEADING = "Published elsewhere, not measured here";

  /** What they are for. */
  public static final String ABOUT =
      "Figures of others' publications, as they were printed: other data, machines and rules than"
          + " this study's. They stand here to be read beside it; no mean, order, front or verdict of"
          + " this report knows them.";

  private PublishedWords() {}

  /** Source and table, where rows were read and how they were measured, a sentence each. */
  public static String about(PublishedTable table) {
    String read =
        table.rows().stream()
            .map(PublishedRow::provenance)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .map(Provenance::words)
            .collect(Collectors.joining(" and "));
    return table.source() + "; " + table.table() + ", read " + read + ". " + table.about();
  }

  /** Headings, the network's first and the one of where it was read last. */
  public static List<String> headings(PublishedTable table) {
    List<String> out = new ArrayList<>();
    out.add("Network");
    table.columns().forEach(c -> out.add(c.heading()));
    out.add("Read");
    return out;
  }

  /** A row's texts in the order of the headings; a dash where nothing was printed. */
  public static List<String> cells(PublishedTable table, PublishedRow row) {
    List<String> out = new ArrayList<>();
    out.add(row.network());
    table.columns().forEach(c -> out.add(written(c, row.value(c))));
    out.add(row.provenance().tag());
    return out;
  }

  /** What has to be known of single rows, a sentence each. */
  public static List<String> notes(PublishedTable table) {
    return table.rows().stream()
        .flatMap(row -> row.note().map(note -> row.network() + ": " + note + ".").stream())
        .distinct()
        .toList();
  }

  private static String written(PublishedColumn column, Optional<String> value) {
    return value.map(v -> column.unit().isNumber() ? v.replace('-', '−') : v).orElse("–");
  }
}
