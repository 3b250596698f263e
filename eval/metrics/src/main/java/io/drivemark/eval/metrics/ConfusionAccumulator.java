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
 * <p>Label maps are regions, so most neighbouring pixels repeat a pair. Thirty-two pixels are
 * compared at a time with the pair at hand, and a run costs one addition at its end. A block in
 * which the pair changes is counted in words of eight pixels: at once where the pixels of a word
 * share a pair, else singly, into four tables in turn, so that two increments of one cell need not
 * wait for each other. So little is decided where labels change, which is what costs time there.
 * The counts equal those of the plain loop exactly, whatever the maps.
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

  /** Pixels that are compared at once where nothing changes. */
  private static final int BLOCK = 32;

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
    if (from == to) {
      return;
    }
    int[] table = recent;
    int pair = cell(truth[from] & 0xFF, prediction[from] & 0xFF); // of the run at hand
    long truthWord = (truth[from] & 0xFF) * BYTE_ONES; // that pair, repeated eight times
    long predictionWord = (prediction[from] & 0xFF) * BYTE_ONES;
    int runStart = from;
    int i = from;
    for (; i <= to - BLOCK; i += BLOCK) {
      long change = changes(truth, i, truthWord) | changes(prediction, i, predictionWord);
      if (change != 0) {
        table[pair] += i - runStart;
        runStart = i + BLOCK;
        countWords(truth, prediction, i, runStart);
        int last = runStart - 1;
        pair = cell(truth[last] & 0xFF, prediction[last] & 0xFF);
        truthWord = (truth[last] & 0xFF) * BYTE_ONES;
        predictionWord = (prediction[last] & 0xFF) * BYTE_ONES;
      }
    }
    table[pair] += i - runStart;
    int wordsEnd = i + (to - i & ~7);
    countWords(truth, prediction, i, wordsEnd);
    for (i = wordsEnd; i < to; i++) {
      table[cell(truth[i] & 0xFF, prediction[i] & 0xFF)]++;
    }
  }

  /** Counts whole words: those of one pair at once, pixels of the others singly. */
  private void countWords(byte[] truth, byte[] prediction, int from, int to) {
    for (int i = from; i < to; i += 8) {
      long t = (long) WORDS.get(truth, i);
      long p = (long) WORDS.get(prediction, i);
      int lastTruth = (int) (t >>> 56);
      int lastPrediction = (int) (p >>> 56);
      if ((t ^ lastTruth * BYTE_ONES | p ^ lastPrediction * BYTE_ONES) == 0) {
        recent[cell(lastTruth, lastPrediction)] += 8;
      } else {
        countWord(recent, t, p);
      }
    }
  }

  /** The bits in which a block's words differ from this one. */
  private static long changes(byte[] labels, int from, long word) {
    long first = (long) WORDS.get(labels, from) ^ word;
    long second = (long) WORDS.get(labels, from + 8) ^ word;
    long third = (long) WORDS.get(labels, from + 16) ^ word;
    long fourth = (long) WORDS.get(labels, from + 24) ^ word;
    return first | second | third | fourth;
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
