package io.drivemark.datasets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/**
 * Looks up what each of many bytes becomes. Neighbours mostly repeat, so eight are read at a time:
 * of a word that goes on as the last byte nothing is looked up, of one that changes to another byte
 * that one alone. Stateless.
 */
final class ByteTable {
  /** Above what a byte can become: the pixel's place is to be told. */
  static final int OTHERWISE = 1 << 8;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BYTE_ONES = 0x0101010101010101L;
  private static final int BYTE = 0xFF;

  /** Pixels of one call: what is called often is compiled whole, from its first pixel on. */
  private static final int PIECE = 1 << 13;

  private ByteTable() {}

  /**
   * Looks all bytes up.
   *
   * @param table 256 numbers: what each byte becomes, and {@link #OTHERWISE} if it is to be told
   * @param out takes the results; as long as {@code stored}
   * @param otherwise is told the places of such bytes, in order
   */
  static void lookUp(byte[] stored, int[] table, byte[] out, IntConsumer otherwise) {
    for (int from = 0; from < stored.length; from += PIECE) {
      int to = Math.min(from + PIECE, stored.length);
      words(stored, table, out, from, to & ~7, otherwise);
      for (int i = to & ~7; i < to; i++) {
        out[i] = (byte) single(stored, table, i, otherwise);
      }
    }
  }

  private static void words(
      byte[] stored, int[] table, byte[] out, int from, int end, IntConsumer otherwise) {
    long word = 0; // the last byte eight times
    long result = 0; // what that becomes
    boolean known = false; // and whether it is not to be told
    for (int i = from; i < end; i += 8) {
      long next = (long) WORDS.get(stored, i);
      long changes = next ^ word;
      if (!known || changes != 0) {
        int shift = known ? LowestBit.of(changes) & -Byte.SIZE : 0;
        int value = (int) (next >>> shift) & BYTE;
        long first = value * BYTE_ONES;
        if ((next ^ first) >>> shift != 0 || table[value] >= OTHERWISE) {
          known = all(stored, table, out, i, otherwise);
          word = (next >>> 56) * BYTE_ONES;
          result = (out[i + 7] & BYTE) * BYTE_ONES;
          continue;
        }
        word = first;
        long before = result & (1L << shift) - 1;
        result = table[value] * BYTE_ONES;
        WORDS.set(out, i, before | result << shift);
        known = true;
        continue;
      }
      WORDS.set(out, i, result);
      if (i <= end - 32 && repeats(stored, i, word)) {
        int last = i + 24 + 8 * RepeatedBytes.words(stored, i + 32, end);
        while (i < last) {
          i += 8;
          WORDS.set(out, i, result);
        }
      }
    }
  }

  /** Looks up each of eight bytes; false if the last of them is to be told. */
  private static boolean all(byte[] stored, int[] table, byte[] out, int i, IntConsumer otherwise) {
    long next = (long) WORDS.get(stored, i);
    int a = table[(int) next & BYTE];
    int b = table[(int) (next >>> 8) & BYTE];
    int c = table[(int) (next >>> 16) & BYTE];
    int d = table[(int) (next >>> 24) & BYTE];
    int e = table[(int) (next >>> 32) & BYTE];
    int f = table[(int) (next >>> 40) & BYTE];
    int g = table[(int) (next >>> 48) & BYTE];
    int h = table[(int) (next >>> 56)];
    int first = (a & BYTE) | (b & BYTE) << 8 | (c & BYTE) << 16 | d << 24;
    int second = (e & BYTE) | (f & BYTE) << 8 | (g & BYTE) << 16 | h << 24;
    WORDS.set(out, i, first & 0xFFFFFFFFL | (long) second << 32);
    if ((a | b | c | d | e | f | g | h) >= OTHERWISE) {
      for (int k = 0; k < 8; k++) {
        single(stored, table, i + k, otherwise);
      }
    }
    return h < OTHERWISE;
  }

  private static int single(byte[] stored, int[] table, int i, IntConsumer otherwise) {
    int value = table[stored[i] & BYTE];
    if (value >= OTHERWISE) {
      otherwise.accept(i);
    }
    return value;
  }

  /** Whether the three words after this one are the same. */
  private static boolean repeats(byte[] stored, int i, long word) {
    long second = (long) WORDS.get(stored, i + 8) ^ word;
    long third = (long) WORDS.get(stored, i + 16) ^ word;
    return (second | third | (long) WORDS.get(stored, i + 24) ^ word) == 0;
  }
}
