package io.drivemark.datasets.image;

import io.drivemark.datasets.RepeatedBytes;

/**
 * The checksum of zlib data (Adler-32, RFC 1950), eight bytes at a time, or as many as repeat a
 * word, as what rows of labels store mostly does; the JDK's own takes longer than all of inflating.
 * For one thread.
 */
final class AdlerSum {
  private static final int MODULUS = 65521;

  /**
   * Bytes between two divisions: sums stay far below 2^63. Of one call: what is called often is
   * compiled whole, from its first byte on.
   */
  private static final int BLOCK = 1 << 13;

  /** Bytes that must repeat a word for it to be asked how far it goes on: four words. */
  private static final int GROUP = 32;

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
    long last = 0;
    long sum = 0; // of the last word's bytes
    long sums = 0; // what these add to the second sum besides eight times the first
    int i = from;
    while (i <= end - 8) {
      long word = ByteWords.get(bytes, i);
      if (word != last) {
        long even = word & EVEN;
        long odd = word >>> 8 & EVEN;
        sum = (even + odd) * ONES >>> LAST_LANE;
        sums = (even * EVEN_TIMES >>> LAST_LANE) + (odd * ODD_TIMES >>> LAST_LANE);
        last = word;
      } else if (i <= end - GROUP && repeats(bytes, i, word)) {
        long words = GROUP / 8L + RepeatedBytes.words(bytes, i + GROUP, end);
        b += words * (8 * a + sums) + 4 * words * (words - 1) * sum; // 8 · (0 + 1 + 2 + …)
        a += words * sum;
        i += (int) (8 * words);
        continue;
      }
      b += 8 * a + sums;
      a += sum;
      i += 8;
    }
    for (; i < end; i++) {
      a += bytes[i] & 0xFF;
      b += a;
    }
    first = a % MODULUS;
    second = b % MODULUS;
  }

  /** Whether the three words after this one are the same. */
  private static boolean repeats(byte[] bytes, int i, long word) {
    long second = ByteWords.get(bytes, i + 8) ^ word;
    long third = ByteWords.get(bytes, i + 16) ^ word;
    return (second | third | ByteWords.get(bytes, i + 24) ^ word) == 0;
  }

  int value() {
    return (int) (second << 16 | first);
  }
}
