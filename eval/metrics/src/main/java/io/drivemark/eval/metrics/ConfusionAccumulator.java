package io.drivemark.eval.metrics;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Counts pairs of truth and prediction, pixel by pixel, into a {@link ConfusionMatrix}.
 *
 * <p>Label maps are regions, so most neighbouring pixels repeat a pair. Eight pixels are compared
 * at a time with the pair at hand, and a run costs one addition at its end. Where it ends inside a
 * word, the next run is that of the word's last pixel; only pixels between the two are counted
 * singly, into four tables in turn, so that two increments of one cell need not wait for each
 * other. The counts equal those of the plain loop exactly, whatever the maps.
 *
 * <p>Every value is checked: a prediction that is neither class nor void is counted as foreign
 * (column K), a truth that is neither is an error that leaves the accumulator as it was. For one
 * thread at a time; threads use an accumulator each and add the matrices.
 */
public final class ConfusionAccumulator {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BYTE_ONES = 0x0101010101010101L;
  private static final int TABLES = 4;

  /** With more pixels between two runs in a word, all eight are counted singly: less to decide. */
  private static final int MOST_BETWEEN_RUNS = 4;

  private final LabelSpace space;
  private final int classes;
  private final int tableSize; // (K+2) rows of K+1: classes, void, foreign truth
  private final int[] rowOfTruth = new int[256];
  private final int[] columnOfPrediction = new int[256];
  private final int[] recent; // counts not yet in the cells, TABLES tables one after the other
  private final long[] cells;
  private long recentPixels;

  /** An accumulator with no pixels. */
  public ConfusionAccumulator(LabelSpace space) {
    this.space = Objects.requireNonNull(space, "space");
    this.classes = space.size();
    int side = classes + 1;
    this.tableSize = (classes + 2) * side;
    this.recent = new int[TABLES * tableSize];
    this.cells = new long[side * side];
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
    if (hasForeignTruth()) {
      Arrays.fill(recent, 0);
      throw foreign(truth);
    }
    settle();
  }

  /** Adds what was counted last to the cells. */
  private void settle() {
    for (int table = 0; table < TABLES; table++) {
      int start = table * tableSize;
      for (int i = 0; i < cells.length; i++) {
        cells[i] = Math.addExact(cells[i], recent[start + i]);
      }
    }
    Arrays.fill(recent, 0);
    recentPixels = 0;
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
    int[] table = recent;
    int wordsEnd = from + ((to - from) & ~7);
    long truthWord = 0; // the pair at hand, repeated eight times
    long predictionWord = 0;
    int runStart = from; // first pixel of the run of that pair
    for (int i = from; i < wordsEnd; i += 8) {
      long t = (long) WORDS.get(truth, i);
      long p = (long) WORDS.get(prediction, i);
      long change = (t ^ truthWord) | (p ^ predictionWord);
      if (change == 0) {
        continue;
      }
      int pair = cell((int) truthWord & 0xFF, (int) predictionWord & 0xFF);
      int runEnd = i + (Long.numberOfTrailingZeros(change) >>> 3);
      // The word's last pixel begins the next run, which reaches back as far as its pair does.
      truthWord = (t >>> 56) * BYTE_ONES;
      predictionWord = (p >>> 56) * BYTE_ONES;
      long before = (t ^ truthWord) | (p ^ predictionWord);
      int nextStart = i + 8 - (Long.numberOfLeadingZeros(before) >>> 3);
      if (nextStart - runEnd > MOST_BETWEEN_RUNS) {
        table[pair] += i - runStart;
        runStart = i + 8;
        countWord(table, t, p);
      } else {
        table[pair] += runEnd - runStart;
        runStart = nextStart;
        for (int k = runEnd; k < nextStart; k++) {
          table[(k & 3) * tableSize + cell(truth[k] & 0xFF, prediction[k] & 0xFF)]++;
        }
      }
    }
    table[cell((int) truthWord & 0xFF, (int) predictionWord & 0xFF)] += wordsEnd - runStart;
    for (int i = wordsEnd; i < to; i++) {
      table[cell(truth[i] & 0xFF, prediction[i] & 0xFF)]++;
    }
  }

  /** Counts the word's pixels singly, in tables in turn. */
  private void countWord(int[] table, long t, long p) {
    int second = tableSize;
    int third = 2 * tableSize;
    int fourth = 3 * tableSize;
    table[cell((int) t & 0xFF, (int) p & 0xFF)]++;
    table[second + cell((int) (t >>> 8) & 0xFF, (int) (p >>> 8) & 0xFF)]++;
    table[third + cell((int) (t >>> 16) & 0xFF, (int) (p >>> 16) & 0xFF)]++;
    table[fourth + cell((int) (t >>> 24) & 0xFF, (int) (p >>> 24) & 0xFF)]++;
    table[cell((int) (t >>> 32) & 0xFF, (int) (p >>> 32) & 0xFF)]++;
    table[second + cell((int) (t >>> 40) & 0xFF, (int) (p >>> 40) & 0xFF)]++;
    table[third + cell((int) (t >>> 48) & 0xFF, (int) (p >>> 48) & 0xFF)]++;
    table[fourth + cell((int) (t >>> 56), (int) (p >>> 56))]++;
  }

  private int cell(int truth, int prediction) {
    return rowOfTruth[truth] + columnOfPrediction[prediction];
  }

  private boolean hasForeignTruth() {
    int foreign = 0;
    for (int table = 0; table < TABLES; table++) {
      for (int i = cells.length; i < tableSize; i++) {
        foreign |= recent[table * tableSize + i];
      }
    }
    return foreign != 0;
  }

  private BadInputException foreign(byte[] truth) {
    for (int i = 0; i < truth.length; i++) {
      int value = truth[i] & 0xFF;
      if (value >= classes && value != LabelSpace.VOID) {
        return new BadInputException(
            "confusion counts: truth value "
                + value
                + " at pixel "
                + i
                + " is no class of "
                + space.name()
                + " (0.."
                + (classes - 1)
                + ", 255 = void)");
      }
    }
    throw new AssertionError("foreign truth counted but not found");
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
