package io.drivemark.reports.published;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.Task;
import io.drivemark.files.Digests;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a published table, strictly: every row has its tag and a value or {@code none} in every
 * column, numbers lie within their unit's bounds, and the rows are those that the digest was made
 * of. Stateless.
 */
final class PublishedFile {
  private static final String SCHEMA = "drivemark-published/1";
  private static final String NOT_PRINTED = "none";
  private static final int DIGEST_DIGITS = 12;
  private static final List<String> TECHNIQUES = List.of("filter", "layer", "joint", "dynamic");

  private PublishedFile() {}

  /**
   * Reads it.
   *
   * @throws io.drivemark.problem.BadInputException with every problem and its line
   */
  static PublishedTable read(ConfigFile file) {
    ConfigMap root = file.root();
    String schema = root.string("schema");
    if (!schema.isEmpty() && !schema.equals(SCHEMA)) {
      root.problem("schema", "found " + schema + ", expected " + SCHEMA);
    }
    ConfigMap belongs = root.map("belongs");
    List<PublishedColumn> columns = columns(root.map("columns"));
    List<PublishedRow> rows = new ArrayList<>();
    for (ConfigMap row : root.maps("rows", "network")) {
      rows.add(row(row, columns));
    }
    PublishedTable table =
        new PublishedTable(
            root.string("name"),
            root.string("title"),
            root.string("source"),
            root.string("table"),
            root.string("about"),
            words(belongs, "techniques", TECHNIQUES),
            words(belongs, "tasks", Task.words()),
            columns,
            rows);
    check(root, table);
    file.finish();
    return table;
  }

  private static void check(ConfigMap root, PublishedTable table) {
    if (table.rows().isEmpty()) {
      root.problem("rows", "found no row, expected one or more");
    }
    String digest = digest(table);
    String written = root.string("digest");
    if (!written.isEmpty() && !written.equals(digest)) {
      root.problem(
          "digest",
          "found "
              + written
              + ", but the rows give "
              + digest
              + ": a row is not as it was when the digest was written. Undo the change, or, if the"
              + " publication says so, write digest: "
              + digest);
    }
  }

  private static Set<String> words(ConfigMap map, String key, List<String> known) {
    Set<String> out = new LinkedHashSet<>();
    for (String word : map.strings(key)) {
      if (!known.contains(word)) {
        map.problem(
            key,
            "found " + word + Nearest.hint(word, known) + ", expected " + String.join(", ", known));
      }
      out.add(word);
    }
    return out;
  }

  private static List<PublishedColumn> columns(ConfigMap map) {
    List<PublishedColumn> out = new ArrayList<>();
    for (String key : map.keys()) {
      ConfigMap column = map.map(key);
      String unit = column.choice("unit", "word", PublishedColumn.Unit.names());
      if (!column.has("unit")) {
        map.problem(key, "has no unit: expected one of " + PublishedColumn.Unit.names());
      }
      out.add(
          new PublishedColumn(
              key, column.string("title"), PublishedColumn.Unit.of(unit).orElseThrow()));
    }
    return out;
  }

  private static PublishedRow row(ConfigMap map, List<PublishedColumn> columns) {
    Map<String, String> values = new LinkedHashMap<>();
    for (PublishedColumn column : columns) {
      String text = map.string(column.key());
      if (map.has(column.key()) && !text.equals(NOT_PRINTED)) {
        column
            .unit()
            .expected(text)
            .ifPresent(
                expected ->
                    map.problem(column.key(), "found '" + text + "', expected " + expected));
        values.put(column.key(), text);
      }
    }
    String tag = map.string("tag");
    Optional<Provenance> provenance = Provenance.of(tag);
    if (provenance.isEmpty() && !tag.isEmpty()) {
      map.problem(
          "tag",
          "found "
              + tag
              + Nearest.hint(tag, Provenance.tags())
              + ", expected one of "
              + String.join(", ", Provenance.tags()));
    }
    return new PublishedRow(
        map.string("network"),
        provenance.orElse(Provenance.FIGURE), // a stand-in: the file is refused
        map.strings("architectures"),
        map.optionalString("note"),
        values);
  }

  /** Of what the rows say, not of how the file is written. */
  private static String digest(PublishedTable table) {
    StringBuilder text = new StringBuilder();
    for (PublishedRow row : table.rows()) {
      text.append(row.network()).append('|').append(row.provenance().tag());
      for (PublishedColumn column : table.columns()) {
        text.append('|').append(column.key()).append('=').append(row.value(column).orElse("none"));
      }
      text.append('\n');
    }
    return Digests.of(text.toString()).substring(0, DIGEST_DIGITS);
  }
}
