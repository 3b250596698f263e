package io.drivemark.eval.metrics.boundary;

import java.util.Arrays;

/**
 * Which pixels d-fold erosion by a 3×3 square leaves in their class's mask: those whose window of
 * 2d + 1 rows and columns lies inside the image and has one label. Rows are taken in from the top;
 * for each column it is kept since which row the d pixels to both sides have had one and the same
 * label. All work is on runs and whole rows, and none depends on d. For one thread.
 */
final class UniformColumns {
  /** Rows that a label map may have. */
  static final int MOST_ROWS = 1 << 22;

  private static final int ROW_BITS = 22;
  private static final int NOT_UNIFORM = 256 << ROW_BITS;

  private final Runs runs;
  private final int d;
  private final int[] since; // label << ROW_BITS | row, or NOT_UNIFORM
  private int rows;

  /**
   * Before the first row.
   *
   * @throws IllegalArgumentException if the map is too high
   */
  UniformColumns(Runs runs, int d) {
    if (runs.height() > MOST_ROWS) {
      throw new IllegalArgumentException(
          "boundary: at most " + MOST_ROWS + " rows, got " + runs.height());
    }
    this.runs = runs;
    this.d = d;
    this.since = new int[runs.width()];
    Arrays.fill(since, NOT_UNIFORM);
  }

  /** Takes in the next row. */
  void next() {
    int y = rows++;
    int from = 0;
    int last = runs.first(y + 1);
    for (int run = runs.first(y); run < last; run++) {
      int end = runs.end(run);
      if (end - from <= 2 * d) {
        Arrays.fill(since, from, end, NOT_UNIFORM);
      } else {
        Arrays.fill(since, from, from + d, NOT_UNIFORM);
        keep(since, from + d, end - d, runs.label(y, run), y);
        Arrays.fill(since, end - d, end, NOT_UNIFORM);
      }
      from = end;
    }
  }

  /** No branch depends on a pixel, so that the loop runs on several at once. */
  private static void keep(int[] since, int from, int to, int label, int y) {
    int now = label << ROW_BITS | y;
    for (int x = from; x < to; x++) {
      int other = since[x] >> ROW_BITS ^ label;
      int another = -other >> 31; // all ones if the label differs, as labels are not negative
      since[x] = since[x] & ~another | now & another;
    }
  }

  /**
   * Counts the pixels of a piece of a row that are left in the truth, in the prediction, in either.
   *
   * @param row the row, d above the last one that both have taken in; below that nothing is left
   * @param counts what is found, in this order
   */
  static void countLeft(
      UniformColumns truth,
      int truthLabel,
      UniformColumns prediction,
      int predictedLabel,
      int row,
      int from,
      int to,
      int[] counts) {
    int limit = row + truth.d < truth.runs.height() ? row - truth.d : -1;
    count(
        truth.since,
        truthLabel << ROW_BITS,
        prediction.since,
        predictedLabel << ROW_BITS,
        limit,
        from,
        to,
        counts);
  }

  private static void count(
      int[] truth,
      int truthBase,
      int[] prediction,
      int predictionBase,
      int limit,
      int from,
      int to,
      int[] counts) {
    int ofTruth = 0;
    int ofPrediction = 0;
    int ofEither = 0;
    for (int x = from; x < to; x++) {
      int t = truth[x] - truthBase; // 0..limit if this label has been there for long enough
      int p = prediction[x] - predictionBase;
      int notTruth = (t | limit - t) >> 31;
      int notPrediction = (p | limit - p) >> 31;
      ofTruth += 1 + notTruth;
      ofPrediction += 1 + notPrediction;
      ofEither += 1 + (notTruth & notPrediction);
    }
    counts[0] = ofTruth;
    counts[1] = ofPrediction;
    counts[2] = ofEither;
  }
}
