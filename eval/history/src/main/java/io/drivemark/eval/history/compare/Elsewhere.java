package io.drivemark.eval.history.compare;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Whether what differs on the judged frames would differ on others of such roads: another question
 * than the exact difference, and never mixed with it. By the paired bootstrap over clusters of
 * frames. Immutable.
 *
 * @param low lower end of a 95 % interval of the difference, B less A, that heeds how few clusters
 *     there are; empty with fewer than two
 * @param high upper end
 * @param p two-sided, of there being no difference; empty where none can be had
 * @param adjustedP of several: Holm's over the measures of cells, Benjamini and Hochberg's over
 *     classes
 * @param equivalent whether a 90 % interval lies within what rounding alone may move (two one-sided
 *     tests at 5 %)
 * @param direction what may be said
 */
public record Elsewhere(
    OptionalDouble low,
    OptionalDouble high,
    OptionalDouble p,
    OptionalDouble adjustedP,
    boolean equivalent,
    Direction direction) {
  /** Adjusted p-values up to this decide. */
  static final double LEVEL = 0.05;

  public Elsewhere {
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
    Objects.requireNonNull(p, "p");
    Objects.requireNonNull(adjustedP, "adjustedP");
    Objects.requireNonNull(direction, "direction");
  }

  /** Of two that counted the same: nothing is to be asked. */
  static Elsewhere same() {
    OptionalDouble zero = OptionalDouble.of(0);
    return new Elsewhere(
        zero, zero, OptionalDouble.empty(), OptionalDouble.empty(), true, Direction.SAME);
  }

  /** Where there are too few clusters, or one of the values is undefined. */
  static Elsewhere unknown() {
    OptionalDouble none = OptionalDouble.empty();
    return new Elsewhere(none, none, none, none, false, Direction.UNKNOWN);
  }

  /**
   * What follows of an adjusted p-value.
   *
   * @param gain the difference, turned so that more is better
   */
  Elsewhere adjusted(double adjusted, double gain) {
    Direction said;
    if (equivalent) {
      said = Direction.SAME;
    } else {
      said = adjusted <= LEVEL ? Direction.of(gain, 0) : Direction.UNKNOWN;
    }
    return new Elsewhere(low, high, p, OptionalDouble.of(adjusted), equivalent, said);
  }
}
