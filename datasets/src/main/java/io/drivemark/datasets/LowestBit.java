package io.drivemark.datasets;

/**
 * Where the lowest bit of a word is, by one multiplication and one look-up: where Java compiles
 * quickly rather than well, {@link Long#numberOfTrailingZeros} is a search of several steps.
 * Stateless. See Leiserson, Prokop and Randall, Using de Bruijn Sequences to Index a 1 in a
 * Computer Word, 1998.
 */
public final class LowestBit {
  /** Every six bits of it that follow each other are another number. */
  private static final long SEQUENCE = 0x03F79D71B4CB0A89L;

  private static final int TO_INDEX = Long.SIZE - 6;
  private static final byte[] AT = places();

  private LowestBit() {}

  private static byte[] places() {
    byte[] places = new byte[Long.SIZE];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      places[(int) (SEQUENCE << bit >>> TO_INDEX)] = (byte) bit;
    }
    return places;
  }

  /** How many zeros lie below the lowest bit; 0 for a word without any bit. */
  public static int of(long word) {
    return AT[(int) ((word & -word) * SEQUENCE >>> TO_INDEX)];
  }
}
