package io.drivemark.eval.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Counts pairs of bytes where neighbours seldom repeat one: a load, an addition and a store a
 * pixel, in a table that has a cell for each of the 65,536 pairs, so that no byte is looked up or
 * checked on the way. Eight pixels are read at a time. Every other pixel is counted in a second
 * table: two increments of one cell, which wait for each other, are rarer so.
 *
 * <p>Tables are lent, since to make them takes as long as to count a small frame. For one thread at
 * a time between {@link #borrow} and {@link #moveTo}.
 */
final class BytePairs {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BYTES = 1 << Byte.SIZE;

  /** Every other byte, beginning with the first. */
  private static final long EVEN = 0x00FF00FF00FF00FFL;

  /** Tables of zeros that nobody counts into: as many as can be at work at once. */
  private static final ArrayBlockingQueue<BytePairs> FREE =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  private final int[] evens = new int[BYTES * BYTES];
  private final int[] odds = new int[BYTES * BYTES];
  private long pixels;

  private BytePairs() {}

  /** Tables without counts; {@link #moveTo} gives them back. */
  static BytePairs borrow() {
    BytePairs free = FREE.poll();
    return free == null ? new BytePairs() : free;
  }

  /** Counts the pixels {@code from} to before {@code to}, at most 2³¹ − 1 in all. */
  void count(byte[] truth, byte[] prediction, int from, int to) {
    int[] even = evens;
    int[] odd = odds;
    int inEven = even.length - 1; // by which the compiler knows that an index is no further
    int inOdd = odd.length - 1;
    int wordsEnd = to - (to - from) % Long.BYTES;
    for (int i = from; i < wordsEnd; i += Long.BYTES) {
      long t = (long) WORDS.get(truth, i);
      long p = (long) WORDS.get(prediction, i);
      long evenPairs =
          (t & EVEN) << Byte.SIZE | p & EVEN; // truth · 256 + prediction, four of 16 bits
      long oddPairs = t & ~EVEN | p >>> Byte.SIZE & EVEN;
      int even01 = (int) evenPairs;
      int odd01 = (int) oddPairs;
      int even23 = (int) (evenPairs >>> Integer.SIZE);
      int odd23 = (int) (oddPairs >>> Integer.SIZE);
      even[even01 & inEven]++;
      odd[odd01 & inOdd]++;
      even[even01 >>> Short.SIZE & inEven]++;
      odd[odd01 >>> Short.SIZE & inOdd]++;
      even[even23 & inEven]++;
      odd[odd23 & inOdd]++;
      even[even23 >>> Short.SIZE & inEven]++;
      odd[odd23 >>> Short.SIZE & inOdd]++;
    }
    for (int i = wordsEnd; i < to; i++) {
      even[(truth[i] & 0xFF) * BYTES + (prediction[i] & 0xFF)]++;
    }
    pixels += to - from;
  }

  /**
   * Adds the counts to others and gives the tables back: they are not to be used any more.
   *
   * @param cells added to at {@code rows[truth] + columns[prediction]}
   * @param usual the bytes that most pixels are of; the others cost time only where there are some
   */
  void moveTo(int[] cells, int[] rows, int[] columns, int[] usual) {
    long left = pixels;
    for (int t : usual) {
      for (int p : usual) {
        left -= move(t, p, cells, rows[t] + columns[p]);
      }
    }
    for (int t = 0; left > 0 && t < BYTES; t++) {
      for (int p = 0; p < BYTES; p++) {
        left -= move(t, p, cells, rows[t] + columns[p]);
      }
    }
    pixels = 0;
    FREE.offer(this);
  }

  private int move(int t, int p, int[] cells, int cell) {
    int pair = t * BYTES + p;
    int counted = evens[pair] + odds[pair];
    if (counted > 0) {
      cells[cell] += counted;
      evens[pair] = 0;
      odds[pair] = 0;
    }
    return counted;
  }
}
