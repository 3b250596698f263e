package io.drivemark.datasets.image;

/** The copies of deflate data: what came before is repeated, eight bytes at a time. Stateless. */
final class DeflateCopy {
  private static final int WORD = 8;

  /** Copies from so many bytes on are left to the JDK where it can make them. */
  private static final int LONG = 24;

  private static final byte[] ZEROS = new byte[258]; // no copy is longer

  private DeflateCopy() {}

  /** Repeats what stands before; writes up to seven bytes more. */
  static void make(byte[] out, int from, int distance, int length) {
    if (length >= LONG && (distance >= length || distance == 1 && out[from - 1] == 0)) {
      boolean zeros = distance < length;
      System.arraycopy(zeros ? ZEROS : out, zeros ? 0 : from - distance, out, from, length);
      return;
    }
    int at = from;
    int to = from + length;
    if (distance >= WORD) {
      for (int source = from - distance; at < to; at += 8, source += 8) {
        ByteWords.set(out, at, ByteWords.get(out, source));
      }
    } else if (from >= WORD) {
      int toLast = Long.SIZE - 8 * distance;
      long repeat = ByteWords.repeat(distance);
      long word = (ByteWords.get(out, from - 8) >>> toLast) * repeat;
      if ((distance & distance - 1) == 0) { // so each word is like the one before
        for (; at < to; at += 8) {
          ByteWords.set(out, at, word);
        }
      } else {
        for (; at < to; at += 8) {
          ByteWords.set(out, at, word);
          word = (word >>> toLast) * repeat;
        }
      }
    } else {
      for (; at < to; at++) {
        out[at] = out[at - distance];
      }
    }
  }
}
