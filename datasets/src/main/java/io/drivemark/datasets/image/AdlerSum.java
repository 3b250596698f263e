package io.drivemark.datasets.image;

/**
 * The checksum of zlib data (Adler-32, RFC 1950), eight bytes at a time: what rows store is mostly
 * zero, and the JDK's own takes longer than all of inflating. For one thread.
 */
final class AdlerSum {
  private static final int MODULUS = 65521;

  /**
   * Bytes between two divisions: sums stay far below 2^63. Of one call: what is called often is
   * compiled whole, from its first byte on.
   */
  private static final int BLOCK = 1 << 13;

  private static final long EVEN = 0x00FF00FF00FF00FFL;
  private static final long ONES = 0x0001000100010001L;

  /** How often the even and the odd bytes of a word enter the second sum, last lane first. */
  private static final long EVEN_TIMES = 0x0008000600040002L;

  private static final long ODD_TIMES = 0x0007000500030001L;
  private static final int LAST_LANE = 48;

  private long first = 1; // of all bytes
  private long second; // of all values of the first

  void update(byte[] bytes, int from, int to) {
    for (int at = from; at < to; ) {
      int end = to - at > BLOCK ? at + BLOCK : to;
      block(bytes, at, end);
      at = end;
    }
  }

  private void block(byte[] bytes, int from, int end) {
    long a = first;
    long b = second;
    int i = from;
    for (; i <= end - 8; i += 8) {
      long word = ByteWords.get(bytes, i);
      b += 8 * a;
      if (word != 0) {
        long even = word & EVEN;
        long odd = word >>> 8 & EVEN;
        a += (even + odd) * ONES >>> LAST_LANE;
        b += (even * EVEN_TIMES >>> LAST_LANE) + (odd * ODD_TIMES >>> LAST_LANE);
      }
    }
    for (; i < end; i++) {
      a += bytes[i] & 0xFF;
      b += a;
    }
    first = a % MODULUS;
    second = b % MODULUS;
  }

  int value() {
    return (int) (second << 16 | first);
  }
}
