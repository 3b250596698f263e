package io.drivemark.eval.latency;

import java.util.Arrays;
import java.util.Objects;

/**
 * The raw latencies of one candidate, each with the block it was taken in and its place in the
 * order of all timed runs of the session. Immutable, safe to share.
 */
public final class LatencySamples {
  private final long[] nanos;
  private final int[] blocks;
  private final int[] orders;

  /**
   * Samples from arrays of one length, which are copied.
   *
   * @param nanos none negative
   * @param blocks the round each was taken in, from 0, not descending
   * @param orders the running number over all candidates, ascending
   */
  public LatencySamples(long[] nanos, int[] blocks, int[] orders) {
    if (nanos.length != blocks.length || nanos.length != orders.length) {
      throw new IllegalArgumentException(
          "latency samples: "
              + nanos.length
              + " times, "
              + blocks.length
              + " blocks and "
              + orders.length
              + " orders; one of each a sample is needed");
    }
    for (int i = 0; i < nanos.length; i++) {
      boolean first = i == 0;
      if (nanos[i] < 0
          || blocks[i] < (first ? 0 : blocks[i - 1])
          || orders[i] < (first ? 0 : orders[i - 1] + 1)) {
        throw new IllegalArgumentException(
            "latency samples: sample "
                + i
                + " has "
                + nanos[i]
                + " ns, block "
                + blocks[i]
                + ", order "
                + orders[i]
                + "; times are not negative, blocks do not descend, orders ascend");
      }
    }
    this.nanos = nanos.clone();
    this.blocks = blocks.clone();
    this.orders = orders.clone();
  }

  /** How many there are. */
  public int size() {
    return nanos.length;
  }

  /** The time of a sample in nanoseconds. */
  public long nanos(int i) {
    return nanos[Objects.checkIndex(i, nanos.length)];
  }

  /** The block (round) a sample was taken in, from 0. */
  public int block(int i) {
    return blocks[Objects.checkIndex(i, blocks.length)];
  }

  /** The running number of a sample over all candidates of the session, from 0. */
  public int order(int i) {
    return orders[Objects.checkIndex(i, orders.length)];
  }

  /** A copy of the times in nanoseconds, in the order they were taken. */
  public long[] allNanos() {
    return nanos.clone();
  }

  /** The samples of each block, as times in nanoseconds; blocks without samples are left out. */
  long[][] byBlock() {
    int blockCount = 0;
    for (int i = 0; i < nanos.length; i++) {
      if (i == 0 || blocks[i] != blocks[i - 1]) {
        blockCount++;
      }
    }
    long[][] result = new long[blockCount][];
    int block = 0;
    for (int from = 0; from < nanos.length; block++) {
      int to = from;
      while (to < nanos.length && blocks[to] == blocks[from]) {
        to++;
      }
      result[block] = Arrays.copyOfRange(nanos, from, to);
      from = to;
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatencySamples samples
        && Arrays.equals(nanos, samples.nanos)
        && Arrays.equals(blocks, samples.blocks)
        && Arrays.equals(orders, samples.orders);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(nanos);
  }

  @Override
  public String toString() {
    return "LatencySamples[" + nanos.length + " samples]";
  }
}
