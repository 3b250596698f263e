package io.drivemark.eval.metrics.driving;

import io.drivemark.eval.metrics.MetricValue;
import java.util.ArrayList;
import java.util.List;

/**
 * How far predicted ends of the drivable ground are off, as whole numbers that add: millimetres by
 * where the truth ends, in steps of 5 m, in the own way and beside it. Immutable.
 */
public final class FreespaceErrors {
  /** Truth is told apart in steps of so many metres. */
  public static final int STEP_METRES = 5;

  /** The farthest step ends here; what is beyond is counted in it. */
  public static final int FARTHEST_METRES = 50;

  private static final int STEPS = FARTHEST_METRES / STEP_METRES;

  /** An error is counted from this on, or from a tenth of the true distance where that is more. */
  private static final long MARGIN_MILLIMETRES = 1000;

  private static final int MARGIN_PARTS = 10;
  private static final double MILLIMETRES = 1000;

  private static final List<String> KINDS =
      List.of("columns", "error mm", "dangerous", "timid", "a row mm");
  private static final int COLUMNS = 0;
  private static final int ERROR = 1;
  private static final int DANGEROUS = 2;
  private static final int TIMID = 3;
  private static final int ROW = 4;
  private static final int SMALLER_SQUARE = STEPS * 5;
  private static final int LARGER_SQUARE = SMALLER_SQUARE + 1;
  private static final int OF_PART = LARGER_SQUARE + 1;

  private static final int CORRIDOR = 0;
  private static final int BESIDE = 1;

  private final long[] numbers;

  private FreespaceErrors(long[] numbers) {
    this.numbers = numbers;
  }

  /** What is asked for: the own way alone, or all columns. */
  public enum Where {
    CORRIDOR,
    EVERYWHERE
  }

  /** Counts at work, for one thread. */
  public static final class Tally implements Freespace.Columns {
    private final long[] numbers = new long[2 * OF_PART];
    private final long[] rowMillimetres;

    /**
     * An empty one.
     *
     * @param rowMillimetres what one row of pixels is worth in the middle of each step
     */
    public Tally(long[] rowMillimetres) {
      this.rowMillimetres = rowMillimetres.clone();
      if (rowMillimetres.length != STEPS) {
        throw new IllegalArgumentException(
            "freespace: " + rowMillimetres.length + " worths of rows, expected " + STEPS);
      }
    }

    @Override
    public void take(long truth, long prediction, boolean inCorridor) {
      int part = (inCorridor ? CORRIDOR : BESIDE) * OF_PART;
      int step = stepOf(truth);
      int at = part + step * KINDS.size();
      long error = prediction - truth;
      long margin = Math.max(MARGIN_PARTS * MARGIN_MILLIMETRES, truth);
      numbers[at + COLUMNS]++;
      numbers[at + ERROR] += Math.abs(error);
      numbers[at + DANGEROUS] += MARGIN_PARTS * error > margin ? 1 : 0;
      numbers[at + TIMID] += -MARGIN_PARTS * error > margin ? 1 : 0;
      numbers[at + ROW] += rowMillimetres[step];
      long smaller = Math.min(truth, prediction);
      long larger = Math.max(truth, prediction);
      numbers[part + SMALLER_SQUARE] =
          Math.addExact(numbers[part + SMALLER_SQUARE], smaller * smaller);
      numbers[part + LARGER_SQUARE] = Math.addExact(numbers[part + LARGER_SQUARE], larger * larger);
    }

    /** As {@link FreespaceErrors#numbers}. */
    public long[] numbers() {
      return numbers.clone();
    }
  }

  private static int stepOf(long millimetres) {
    long step = (millimetres + STEP_METRES * 1000L - 1) / (STEP_METRES * 1000L) - 1;
    return (int) Math.max(0, Math.min(STEPS - 1, step));
  }

  /** The middles of the steps in metres: 2.5, 7.5 and so on. */
  public static List<Double> middles() {
    List<Double> out = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      out.add((step + 0.5) * STEP_METRES);
    }
    return out;
  }

  /** From what {@link #numbers} gave, or a sum of such. */
  public static FreespaceErrors of(long[] numbers) {
    if (numbers.length != 2 * OF_PART) {
      throw new IllegalArgumentException(
          "freespace: " + numbers.length + " numbers, expected " + 2 * OF_PART);
    }
    return new FreespaceErrors(numbers.clone());
  }

  /** The names of {@link #numbers}, for example {@code corridor 5-10 m dangerous}. */
  public static List<String> names() {
    List<String> out = new ArrayList<>();
    for (String part : List.of("corridor", "beside")) {
      for (int step = 0; step < STEPS; step++) {
        String band = STEP_METRES * step + "-" + STEP_METRES * (step + 1) + " m ";
        KINDS.forEach(kind -> out.add(part + " " + band + kind));
      }
      out.add(part + " smaller square mm2");
      out.add(part + " larger square mm2");
    }
    return List.copyOf(out);
  }

  /** Numbers that add. */
  public long[] numbers() {
    return numbers.clone();
  }

  /** The mean of the absolute errors in metres, of columns whose truth ends within a band. */
  public MetricValue meanMetres(Where where, int from, int to) {
    return ratio(sum(where, from, to, ERROR), sum(where, from, to, COLUMNS), MILLIMETRES);
  }

  /** The share of columns whose prediction ends too far: by more than 1 m and a tenth. */
  public MetricValue dangerous(Where where, int from, int to) {
    return ratio(sum(where, from, to, DANGEROUS), sum(where, from, to, COLUMNS), 1);
  }

  /** The share of columns whose prediction ends too near: by more than 1 m and a tenth. */
  public MetricValue timid(Where where, int from, int to) {
    return ratio(sum(where, from, to, TIMID), sum(where, from, to, COLUMNS), 1);
  }

  /** How many metres one row of pixels is worth there: finer than this nothing is known. */
  public MetricValue rowMetres(int from, int to) {
    return ratio(
        sum(Where.EVERYWHERE, from, to, ROW),
        sum(Where.EVERYWHERE, from, to, COLUMNS),
        MILLIMETRES);
  }

  /**
   * The IoU of the two areas of ground seen from above: a column of pixels is a sector, whose area
   * goes by the square of its length.
   */
  public MetricValue birdsEyeIou(Where where) {
    long smaller = numbers[SMALLER_SQUARE];
    long larger = numbers[LARGER_SQUARE];
    if (where == Where.EVERYWHERE) {
      smaller = Math.addExact(smaller, numbers[OF_PART + SMALLER_SQUARE]);
      larger = Math.addExact(larger, numbers[OF_PART + LARGER_SQUARE]);
    }
    return larger == 0
        ? MetricValue.undefined("no column is judged")
        : MetricValue.of((double) smaller / larger);
  }

  private static MetricValue ratio(long sum, long columns, double unit) {
    return columns == 0
        ? MetricValue.undefined("no column's ground ends there")
        : MetricValue.of(sum / unit / columns);
  }

  private long sum(Where where, int from, int to, int kind) {
    if (from % STEP_METRES != 0 || to % STEP_METRES != 0) {
      throw new IllegalArgumentException(
          "freespace: band " + from + "-" + to + " m, expected multiples of " + STEP_METRES);
    }
    long sum = 0;
    for (int step = from / STEP_METRES; step < Math.min(STEPS, to / STEP_METRES); step++) {
      int at = step * KINDS.size() + kind;
      sum = Math.addExact(sum, numbers[at]);
      if (where == Where.EVERYWHERE) {
        sum = Math.addExact(sum, numbers[OF_PART + at]);
      }
    }
    return sum;
  }
}
