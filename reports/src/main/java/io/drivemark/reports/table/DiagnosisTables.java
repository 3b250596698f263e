package io.drivemark.reports.table;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.RecordedDifference;
import io.drivemark.eval.gauge.road.RoadGauges;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.List;

/** The columns that say what errors mean for driving and where a mean misleads. Stateless. */
public final class DiagnosisTables {
  /** How the keys of these columns begin. */
  public static final String PREFIX = "diagnosis_";

  private DiagnosisTables() {}

  /** The columns that at least one contender has a value for; empty if no gauge gave any. */
  public static List<Field> fields(Board board) {
    List<Field> figures =
        FigureTables.fields(board.contenders(), PREFIX, gauge -> !RoadGauges.NAMES.contains(gauge));
    if (figures.isEmpty()) {
      return List.of();
    }
    List<Field> fields = new ArrayList<>(BoardTables.contenderFields(board.measure()));
    add(
        fields,
        board,
        Field.text(
            PREFIX + "behind",
            "Behind the best",
            MeasureWords.title(board.measure())
                + " less that of the most accurate network that is not pruned"
                + (MeasureWords.isPercent(board.measure()) ? ", in points" : "")
                + ", with its 95 % interval: both were seen by the same draws of frames, so that what both"
                + " find hard cancels out. An interval without 0 is a difference.",
            DiagnosisTables::behind));
    fields.addAll(figures);
    if (board.measure() == Measure.MIOU) {
      add(
          fields,
          board,
          Field.text(
              PREFIX + "slice",
              "Worst slice",
              "The frames with something in common on which mIoU is lowest.",
              DiagnosisTables::worstSlice));
    }
    return List.copyOf(fields);
  }

  private static void add(List<Field> fields, Board board, Field field) {
    if (board.contenders().stream().anyMatch(c -> !field.column(List.of(c)).isMissing(0))) {
      fields.add(field);
    }
  }

  private static String behind(Contender contender) {
    if (contender.entry().model().parent().isPresent()) {
      return "";
    }
    return RecordedDifference.of(contender.entry()).stream()
        .findFirst()
        .map(
            d ->
                MeasureWords.difference(contender.measure(), d.value())
                    + (d.low().isPresent() && d.high().isPresent()
                        ? " ("
                            + MeasureWords.difference(contender.measure(), d.low().getAsDouble())
                            + " to "
                            + MeasureWords.difference(contender.measure(), d.high().getAsDouble())
                            + ")"
                        : ""))
        .orElse("");
  }

  private static String worstSlice(Contender contender) {
    return SliceScore.worst(contender.entry().slices())
        .map(
            slice ->
                slice.attribute()
                    + ": "
                    + slice.value()
                    + " ("
                    + Numbers.percent(slice.miou().getAsDouble())
                    + ")")
        .orElse("");
  }
}
