package io.drivemark.eval.metrics.gates;

import java.util.BitSet;
import java.util.Objects;

/** Which units of one site a frame switched on. Immutable. */
public final class SiteGates {
  private static final int HEX_BITS = 4;

  private final String site;
  private final int units;
  private final BitSet live;

  /**
   * The gates of a site.
   *
   * @param site its name
   * @param units how many units it has, at least 1
   * @param live the indices of the live ones; copied
   * @throws IllegalArgumentException if a unit is live that the site does not have
   */
  public SiteGates(String site, int units, BitSet live) {
    this.site = Objects.requireNonNull(site, "site");
    this.units = units;
    this.live = (BitSet) live.clone();
    if (units < 1 || live.length() > units) {
      throw new IllegalArgumentException(
          "site " + site + ": unit " + (live.length() - 1) + " of " + units + " is live");
    }
  }

  /**
   * The gates that {@link #hex()} wrote.
   *
   * @throws IllegalArgumentException if the digits are none of so many units
   */
  public static SiteGates ofHex(String site, int units, String hex) {
    BitSet live = new BitSet(units);
    boolean fits = hex.length() == (units + HEX_BITS - 1) / HEX_BITS;
    for (int i = 0; fits && i < hex.length(); i++) {
      char c = hex.charAt(i);
      fits = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
      int digit = Character.digit(c, 16);
      for (int bit = 0; fits && bit < HEX_BITS; bit++) {
        live.set(HEX_BITS * i + bit, (digit >> HEX_BITS - 1 - bit & 1) == 1);
      }
    }
    if (!fits || live.length() > units) {
      throw new IllegalArgumentException(
          "site " + site + ": '" + hex + "' are no gates of " + units + " units");
    }
    return new SiteGates(site, units, live);
  }

  /** The site's name. */
  public String site() {
    return site;
  }

  /** How many units it has. */
  public int units() {
    return units;
  }

  /** How many of them are live. */
  public int live() {
    return live.cardinality();
  }

  /** Whether a unit is live. */
  public boolean isLive(int unit) {
    return live.get(Objects.checkIndex(unit, units));
  }

  /** A copy of the indices of the live units. */
  public BitSet bits() {
    return (BitSet) live.clone();
  }

  /**
   * The units as hexadecimal digits, unit 0 first: unit 0 is the highest bit of the first digit;
   * the last digit is filled with zeros.
   *
   * <p>Units 0 and 5 of 6 are {@code 84}.
   */
  public String hex() {
    StringBuilder digits = new StringBuilder();
    for (int from = 0; from < units; from += HEX_BITS) {
      int digit = 0;
      for (int i = 0; i < HEX_BITS; i++) {
        digit |= live.get(from + i) ? 1 << HEX_BITS - 1 - i : 0;
      }
      digits.append(Character.forDigit(digit, 16));
    }
    return digits.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SiteGates gates
        && site.equals(gates.site)
        && units == gates.units
        && live.equals(gates.live);
  }

  @Override
  public int hashCode() {
    return Objects.hash(site, units, live);
  }

  @Override
  public String toString() {
    return site + "=" + hex();
  }
}
