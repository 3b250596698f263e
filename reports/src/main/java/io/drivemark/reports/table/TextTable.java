package io.drivemark.reports.table;

import io.drivemark.reports.board.Contender;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A table as people read it, on a page and in Markdown alike. Immutable.
 *
 * @param caption what it shows
 * @param heads of the columns; the first names a contender
 * @param lines one a contender, or several
 */
public record TextTable(String caption, List<Head> heads, List<Line> lines) {
  /**
   * A column's heading.
   *
   * @param meaning one sentence
   * @param number whether its values are numbers
   */
  public record Head(String title, String meaning, boolean number) {
    public Head {
      Objects.requireNonNull(title, "title");
      Objects.requireNonNull(meaning, "meaning");
    }
  }

  /**
   * A value.
   *
   * @param text as people read it
   * @param number what it is sorted by; absent of words and of what is undefined
   * @param shade from 0, the worst of its column, to 1, the best; absent of columns without colours
   */
  public record Value(String text, OptionalDouble number, OptionalDouble shade) {
    /** What stands where a value is undefined. */
    public static final String NONE = "–";

    public Value {
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(number, "number");
      Objects.requireNonNull(shade, "shade");
    }

    static Value words(String text) {
      return new Value(text, OptionalDouble.empty(), OptionalDouble.empty());
    }

    static Value number(OptionalDouble number, String text) {
      return new Value(number.isPresent() ? text : NONE, number, OptionalDouble.empty());
    }

    Value shaded(OptionalDouble other) {
      return new Value(text, number, other);
    }
  }

  /** The values of a contender, a column each. */
  public record Line(Contender contender, List<Value> values) {
    public Line {
      Objects.requireNonNull(contender, "contender");
      values = List.copyOf(values);
    }
  }

  public TextTable {
    Objects.requireNonNull(caption, "caption");
    heads = List.copyOf(heads);
    lines = List.copyOf(lines);
  }
}
