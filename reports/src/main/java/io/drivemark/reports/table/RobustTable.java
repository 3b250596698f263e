package io.drivemark.reports.table;

import io.drivemark.eval.decide.robust.CalibrationStanding;
import io.drivemark.eval.decide.robust.RobustStanding;
import io.drivemark.eval.decide.robust.RobustStanding.Row;
import io.drivemark.eval.runner.record.robust.RobustCalibration;
import io.drivemark.eval.runner.record.robust.RobustCalibration.OfState;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.RoadWords;
import io.drivemark.reports.board.RobustWords;
import io.drivemark.reports.table.TextTable.Head;
import io.drivemark.reports.table.TextTable.Line;
import io.drivemark.reports.table.TextTable.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** What corruption, weather and light cost a board's networks: a line a network. Stateless. */
public final class RobustTable {
  private static final String LOW = "lower end of its 95 % interval";
  private static final String HIGH = "upper end of its 95 % interval";

  private RobustTable() {}

  /** The networks that were judged in the same states as the first one. */
  public static TextTable of(RobustStanding standing, Board board) {
    Row first = standing.rows().get(0);
    boolean corrupted = !first.corruptions().isEmpty();
    List<Head> heads = new ArrayList<>();
    heads.add(new Head("Model", "", false));
    heads.add(number("Clean", "mIoU on the same frames as they are"));
    if (corrupted) {
      heads.add(
          number(
              "mPC",
              "Mean over corruptions of the mean over severities, with its interval of 95 %"));
      heads.add(number("rPC", "mPC as a share of the clean mIoU; it flatters a poor network"));
      heads.add(
          number(
              "CD",
              "How much more is wrong than with "
                  + standing.reference()
                  + ", mean over corruptions; below 1 is better"));
      heads.add(
          number(
              "rCD",
              "How much more is lost to corruption than by "
                  + standing.reference()
                  + "; below 1 is better"));
    }
    first.corruptions().keySet().forEach(c -> heads.add(number(c, "mIoU under " + c)));
    first
        .robustness()
        .plain()
        .ifPresent(p -> heads.add(number("Plain", "mIoU of the same scenes under " + p.state())));
    first
        .conditions()
        .keySet()
        .forEach(c -> heads.add(number(c, "mIoU of the same scenes under " + c)));
    return new TextTable(
        "What corruptions, weather and light cost",
        heads,
        standing.rows().stream().map(row -> line(row, board, corrupted)).toList());
  }

  /** How far confidences are off: expected calibration errors, a line a network. */
  public static TextTable calibration(CalibrationStanding standing, Board board) {
    List<Head> heads = new ArrayList<>();
    heads.add(new Head("Model", "", false));
    heads.add(number("Clean", "Expected calibration error on the same frames as they are"));
    heads.add(number("Mean", "Mean over corruptions of the mean over severities"));
    heads.add(number("Rise", "By how many points that is larger than on clean frames"));
    standing
        .rows()
        .get(0)
        .columns()
        .keySet()
        .forEach(c -> heads.add(number(c, "Expected calibration error under " + c)));
    return new TextTable(
        "How far confidences are off: expected calibration error in percent, 0 where labels are right"
            + " as often as they say",
        heads,
        standing.rows().stream().map(row -> line(row, board)).toList());
  }

  private static Line line(CalibrationStanding.Row row, Board board) {
    RobustCalibration of = row.calibration();
    List<Value> values = new ArrayList<>();
    Contender contender = board.contenders().get(row.number());
    values.add(Value.words(contender.label()));
    values.add(percent(of.clean()));
    values.add(span(of.mean()));
    values.add(Value.number(of.rise().value(), RoadWords.points(of.rise())));
    row.columns().values().forEach(v -> values.add(percent(v.error()).shaded(v.shade())));
    return new Line(contender, values);
  }

  private static Head number(String title, String meaning) {
    return new Head(title, meaning, true);
  }

  private static Line line(Row row, Board board, boolean corrupted) {
    Contender contender = board.contenders().get(row.number());
    Robustness r = row.robustness();
    List<Value> values = new ArrayList<>();
    values.add(Value.words(contender.label()));
    values.add(percent(r.clean()));
    if (corrupted) {
      values.add(span(r.mean()));
      values.add(span(r.share()));
      values.add(ratio(row.degradation()));
      values.add(ratio(row.relativeDegradation()));
    }
    row.corruptions().values().forEach(v -> values.add(percent(v.miou()).shaded(v.shade())));
    r.plain().ifPresent(p -> values.add(percent(p.miou())));
    row.conditions().values().forEach(v -> values.add(percent(v.miou()).shaded(v.shade())));
    return new Line(contender, values);
  }

  private static Value percent(OptionalDouble share) {
    return Value.number(share, share.isPresent() ? Numbers.percent(share.getAsDouble()) : "");
  }

  private static Value span(Span span) {
    Value plain = percent(span.value());
    return span.low().isEmpty() || span.high().isEmpty()
        ? plain
        : Value.number(
            span.value(),
            plain.text()
                + " ("
                + Numbers.percent(span.low().getAsDouble())
                + " to "
                + Numbers.percent(span.high().getAsDouble())
                + ")");
  }

  private static Value ratio(OptionalDouble ratio) {
    return Value.number(
        ratio, ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "");
  }

  /**
   * Columns of a file: what was kept on these boards, by corruption and condition too; empty if no
   * network was judged on corrupted frames.
   */
  static List<Field> fields(List<Board> boards) {
    Map<Contender, Row> rows = new IdentityHashMap<>();
    Set<String> corruptions = new LinkedHashSet<>();
    Set<String> conditions = new LinkedHashSet<>();
    boolean any = false;
    for (Board board : boards) {
      RobustWords.standing(board)
          .ifPresent(s -> s.rows().forEach(r -> rows.put(board.contenders().get(r.number()), r)));
      for (Contender c : board.contenders()) {
        Optional<Robustness> r = c.entry().robustness();
        any |= r.isPresent();
        r.ifPresent(
            one -> {
              one.levels().forEach(level -> corruptions.add(level.state()));
              one.conditions().forEach(condition -> conditions.add(condition.name()));
            });
      }
    }
    List<Field> fields = new ArrayList<>();
    if (!any) {
      return fields;
    }
    fields.add(field("robust_frames", "frames", r -> OptionalDouble.of(r.frames())));
    fields.add(field("robust_clean_miou", "mIoU on them as they are", Robustness::clean));
    if (!corruptions.isEmpty()) {
      fields.addAll(spans("mpc", "mean mIoU under corruption", Robustness::mean));
      fields.addAll(spans("rpc", "its share of the clean mIoU", Robustness::share));
      fields.add(standing("cd", "mean CD against the board's first", rows, Row::degradation));
      fields.add(
          standing("rcd", "mean rCD against the board's first", rows, Row::relativeDegradation));
    }
    for (String state : corruptions) {
      fields.add(
          field(
              "miou_under_" + state,
              "mIoU under " + state,
              r ->
                  r.levels().stream()
                      .filter(level -> level.state().equals(state))
                      .findFirst()
                      .map(Robustness.Level::miou)
                      .orElse(OptionalDouble.empty())));
    }
    if (!conditions.isEmpty()) {
      fields.add(
          field(
              "miou_under_plain",
              "mIoU under plain weather and light",
              r -> r.plain().map(Robustness.Plain::miou).orElse(OptionalDouble.empty())));
    }
    for (String name : conditions) {
      fields.add(
          field(
              "miou_under_" + name,
              "mIoU under " + name,
              r ->
                  r.conditions().stream()
                      .filter(condition -> condition.name().equals(name))
                      .findFirst()
                      .map(Robustness.Condition::miou)
                      .orElse(OptionalDouble.empty())));
    }
    fields.addAll(calibration(boards));
    return fields;
  }

  /** Errors of calibration by state, where some network was asked how sure it is. */
  private static List<Field> calibration(List<Board> boards) {
    Set<String> states = new LinkedHashSet<>();
    boards.stream()
        .flatMap(board -> board.contenders().stream())
        .flatMap(c -> c.entry().robustness().flatMap(Robustness::calibration).stream())
        .forEach(of -> of.errors().forEach(error -> states.add(error.state())));
    List<Field> fields = new ArrayList<>();
    if (states.isEmpty()) {
      return fields;
    }
    fields.add(
        error("robust_clean_calibration_error", "on the frames as they are", c -> c.clean()));
    String mean = "mean under corruption";
    fields.add(error("robust_calibration_error", mean, c -> c.mean().value()));
    fields.add(error("robust_calibration_error_low", LOW, c -> c.mean().low()));
    fields.add(error("robust_calibration_error_high", HIGH, c -> c.mean().high()));
    fields.add(error("robust_calibration_rise", mean + " less clean", c -> c.rise().value()));
    fields.add(error("robust_calibration_rise_low", LOW, c -> c.rise().low()));
    fields.add(error("robust_calibration_rise_high", HIGH, c -> c.rise().high()));
    for (String state : states) {
      fields.add(
          error(
              "calibration_error_under_" + state,
              "under " + state,
              c -> inState(c, state, OfState::error)));
      fields.add(
          calibration(
              "overconfidence_under_" + state,
              "mean confidence less the share of right pixels under " + state,
              Field.Better.NEITHER,
              c -> inState(c, state, OfState::overconfidence)));
    }
    return fields;
  }

  private static OptionalDouble inState(
      RobustCalibration of, String state, Function<OfState, OptionalDouble> value) {
    return of.errors().stream()
        .filter(error -> error.state().equals(state))
        .findFirst()
        .map(value)
        .orElse(OptionalDouble.empty());
  }

  private static Field error(
      String key, String what, Function<RobustCalibration, OptionalDouble> value) {
    return calibration(key, "expected calibration error: " + what, Field.Better.LOWER, value);
  }

  private static Field calibration(
      String key,
      String meaning,
      Field.Better better,
      Function<RobustCalibration, OptionalDouble> value) {
    return column(
        key,
        meaning,
        better,
        c ->
            c.entry()
                .robustness()
                .flatMap(Robustness::calibration)
                .flatMap(of -> Field.boxed(value.apply(of))));
  }

  private static List<Field> spans(String key, String what, Function<Robustness, Span> span) {
    return List.of(
        field(key, what, r -> span.apply(r).value()),
        field(key + "_low", LOW, r -> span.apply(r).low()),
        field(key + "_high", HIGH, r -> span.apply(r).high()));
  }

  private static Field field(
      String key, String meaning, Function<Robustness, OptionalDouble> value) {
    return column(
        key,
        meaning,
        Field.Better.HIGHER,
        c -> c.entry().robustness().flatMap(r -> Field.boxed(value.apply(r))));
  }

  private static Field standing(
      String key, String meaning, Map<Contender, Row> rows, Function<Row, OptionalDouble> value) {
    return column(
        key,
        meaning,
        Field.Better.LOWER,
        c -> Optional.ofNullable(rows.get(c)).flatMap(row -> Field.boxed(value.apply(row))));
  }

  private static Field column(
      String key,
      String meaning,
      Field.Better better,
      Function<Contender, Optional<Double>> value) {
    return Field.number(
        key, key, meaning, better, value, v -> String.format(Locale.ROOT, "%.4g", v));
  }
}
