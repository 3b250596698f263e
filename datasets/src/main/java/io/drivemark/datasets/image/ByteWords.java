package io.drivemark.datasets.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, the first of them lowest. Stateless. */
final class ByteWords {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** By period: a number of so many bytes times this is that number again and again. */
  private static final long[] REPEAT = {
    0,
    0x0101010101010101L,
    0x0001000100010001L,
    0x0001000001000001L,
    0x0000000100000001L,
    0x0000010000000001L,
    0x0001000000000001L,
    0x0100000000000001L,
    1
  };

  private ByteWords() {}

  static long get(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void set(byte[] bytes, int at, long word) {
    LONGS.set(bytes, at, word);
  }

  /** The bytes from here on to the array's part that ends at {@code end}, at most seven. */
  static long part(byte[] bytes, int at, int end) {
    long word = 0;
    for (int i = end - 1; i >= at; i--) {
      word = word << 8 | bytes[i] & 0xFF;
    }
    return word;
  }

  /** Writes the first bytes of a word up to {@code end}. */
  static void setPart(byte[] bytes, int at, int end, long word) {
    long rest = word;
    for (int i = at; i < end; i++) {
      bytes[i] = (byte) rest;
      rest >>>= 8;
    }
  }

  /** What to multiply a number of so many bytes by to have it again and again; 1 to 8. */
  static long repeat(int period) {
    return REPEAT[period];
  }

  /** The sum of each byte and its like, without a carry into the next one. */
  static long add(long a, long b) {
    return (a & ~HIGH_BITS) + (b & ~HIGH_BITS) ^ (a ^ b) & HIGH_BITS;
  }
}
