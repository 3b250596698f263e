package io.drivemark.reports.table;

import io.drivemark.reports.board.Contender;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/**
 * One column of a table: what it is called, what it means, where its values come from and how they
 * are written for people. Immutable.
 */
public final class Field {
  /** Which way the better values lie. */
  public enum Better {
    HIGHER,
    LOWER,
    NEITHER
  }

  private final String key;
  private final String title;
  private final String meaning;
  private final Better better;
  private final Function<Contender, String> text;
  private final Function<Contender, Optional<Double>> number;
  private final DoubleFunction<String> format;

  private Field(
      String key,
      String title,
      String meaning,
      Better better,
      Function<Contender, String> text,
      Function<Contender, Optional<Double>> number,
      DoubleFunction<String> format) {
    this.key = Objects.requireNonNull(key, "key");
    this.title = Objects.requireNonNull(title, "title");
    this.meaning = Objects.requireNonNull(meaning, "meaning");
    this.better = better;
    this.text = text;
    this.number = number;
    this.format = format;
  }

  /** A column of words. */
  static Field text(String key, String title, String meaning, Function<Contender, String> value) {
    return new Field(key, title, meaning, Better.NEITHER, value, null, null);
  }

  /** A column of numbers, some of which may be undefined. */
  static Field number(
      String key,
      String title,
      String meaning,
      Better better,
      Function<Contender, Optional<Double>> value,
      DoubleFunction<String> format) {
    return new Field(key, title, meaning, better, null, value, format);
  }

  /** The same numbers under another key, for some contenders only. */
  Field restricted(String newKey, Function<Contender, Optional<Contender>> chosen) {
    return number(newKey, title, meaning, better, c -> chosen.apply(c).flatMap(number), format);
  }

  /** A value of a record as a column has it: nothing where it is undefined. */
  static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  /** A whole number of a record as a column has it: nothing where it is undefined. */
  static Optional<Double> boxed(OptionalLong value) {
    return value.isPresent() ? Optional.of((double) value.getAsLong()) : Optional.empty();
  }

  /** Its name in CSV files, with the unit in it. */
  public String key() {
    return key;
  }

  /** Its heading for people. */
  public String title() {
    return title;
  }

  /** What it means, one sentence. */
  public String meaning() {
    return meaning;
  }

  /** Which way the better values lie. */
  public Better better() {
    return better;
  }

  /** Whether it holds numbers. */
  public boolean isNumber() {
    return number != null;
  }

  /** The column of these contenders; an undefined number is a missing value. */
  Column<?> column(Iterable<Contender> contenders) {
    if (isNumber()) {
      DoubleColumn column = DoubleColumn.create(key);
      for (Contender c : contenders) {
        number.apply(c).ifPresentOrElse(column::append, column::appendMissing);
      }
      return column;
    }
    StringColumn column = StringColumn.create(key);
    for (Contender c : contenders) {
      column.append(text.apply(c));
    }
    return column;
  }

  /**
   * A contender's value as people read it; a missing one is a dash, and in the column of mIoU says
   * so where it was never trained.
   */
  public String written(Column<?> column, Contender contender) {
    int row = contender.number();
    if (column.isMissing(row)) {
      String absent = MeasureFields.isValue(this) && !contender.trained() ? "untrained" : "–";
      return isNumber() ? absent : "";
    }
    return isNumber()
        ? format.apply(((DoubleColumn) column).getDouble(row))
        : column.getString(row);
  }
}
