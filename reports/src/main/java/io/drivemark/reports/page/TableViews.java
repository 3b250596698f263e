package io.drivemark.reports.page;

import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Variant;
import io.drivemark.reports.page.PageView.Cell;
import io.drivemark.reports.page.PageView.Head;
import io.drivemark.reports.page.PageView.Row;
import io.drivemark.reports.page.PageView.TableView;
import io.drivemark.reports.table.BoardTables;
import io.drivemark.reports.table.DiagnosisTables;
import io.drivemark.reports.table.Field;
import io.drivemark.reports.table.FigureTables;
import io.drivemark.reports.table.RoadTables;
import io.drivemark.reports.table.VariantTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A board's tables as the page shows them, the most accurate first. Stateless. */
final class TableViews {
  /** Columns a sheet of paper has room for; the others are in {@code results.csv}. */
  private static final Set<String> ON_PAPER =
      Set.of(
          "contender",
          "model",
          "engine",
          "miou",
          "abs_rel",
          "rmse",
          "delta1",
          "mean_ms",
          "fps",
          "p50_ms",
          "p95_ms",
          "p99_ms",
          "model_mean_ms",
          "pixel_accuracy",
          "params",
          "stored_precision",
          "macs",
          "input",
          "miou_change",
          "abs_rel_change",
          "latency_change",
          "model_latency_change",
          "macs_change",
          "params_change",
          "clock_share",
          "prune_training");

  private TableViews() {}

  /** Accuracy, speed and cost of each contender. */
  static TableView models(Board board, Map<String, String> colors) {
    List<Field> fields = BoardTables.modelFields(List.of(board));
    Table table = BoardTables.table(board, fields);
    List<Row> rows = new ArrayList<>();
    for (Contender c : order(board)) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        String remark = fields.get(i).key().equals("mean_ms") ? ties(board, c) : "";
        cells.add(cell(fields.get(i), table.column(i), c, "", remark));
      }
      rows.add(row(board, c, colors, cells));
    }
    return new TableView(
        "Accuracy, speed and cost on "
            + board.yardstick().dataset()
            + " "
            + board.yardstick().split()
            + "; ● marks the Pareto front, † incomplete measurements, ‡ a note above",
        heads(board, fields),
        rows);
  }

  /** IoU by class, coloured by column from the worst to the best. */
  static TableView classes(Board board, Map<String, String> colors) {
    return heated(
        board,
        colors,
        BoardTables.classFields(board),
        "IoU by class in percent, protocol "
            + board.yardstick().protocol()
            + "; a dash is undefined: the class is neither in the truth nor predicted");
  }

  /** Accuracy by slice, coloured likewise. */
  static TableView slices(Board board, Map<String, String> colors) {
    return heated(
        board,
        colors,
        BoardTables.sliceFields(board),
        MeasureWords.title(board.measure())
            + (MeasureWords.isPercent(board.measure()) ? " in percent" : "")
            + ", protocol "
            + board.yardstick().protocol()
            + ", by what frames share");
  }

  /** Other figures by slice, a table each. */
  static List<TableView> figureSlices(Board board, Map<String, String> colors) {
    List<TableView> out = new ArrayList<>();
    FigureTables.slices(board)
        .forEach(
            (title, fields) ->
                out.add(heated(board, colors, fields, title + ", by what frames share")));
    return out;
  }

  /** What errors mean for driving, coloured by column from the worst to the best. */
  static TableView diagnosis(Board board, Map<String, String> colors) {
    return heated(
        board,
        colors,
        DiagnosisTables.fields(board),
        "Errors that matter, in percent unless a column says otherwise; a dash is undefined or was not"
            + " counted");
  }

  /** Figures in metres of road; none where no gauge gives any. */
  static TableView metres(Board board, Map<String, String> colors) {
    return heated(
        board,
        colors,
        RoadTables.fields(board),
        "In metres of road; shares in percent; a dash is undefined");
  }

  /** The same by distance, a table each; those that no contender has are left out. */
  static List<TableView> bands(Board board, Map<String, String> colors) {
    Map<String, List<Field>> tables = new LinkedHashMap<>();
    tables.put(
        "People found in percent, by how far away they are; in brackets how many there are",
        RoadTables.people(board));
    tables.put(
        "Other single objects found in percent, by how far away they are; in brackets how many",
        RoadTables.objects(board));
    tables.put(
        "Columns of pixels in percent whose free ground ends too far, by where it truly ends; in"
            + " brackets what one row of pixels is worth there",
        RoadTables.freespace(board));
    List<TableView> out = new ArrayList<>();
    tables.forEach(
        (caption, fields) -> {
          if (!fields.isEmpty()) {
            out.add(heated(board, colors, fields, caption));
          }
        });
    return out;
  }

  /** What pruning bought: each parent, then its variants. */
  static TableView variants(Board board, Map<String, String> colors) {
    VariantTables variants = new VariantTables(List.of(board));
    List<Field> fields = variants.fields();
    Table table = BoardTables.table(board, fields);
    List<Row> rows = new ArrayList<>();
    for (Family family : Family.of(board)) {
      family.parent().ifPresent(p -> rows.add(row(board, p, colors, cells(fields, table, p, ""))));
      for (Variant v : family.variants()) {
        Contender c = v.contender();
        String tie = v.tiesParent() ? family.parentModel() : "";
        rows.add(row(board, c, colors, cells(fields, table, c, tie)).asVariant());
      }
    }
    return new TableView(
        "What pruning changed, each variant against its parent", heads(board, fields), rows);
  }

  private static List<Cell> cells(List<Field> fields, Table table, Contender c, String tie) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String remark = fields.get(i).key().equals("latency_change") ? tie : "";
      cells.add(cell(fields.get(i), table.column(i), c, "", remark));
    }
    return cells;
  }

  private static TableView heated(
      Board board, Map<String, String> colors, List<Field> fields, String caption) {
    Table table = BoardTables.table(board, fields);
    List<Row> rows = new ArrayList<>();
    for (Contender c : order(board).stream().filter(Contender::trained).toList()) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        Column<?> column = table.column(i);
        cells.add(cell(fields.get(i), column, c, Heat.of(fields.get(i), column, c.number()), ""));
      }
      rows.add(row(board, c, colors, cells));
    }
    return new TableView(caption, heads(board, fields), rows);
  }

  private static List<Contender> order(Board board) {
    return board.standing().byAccuracy().stream().map(board::contender).toList();
  }

  private static Row row(
      Board board, Contender contender, Map<String, String> colors, List<Cell> cells) {
    return new Row(
        board.front().contains(contender),
        !contender.entry().complete(),
        !contender.entry().notes().isEmpty(),
        false,
        colors.get(contender.entry().model().architecture()),
        cells);
  }

  /** What was counted by a protocol says by which. */
  private static List<Head> heads(Board board, List<Field> fields) {
    return fields.stream()
        .map(
            f ->
                new Head(
                    f.title(),
                    BoardTables.isAccuracy(f) ? board.yardstick().protocol() : "",
                    f.meaning(),
                    f.isNumber(),
                    f.better() == Field.Better.HIGHER,
                    screenOnly(f)))
        .toList();
  }

  private static Cell cell(
      Field field, Column<?> column, Contender contender, String heat, String remark) {
    int row = contender.number();
    String sort =
        !field.isNumber() || column.isMissing(row)
            ? ""
            : Double.toString(((DoubleColumn) column).getDouble(row));
    return new Cell(
        field.written(column, contender), sort, field.isNumber(), heat, remark, screenOnly(field));
  }

  private static boolean screenOnly(Field field) {
    return !field.key().startsWith("iou_")
        && !field.key().startsWith(DiagnosisTables.PREFIX)
        && !ON_PAPER.contains(field.key());
  }

  private static String ties(Board board, Contender contender) {
    return board.tiedWith(contender).stream()
        .map(Contender::label)
        .collect(Collectors.joining(", "));
  }
}
