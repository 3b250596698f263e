package io.drivemark.reports.table;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.Yardstick;
import io.drivemark.eval.runner.evidence.SpreadsheetText;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.io.csv.CsvWriteOptions;

/**
 * {@code results.csv}: a row for each entry of a study, all numbers unrounded, fractions as
 * fractions, an undefined number as an empty field. Accuracies under different protocols stand in
 * different columns, named {@code miou@PROTOCOL-DIGEST}. A text that a spreadsheet would take for a
 * formula begins with an apostrophe. Stateless.
 */
public final class CsvReport {
  private static final int DIGEST_DIGITS = 8;

  private CsvReport() {}

  /** The file's text. */
  public static String text(List<Board> boards) {
    List<Contender> contenders = boards.stream().flatMap(b -> b.contenders().stream()).toList();
    Table table = Table.create("results");
    for (Field field : fields(boards)) {
      Column<?> column = field.column(contenders);
      column.setName(SpreadsheetText.safe(column.name()));
      table.addColumns(
          column instanceof StringColumn words ? words.map(SpreadsheetText::safe) : column);
    }
    StringWriter out = new StringWriter();
    table.write().usingOptions(CsvWriteOptions.builder(out).build());
    return out.toString();
  }

  private static List<Field> fields(List<Board> boards) {
    List<Field> fields = new ArrayList<>();
    fields.add(text("dataset", Yardstick::dataset));
    fields.add(text("split", Yardstick::split));
    fields.add(text("protocol", Yardstick::protocol));
    fields.add(text("protocol_digest", Yardstick::protocolDigest));
    fields.add(text("grid", Yardstick::grid));
    Map<String, String> suffixes = suffixes(boards);
    for (Field field : BoardTables.modelFields(boards)) {
      if (BoardTables.isAccuracy(field)) {
        fields.addAll(underEach(boards, suffixes, field));
      } else {
        fields.add(field);
      }
    }
    VariantTables variants = new VariantTables(boards);
    if (!variants.isEmpty()) {
      for (Field field : variants.changes()) {
        if (BoardTables.isAccuracy(field)) {
          fields.addAll(underEach(boards, suffixes, field));
        } else {
          fields.add(field);
        }
      }
    }
    TreeSet<String> classes = new TreeSet<>();
    boards.forEach(board -> board.classes().forEach(c -> classes.add(c.name())));
    for (String name : classes) {
      fields.addAll(underEach(boards, suffixes, BoardTables.classField(name)));
    }
    List<Contender> contenders = boards.stream().flatMap(b -> b.contenders().stream()).toList();
    for (Field field : FigureTables.fields(contenders, "figure_")) {
      suffixes.forEach((digest, suffix) -> fields.add(under(digest, suffix, field)));
    }
    suffixes.forEach(
        (digest, suffix) -> {
          List<Board> mine =
              boards.stream().filter(b -> b.yardstick().protocolDigest().equals(digest)).toList();
          List<Field> late =
              StreamingTable.fields(mine.stream().flatMap(b -> b.contenders().stream()).toList());
          Stream.concat(late.stream(), RobustTable.fields(mine).stream())
              .forEach(field -> fields.add(under(digest, suffix, field)));
        });
    return fields;
  }

  /** What is added to an accuracy's column for each protocol: nothing if there is only one. */
  private static Map<String, String> suffixes(List<Board> boards) {
    Map<String, String> out = new LinkedHashMap<>();
    for (Board board : boards) {
      Yardstick y = board.yardstick();
      String digest = y.protocolDigest();
      out.putIfAbsent(
          digest,
          "@" + y.protocol() + "-" + digest.substring(0, Math.min(DIGEST_DIGITS, digest.length())));
    }
    if (out.size() == 1) {
      out.replaceAll((digest, suffix) -> "");
    }
    return out;
  }

  /** A measure's columns stand under the protocols of its own boards alone. */
  private static List<Field> underEach(
      List<Board> boards, Map<String, String> suffixes, Field field) {
    Optional<Measure> measure = MeasureFields.of(field);
    List<Field> out = new ArrayList<>();
    suffixes.forEach(
        (digest, suffix) -> {
          boolean mine =
              boards.stream()
                  .map(Board::yardstick)
                  .filter(y -> y.protocolDigest().equals(digest))
                  .anyMatch(y -> measure.orElse(Measure.MIOU) == y.measure());
          if (mine) {
            out.add(under(digest, suffix, field));
          }
        });
    return out;
  }

  private static Field under(String digest, String suffix, Field field) {
    return field.restricted(
        field.key() + suffix,
        c ->
            Yardstick.of(c.entry()).protocolDigest().equals(digest)
                ? Optional.of(c)
                : Optional.empty());
  }

  private static Field text(String key, java.util.function.Function<Yardstick, String> value) {
    return Field.text(key, key, key, c -> value.apply(Yardstick.of(c.entry())));
  }
}
