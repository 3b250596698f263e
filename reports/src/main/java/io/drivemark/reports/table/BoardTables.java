package io.drivemark.reports.table;

import static io.drivemark.reports.table.Field.Better.HIGHER;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.MeasureWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tech.tablesaw.api.Table;

/**
 * The tables of a board: one row a contender, in the study's order. {@link #modelFields(List)} and
 * {@link #classFields(Board)} say what the columns are. Stateless.
 */
public final class BoardTables {
  /** Besides the measures' own. */
  private static final Set<String> ACCURACY = Set.of("pixel_accuracy", "mean_accuracy", "fw_iou");

  private BoardTables() {}

  /**
   * The columns of the table of models of some boards: those of all, and how the files keep the
   * learned values if one does not as fp32.
   */
  public static List<Field> modelFields(List<Board> boards) {
    List<Contender> all = boards.stream().flatMap(b -> b.contenders().stream()).toList();
    List<Field> fields = new ArrayList<>(ModelFields.all(MeasureFields.of(all)));
    int afterMean = fields.stream().map(Field::key).toList().indexOf("mean_ms");
    fields.addAll(afterMean, DepthFields.beside(all));
    int afterMacs = fields.stream().map(Field::key).toList().indexOf("macs") + 1;
    fields.addAll(afterMacs, CueFields.of(all));
    if (boards.stream()
        .flatMap(b -> b.contenders().stream())
        .anyMatch(Contender::hasOtherPrecision)) {
      int after = fields.stream().map(Field::key).toList().indexOf("params") + 1;
      fields.add(
          after,
          Field.text(
              "stored_precision",
              "Weights stored as",
              "How the file keeps the learned values; what an engine computes in it decides for"
                  + " each operator.",
              c -> c.entry().model().storedPrecision().orElse("not recorded")));
    }
    return List.copyOf(fields);
  }

  /** The columns of the table of classes: the model, its mIoU, the IoU of each class. */
  public static List<Field> classFields(Board board) {
    List<Field> fields = new ArrayList<>(contenderFields(board.measure()));
    board.classes().forEach(score -> fields.add(classField(score.name())));
    return List.copyOf(fields);
  }

  /** Who it is and how right: the first columns of all but the table of models. */
  static List<Field> contenderFields(Measure measure) {
    return List.of(
        Field.text("contender", "Model", "The model and its engine.", Contender::label),
        MeasureFields.value(measure, MeasureWords.title(measure)));
  }

  /** The IoU of one class. */
  static Field classField(String name) {
    return Field.number(
        "iou_" + name,
        name,
        "IoU of the class " + name + ".",
        HIGHER,
        c ->
            c.entry()
                .accuracy()
                .flatMap(a -> a.classes().stream().filter(s -> s.name().equals(name)).findFirst())
                .flatMap(score -> Field.boxed(score.iou())),
        value -> String.format(Locale.ROOT, "%.1f", 100 * value));
  }

  /**
   * The columns of the table of slices: the model, its mIoU, and its mIoU on the frames of each
   * value of each attribute, in the order the entries give them.
   */
  public static List<Field> sliceFields(Board board) {
    List<Field> fields = new ArrayList<>(contenderFields(board.measure()));
    if (board.measure() == Measure.ABS_REL) {
      fields.addAll(DepthFields.slices(board.contenders()));
    }
    board.slices().forEach(slice -> fields.add(sliceField(slice)));
    return List.copyOf(fields);
  }

  private static Field sliceField(SliceScore slice) {
    return Field.number(
        "miou_" + slice.attribute() + "_" + slice.value(),
        slice.attribute() + ": " + slice.value(),
        "mIoU of the "
            + (slice.images() == 1 ? "one frame" : slice.images() + " frames")
            + " with this "
            + slice.attribute()
            + ".",
        HIGHER,
        c ->
            c.entry().slices().stream()
                .filter(s -> s.attribute().equals(slice.attribute()))
                .filter(s -> s.value().equals(slice.value()))
                .findFirst()
                .flatMap(s -> Field.boxed(s.miou())),
        value -> String.format(Locale.ROOT, "%.1f", 100 * value));
  }

  /** Whether a column's values follow a protocol. */
  public static boolean isAccuracy(Field field) {
    return MeasureFields.of(field).isPresent() || ACCURACY.contains(field.key());
  }

  /** These columns of a board; fractions stay fractions, an undefined value is missing. */
  public static Table table(Board board, List<Field> fields) {
    Table table = Table.create(board.yardstick().dataset() + " " + board.yardstick().split());
    for (Field field : fields) {
      table.addColumns(field.column(board.contenders()));
    }
    return table;
  }
}
