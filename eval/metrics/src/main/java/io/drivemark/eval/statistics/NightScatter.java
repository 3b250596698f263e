package io.drivemark.eval.statistics;

import java.util.OptionalDouble;

/**
 * How much wider than usual tonight's values lie about their expectations, over all that were
 * measured tonight: what troubles a machine in one night troubles its cells unequally, and a cell's
 * own nights before say nothing of it. Stateless.
 */
public final class NightScatter {
  /** From so many values on their own spread is taken. */
  public static final int FEWEST = 8;

  private NightScatter() {}

  /**
   * The factor by which standard errors are widened tonight: the scaled median deviation of the
   * values' distances from their expectations in standard errors, never less than 1.
   *
   * <p>Example: of −4, −2, −1, 0, 0, 1, 2, 4 it is 1.4826 · 1.5.
   *
   * @param z a distance for each measured value
   * @return empty with fewer than {@value #FEWEST} values
   */
  public static OptionalDouble of(double[] z) {
    return z.length < FEWEST
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(1, Robust.scaledMad(z)));
  }
}
