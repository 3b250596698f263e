package io.drivemark.eval.metrics.driving;

import io.drivemark.eval.metrics.MetricValue;
import java.util.ArrayList;
import java.util.List;

/**
 * How well obstacles are found as whole pieces (eight neighbours), as SegmentMeIfYouCan judges them
 * (arXiv 2104.14812). The sIoU of a true piece is its intersection with all predicted pieces that
 * touch it, over the union of them without those pixels that lie in other true pieces: one
 * predicted piece over two true ones counts against neither. The PPV of a predicted piece is the
 * share of it that lies in truth. At a threshold a true piece is found from this sIoU on, and a
 * predicted one is false below this PPV; F1 is the mean over 0.25, 0.30, …, 0.75 of that of the
 * summed counts. True pieces that are too small are void, predicted ones that are too small are
 * dropped, and what is predicted on void does not count. Whole numbers that add. Immutable.
 */
public final class ComponentScores {
  private static final int THRESHOLDS = 11;
  private static final int STEPS_OF_ONE = 20; // a threshold is (5 + i) / 20
  private static final int FIRST_STEP = 5;
  private static final double UNIT = 1e9;

  private static final int TRUE_PIECES = 0;
  private static final int PREDICTED_PIECES = 1;
  private static final int SIOU = 2;
  private static final int PPV = 3;
  private static final int GHOSTS = 4;
  private static final int FOUND = 5;
  private static final int FALSE = FOUND + THRESHOLDS;
  private static final int NUMBERS = FALSE + THRESHOLDS;

  private final long[] numbers;

  private ComponentScores(long[] numbers) {
    this.numbers = numbers;
  }

  /**
   * Which pieces count.
   *
   * @param leastTruth true pieces below this are void, in pixels
   * @param leastPredicted predicted pieces below this are dropped, in pixels
   */
  public record Sizes(int leastTruth, int leastPredicted) {
    public Sizes {
      if (leastTruth < 1 || leastPredicted < 1) {
        throw new IllegalArgumentException(
            "pieces of at least " + leastTruth + " and " + leastPredicted + " pixels");
      }
    }
  }

  /**
   * Counts a frame.
   *
   * @param truth whether a pixel is one of an obstacle
   * @param ignored whether its truth is void
   * @param predicted whether it is predicted as one
   * @param clear whether it is ground that is free by the truth and that the own way needs: a
   *     predicted piece of which less than a quarter lies in truth is a ghost if it covers at least
   *     {@code leastPredicted} such pixels
   */
  public static ComponentScores of(
      int width,
      boolean[] truth,
      boolean[] ignored,
      boolean[] predicted,
      boolean[] clear,
      Sizes sizes) {
    boolean[] judged = predicted.clone();
    for (int p = 0; p < judged.length; p++) {
      judged[p] &= !ignored[p];
    }
    Pass pass = new Pass(Components.of(width, truth), Components.of(width, judged), ignored, sizes);
    pass.overlaps(clear);
    return new ComponentScores(pass.numbers());
  }

  /** One frame at work. */
  private static final class Pass {
    private final Components truth;
    private final Components predicted;
    private final boolean[] ignored;
    private final Sizes sizes;
    private final long[] size; // of predicted pieces, without void
    private final long[] inTruth; // how much of a predicted piece lies in any true piece
    private final long[] inClear;
    private final long[] covered; // how much of a true piece predicted ones cover
    private final List<List<Integer>> touching = new ArrayList<>(); // by true piece

    Pass(Components truth, Components predicted, boolean[] ignored, Sizes sizes) {
      this.truth = truth;
      this.predicted = predicted;
      this.ignored = ignored;
      this.sizes = sizes;
      this.size = new long[predicted.count()];
      this.inTruth = new long[predicted.count()];
      this.inClear = new long[predicted.count()];
      this.covered = new long[truth.count()];
      for (int t = 0; t < truth.count(); t++) {
        touching.add(new ArrayList<>());
      }
    }

    private boolean counts(int truePiece) {
      return truth.pixels(truePiece) >= sizes.leastTruth();
    }

    private boolean isThere(int predictedPiece) {
      return predicted.pixels(predictedPiece) >= sizes.leastPredicted();
    }

    void overlaps(boolean[] clear) {
      for (int p = 0; p < ignored.length; p++) {
        int t = truth.at(p);
        int q = predicted.at(p);
        boolean isVoid = ignored[p] || (t != Components.NONE && !counts(t));
        if (q == Components.NONE || !isThere(q) || isVoid) {
          continue;
        }
        size[q]++;
        inClear[q] += clear[p] ? 1 : 0;
        if (t != Components.NONE) {
          inTruth[q]++;
          covered[t]++;
          if (!touching.get(t).contains(q)) {
            touching.get(t).add(q);
          }
        }
      }
    }

    long[] numbers() {
      long[] out = new long[NUMBERS];
      for (int t = 0; t < truth.count(); t++) {
        if (counts(t)) {
          truePiece(t, out);
        }
      }
      for (int q = 0; q < size.length; q++) {
        if (size[q] > 0) {
          predictedPiece(q, out);
        }
      }
      return out;
    }

    private void truePiece(int t, long[] out) {
      long union = truth.pixels(t); // of it and what lies beside all truth
      for (int q : touching.get(t)) {
        union += size[q] - inTruth[q];
      }
      out[TRUE_PIECES]++;
      out[SIOU] += Math.round(UNIT * covered[t] / union);
      for (int i = 0; i < THRESHOLDS; i++) {
        out[FOUND + i] += covered[t] * STEPS_OF_ONE >= union * (FIRST_STEP + i) ? 1 : 0;
      }
    }

    private void predictedPiece(int q, long[] out) {
      out[PREDICTED_PIECES]++;
      out[PPV] += Math.round(UNIT * inTruth[q] / size[q]);
      boolean isFalse = inTruth[q] * STEPS_OF_ONE < size[q] * FIRST_STEP;
      out[GHOSTS] += isFalse && inClear[q] >= sizes.leastPredicted() ? 1 : 0;
      for (int i = 0; i < THRESHOLDS; i++) {
        out[FALSE + i] += inTruth[q] * STEPS_OF_ONE < size[q] * (FIRST_STEP + i) ? 1 : 0;
      }
    }
  }

  /** From what {@link #numbers} gave, or a sum of such. */
  public static ComponentScores of(long[] numbers) {
    if (numbers.length != NUMBERS) {
      throw new IllegalArgumentException(
          "pieces: " + numbers.length + " numbers, expected " + NUMBERS);
    }
    return new ComponentScores(numbers.clone());
  }

  /** The names of {@link #numbers}. */
  public static List<String> names() {
    List<String> out =
        new ArrayList<>(
            List.of("true pieces", "predicted pieces", "sIoU e-9", "PPV e-9", "ghosts"));
    for (String what : List.of("found at ", "false at ")) {
      for (int i = 0; i < THRESHOLDS; i++) {
        out.add(what + 100 * (FIRST_STEP + i) / STEPS_OF_ONE + " %");
      }
    }
    return List.copyOf(out);
  }

  /** Numbers that add. */
  public long[] numbers() {
    return numbers.clone();
  }

  /** Predicted obstacles on free ground of the own way. */
  public long ghosts() {
    return numbers[GHOSTS];
  }

  /** The mean over true pieces. */
  public MetricValue meanSiou() {
    return mean(SIOU, TRUE_PIECES, "no obstacle in the truth");
  }

  /** The mean over predicted pieces. */
  public MetricValue meanPpv() {
    return mean(PPV, PREDICTED_PIECES, "no obstacle is predicted");
  }

  private MetricValue mean(int sum, int count, String none) {
    return numbers[count] == 0
        ? MetricValue.undefined(none)
        : MetricValue.of(numbers[sum] / UNIT / numbers[count]);
  }

  /** The mean of F1 over the thresholds. */
  public MetricValue f1() {
    if (numbers[TRUE_PIECES] + numbers[PREDICTED_PIECES] == 0) {
      return MetricValue.undefined("no obstacle in truth or prediction");
    }
    double sum = 0;
    for (int i = 0; i < THRESHOLDS; i++) {
      long found = numbers[FOUND + i];
      long missed = numbers[TRUE_PIECES] - found;
      sum += 2.0 * found / (2 * found + missed + numbers[FALSE + i]);
    }
    return MetricValue.of(sum / THRESHOLDS);
  }
}
