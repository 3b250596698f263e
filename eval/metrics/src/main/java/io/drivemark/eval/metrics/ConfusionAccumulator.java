package io.drivemark.eval.metrics;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Counts pairs of truth and prediction, pixel by pixel, into a {@link ConfusionMatrix}.
 *
 * <p>Label maps are regions, so most neighbouring pixels repeat a pair. Thirty-two pixels are
 * compared at a time with the pair at hand, and a run of equal pairs costs one addition at its end.
 * Where a pixel differs, all of the group are compared with their left neighbour at once, which
 * gives the starts of the runs as bits. A group that is all borders is counted pixel by pixel, by
 * {@link BytePairs} except in frames of few pixels. Where such a group follows another, more and
 * more pixels are counted so before the next group is looked at: after two rows of noise without
 * any region one group in a hundred is. The counts equal those of the plain loop exactly, whatever
 * the maps.
 *
 * <p>Every value is checked: a prediction that is neither class nor void is counted as foreign
 * (column K), a truth that is neither is an error that leaves the accumulator as it was. For one
 * thread at a time; threads use an accumulator each and add the matrices.
 */
public final class ConfusionAccumulator {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BYTE_ONES = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  /** Brings the lowest bit of each byte into the highest byte, in their order. */
  private static final long GATHER = 0x0102040810204080L;

  /** Pixels that are compared at a time. */
  private static final int GROUP = 32;

  /** With more runs in a group its pixels are counted singly: less to decide. */
  private static final int MOST_RUNS = 12;

  /** Pixels that are counted singly at most before a group is looked at again. */
  private static final int MOST_SINGLE = 1 << 12;

  /** In frames of so many pixels a cell or more, to go through byte pairs costs little. */
  private static final int LEAST_PER_CELL = 8;

  private static final int PIECE = 1 << 14; // of one call: what is called often is compiled whole

  private final LabelSpace space;
  private final int classes;
  private final int[] rowOfTruth = new int[256];
  private final int[] columnOfPrediction = new int[256];
  private final int[] values; // the classes and void
  private final int[] recent; // counts not in the cells yet, K+2 rows: classes, void, foreign truth
  private final long[] cells; // K+1 rows of K+1
  private long recentPixels;
  private BytePairs pairs; // further recent counts; null for none
  private int singly = GROUP; // pixels to count so where the next group is all borders

  /** An accumulator with no pixels. */
  public ConfusionAccumulator(LabelSpace space) {
    this.space = Objects.requireNonNull(space, "space");
    this.classes = space.size();
    int side = classes + 1;
    this.recent = new int[(classes + 2) * side];
    this.cells = new long[side * side];
    this.values = new int[side];
    for (int i = 0; i < side; i++) {
      values[i] = i < classes ? i : LabelSpace.VOID;
    }
    for (int value = 0; value < 256; value++) {
      int row = value < classes ? value : value == LabelSpace.VOID ? classes : classes + 1;
      rowOfTruth[value] = row * side;
      columnOfPrediction[value] = Math.min(value, classes);
    }
  }

  /**
   * Counts one frame.
   *
   * @throws BadInputException if the sizes or the label spaces differ
   */
  public void add(LabelMap truth, LabelMap prediction) {
    requireEqual(truth, prediction);
    add(truth.pixels(), prediction.pixels());
  }

  /**
   * Counts a stretch of one frame, so that parts of images can be counted apart in one pass.
   *
   * @param from the first pixel {@code row·width + column}
   * @param to the pixel after the last one
   * @throws BadInputException if the sizes or the label spaces differ
   * @throws IndexOutOfBoundsException if the stretch leaves the frame
   */
  public void add(LabelMap truth, LabelMap prediction, int from, int to) {
    requireEqual(truth, prediction);
    Objects.checkFromToIndex(from, to, truth.pixels().length);
    if (recentPixels > Integer.MAX_VALUE - (to - from)) {
      settle();
    }
    recentPixels += to - from;
    count(truth.pixels(), prediction.pixels(), from, to);
  }

  private void requireEqual(LabelMap truth, LabelMap prediction) {
    requireSpace("truth", truth.space());
    requireSpace("prediction", prediction.space());
    if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
      throw new BadInputException(
          "confusion counts: the prediction is "
              + prediction.height()
              + "x"
              + prediction.width()
              + ", the truth "
              + truth.height()
              + "x"
              + truth.width()
              + " (height x width); bring the prediction onto the truth's grid");
    }
  }

  /**
   * Counts one frame given as unsigned bytes in the same order; 255 is void.
   *
   * @throws BadInputException if the lengths differ, or a truth value is neither class nor void
   *     (the message names the first such pixel); nothing is counted then
   */
  public void add(byte[] truth, byte[] prediction) {
    if (truth.length != prediction.length) {
      throw new BadInputException(
          "confusion counts: the prediction has "
              + prediction.length
              + " pixels, the truth "
              + truth.length
              + "; bring the prediction onto the truth's grid");
    }
    settle();
    count(truth, prediction, 0, truth.length);
    settlePairs();
    if (hasForeignTruth()) {
      Arrays.fill(recent, 0);
      throw foreign(truth);
    }
    settle();
  }

  /** Adds what was counted last to the cells. */
  private void settle() {
    settlePairs();
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Math.addExact(cells[i], recent[i]);
    }
    Arrays.fill(recent, 0);
    recentPixels = 0;
  }

  /** Adds what was counted by byte pairs to the other recent counts. */
  private void settlePairs() {
    if (pairs != null) {
      pairs.moveTo(recent, rowOfTruth, columnOfPrediction, values);
      pairs = null;
    }
  }

  /** Adds counts made elsewhere over the same space. */
  public void add(ConfusionMatrix matrix) {
    requireSpace("counts", matrix.space());
    for (int t = 0; t <= classes; t++) {
      for (int p = 0; p <= classes; p++) {
        int i = t * (classes + 1) + p;
        cells[i] = Math.addExact(cells[i], matrix.count(t, p));
      }
    }
  }

  /** The counts so far. */
  public ConfusionMatrix matrix() {
    settle();
    return new ConfusionMatrix(space, cells.clone());
  }

  /** Forgets all counts. */
  public void reset() {
    settle();
    Arrays.fill(cells, 0);
  }

  private void count(byte[] truth, byte[] prediction, int from, int to) {
    int groupsEnd = to - (to - from) % GROUP;
    int at = from;
    while (at < groupsEnd) {
      int end = Math.min(at + PIECE, groupsEnd);
      int runsEnd = countRuns(truth, prediction, at, end);
      singly = runsEnd > at ? GROUP : singly;
      at = runsEnd;
      if (at < end) {
        at = Math.min(at + singly, groupsEnd);
        countSingly(truth, prediction, runsEnd, at);
        singly = Math.min(2 * singly, MOST_SINGLE);
      }
    }
    countSingly(truth, prediction, groupsEnd, to);
  }

  /** Counts groups up to the first one that is all borders; the pixel after the last counted. */
  private int countRuns(byte[] truth, byte[] prediction, int from, int to) {
    int[] table = recent;
    int runStart = from; // first pixel of the run of the pair at hand
    int pair = cell(truth[from], prediction[from]);
    long truths = (truth[from] & 0xFF) * BYTE_ONES; // that pair, repeated eight times
    long predictions = (prediction[from] & 0xFF) * BYTE_ONES;
    int i = from;
    for (; i < to; i += GROUP) {
      long t0 = (long) WORDS.get(truth, i);
      long t1 = (long) WORDS.get(truth, i + 8);
      long t2 = (long) WORDS.get(truth, i + 16);
      long t3 = (long) WORDS.get(truth, i + 24);
      long p0 = (long) WORDS.get(prediction, i);
      long p1 = (long) WORDS.get(prediction, i + 8);
      long p2 = (long) WORDS.get(prediction, i + 16);
      long p3 = (long) WORDS.get(prediction, i + 24);
      long otherTruth = ((t0 ^ truths) | (t1 ^ truths)) | ((t2 ^ truths) | (t3 ^ truths));
      long otherPrediction =
          ((p0 ^ predictions) | (p1 ^ predictions)) | ((p2 ^ predictions) | (p3 ^ predictions));
      if ((otherTruth | otherPrediction) == 0) {
        continue;
      }
      int starts = // bit k: pixel i + k begins a run
          startsIn(t0, truths, p0, predictions)
              | startsIn(t1, t0, p1, p0) << 8
              | startsIn(t2, t1, p2, p1) << 16
              | startsIn(t3, t2, p3, p2) << 24;
      if (Integer.bitCount(starts) > MOST_RUNS) {
        break;
      }
      truths = (t3 >>> 56) * BYTE_ONES;
      predictions = (p3 >>> 56) * BYTE_ONES;
      do {
        int start = i + Integer.numberOfTrailingZeros(starts);
        table[pair] += start - runStart;
        pair = cell(truth[start], prediction[start]);
        runStart = start;
        starts &= starts - 1;
      } while (starts != 0);
    }
    table[pair] += i - runStart;
    return i;
  }

  /**
   * Which of a word's eight pixels differ from the pixel before, in truth or prediction: bit k for
   * pixel k. The first one's neighbour is the last byte of the words before.
   */
  private static int startsIn(long truths, long before, long predictions, long beforeThem) {
    long change =
        (truths ^ (truths << 8 | before >>> 56))
            | (predictions ^ (predictions << 8 | beforeThem >>> 56));
    long highBits = (((change & LOW_BITS) + LOW_BITS) | change) & ~LOW_BITS; // of bytes not zero
    return (int) ((highBits >>> 7) * GATHER >>> 56);
  }

  /** Counts each pixel by itself. */
  private void countSingly(byte[] truth, byte[] prediction, int from, int to) {
    if (to - from >= GROUP && truth.length / LEAST_PER_CELL >= cells.length) {
      if (pairs == null) {
        pairs = BytePairs.borrow();
      }
      pairs.count(truth, prediction, from, to);
      return;
    }
    int[] table = recent;
    for (int i = from; i < to; i++) {
      table[cell(truth[i], prediction[i])]++;
    }
  }

  private int cell(byte truth, byte prediction) {
    return rowOfTruth[truth & 0xFF] + columnOfPrediction[prediction & 0xFF];
  }

  private boolean hasForeignTruth() {
    int foreign = 0;
    for (int i = cells.length; i < recent.length; i++) {
      foreign |= recent[i];
    }
    return foreign != 0;
  }

  private BadInputException foreign(byte[] truth) {
    int i = 0;
    while (rowOfTruth[truth[i] & 0xFF] <= classes * (classes + 1)) {
      i++;
    }
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "confusion counts: truth value %d at pixel %d is no class of %s (0..%d, 255 = void)",
            truth[i] & 0xFF,
            i,
            space.name(),
            classes - 1));
  }

  private void requireSpace(String what, LabelSpace found) {
    if (!space.equals(found)) {
      throw new BadInputException(
          "confusion counts: the "
              + what
              + " is over label space "
              + found.name()
              + ", the counts over "
              + space.name()
              + "; choose a mapping between the two");
    }
  }
}
