package io.drivemark.eval.gauge;

import java.util.Objects;

/**
 * A number that a gauge gives, and how it is to be shown. Immutable.
 *
 * @param id unique over all gauges, for example {@code boundary}; {@code require:} and the columns
 *     of CSV files call it so
 * @param title the head of its column
 * @param unit what it is counted in
 * @param better which direction is good
 * @param shown whether tables have a column for it; the others stand in the JSON alone
 * @param about one or two sentences for the reader of a report: what it says
 */
public record Figure(
    String id, String title, Unit unit, Better better, boolean shown, String about) {

  /** What a figure is counted in. */
  public enum Unit {
    /** 0..1 (or −1..1), shown in per cent. */
    FRACTION,
    /** Whole things. */
    COUNT,
    PIXELS,
    METRES,
    /** None. */
    NUMBER
  }

  /** Which direction is good. */
  public enum Better {
    HIGHER,
    LOWER,
    NEITHER
  }

  public Figure {
    if (!id.matches("[a-zA-Z][a-zA-Z0-9_-]*")) {
      throw new IllegalArgumentException(
          "figure id '" + id + "': letters, digits, '-' and '_' are needed, a letter first");
    }
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(better, "better");
    Objects.requireNonNull(about, "about");
  }

  /** A share of which more is better, with a column. */
  public static Figure share(String id, String title, String about) {
    return new Figure(id, title, Unit.FRACTION, Better.HIGHER, true, about);
  }

  /** A share of which less is better, with a column. */
  public static Figure error(String id, String title, String about) {
    return new Figure(id, title, Unit.FRACTION, Better.LOWER, true, about);
  }

  /** The same without a column. */
  public Figure hidden() {
    return new Figure(id, title, unit, better, false, about);
  }
}
