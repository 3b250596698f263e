package io.drivemark.eval.metrics;

import io.drivemark.datasets.LabelSpace;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;

/**
 * How often each class was predicted where each class was true, in pixels. For K classes there are
 * K+1 rows (truth) and K+1 columns (prediction) of longs; index K stands for no class: row K holds
 * the pixels whose truth is void, by prediction, and column K the predictions that are void or
 * foreign. Pixels are conserved: the sum of all cells is the number of pixels looked at.
 *
 * <p>Merging is addition and therefore associative and commutative, so any partition of the frames
 * over threads or machines gives the same matrix bit for bit. Immutable, safe to share.
 */
public final class ConfusionMatrix {
  private final LabelSpace space;
  private final int classes;
  private final long[] cells; // (K+1)·(K+1), row-major

  /** Takes over {@code cells}. */
  ConfusionMatrix(LabelSpace space, long[] cells) {
    this.space = Objects.requireNonNull(space, "space");
    this.classes = space.size();
    this.cells = cells;
  }

  /** The matrix of no pixels. */
  public static ConfusionMatrix empty(LabelSpace space) {
    int side = space.size() + 1;
    return new ConfusionMatrix(space, new long[side * side]);
  }

  /**
   * A matrix from counts that were stored.
   *
   * @param counts K rows of K+1 counts, as {@link #counts()} gives them (no pixel of void truth),
   *     or K+1 rows as {@link #allCounts()} gives them; copied
   * @throws IllegalArgumentException if the shape does not fit the space or a count is negative
   */
  public static ConfusionMatrix of(LabelSpace space, long[][] counts) {
    int side = space.size() + 1;
    if (counts.length != side && counts.length != side - 1) {
      throw new IllegalArgumentException(
          "confusion matrix: "
              + counts.length
              + " rows do not fit the "
              + space.size()
              + " classes of "
              + space.name()
              + "; "
              + space.size()
              + " rows are needed, or one more for void truth");
    }
    long[] cells = new long[side * side];
    for (int t = 0; t < counts.length; t++) {
      if (counts[t].length != side) {
        throw new IllegalArgumentException(
            "confusion matrix: row "
                + t
                + " has "
                + counts[t].length
                + " counts; "
                + space.name()
                + " needs "
                + side
                + ", void predictions last");
      }
      for (int p = 0; p < side; p++) {
        if (counts[t][p] < 0) {
          throw new IllegalArgumentException(
              "confusion matrix: negative count "
                  + counts[t][p]
                  + " at truth "
                  + t
                  + ", prediction "
                  + p);
        }
        cells[t * side + p] = counts[t][p];
      }
    }
    return new ConfusionMatrix(space, cells);
  }

  /**
   * The counts of both.
   *
   * @throws IllegalArgumentException if the spaces differ
   * @throws ArithmeticException if a count exceeds a long
   */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    long[] sum = cells.clone();
    other.addTo(sum, space);
    return new ConfusionMatrix(space, sum);
  }

  /** Adds these counts to a sum over a space. */
  private void addTo(long[] sum, LabelSpace of) {
    if (!of.equals(space)) {
      throw new IllegalArgumentException(
          "confusion matrix: counts over "
              + of.name()
              + " and over "
              + space.name()
              + " cannot be added; map one label space onto the other before counting");
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(sum[i], cells[i]);
    }
  }

  /** The sum of at least one matrix. */
  public static ConfusionMatrix sum(Iterable<ConfusionMatrix> matrices) {
    Iterator<ConfusionMatrix> all = matrices.iterator();
    if (!all.hasNext()) {
      throw new IllegalArgumentException("confusion matrix: the sum of no matrices has no space");
    }
    ConfusionMatrix first = all.next();
    long[] sum = first.cells.clone();
    while (all.hasNext()) {
      all.next().addTo(sum, first.space);
    }
    return new ConfusionMatrix(first.space, sum);
  }

  /** What the classes are. */
  public LabelSpace space() {
    return space;
  }

  /** K, the number of classes. */
  public int classes() {
    return classes;
  }

  /**
   * The number of pixels with this truth and this prediction.
   *
   * @param truth 0..K, K = void truth
   * @param prediction 0..K, K = void or foreign prediction
   */
  public long count(int truth, int prediction) {
    Objects.checkIndex(truth, classes + 1);
    Objects.checkIndex(prediction, classes + 1);
    return cells[truth * (classes + 1) + prediction];
  }

  /** The pixels whose truth is a class: those that are judged. */
  public long pixels() {
    return sumOfCells(0, classes * (classes + 1));
  }

  /** The pixels whose truth is void. */
  public long voidPixels() {
    return sumOfCells(classes * (classes + 1), cells.length);
  }

  /** A copy of the counts at valid truth: K rows of K+1, void and foreign predictions last. */
  public long[][] counts() {
    return Arrays.copyOf(allCounts(), classes);
  }

  /** A copy of all counts: K+1 rows of K+1, void truth and void predictions last. */
  public long[][] allCounts() {
    int side = classes + 1;
    long[][] copy = new long[side][];
    for (int t = 0; t < side; t++) {
      copy[t] = Arrays.copyOfRange(cells, t * side, (t + 1) * side);
    }
    return copy;
  }

  private long sumOfCells(int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum = Math.addExact(sum, cells[i]);
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix
        && space.equals(matrix.space)
        && Arrays.equals(cells, matrix.cells);
  }

  @Override
  public int hashCode() {
    return 31 * space.name().hashCode() + Arrays.hashCode(cells);
  }

  @Override
  public String toString() {
    return "ConfusionMatrix["
        + space.name()
        + ", "
        + pixels()
        + " pixels, "
        + voidPixels()
        + " void]";
  }
}
