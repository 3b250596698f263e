package io.drivemark.eval.metrics;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.util.Objects;

/**
 * Counts pairs of truth and prediction, each pixel by the confidence of its truth, as KITTI-360
 * does: a pixel adds its 16-bit confidence, 0..65535, so the cells of the {@link ConfusionMatrix}
 * are sums of confidences in units of 1/65535 pixel. They are integers, so any partition of the
 * frames gives the same bits; ratios such as IoU need no scaling. For one thread at a time.
 *
 * <p>Example: truth {@code 0 0}, prediction {@code 0 1}, confidences {@code 65535 13107}: IoU of
 * class 0 is 65535 / 78642 = 5/6.
 */
public final class ConfidenceAccumulator {
  private final LabelSpace space;
  private final int side;
  private final long[] cells;

  /** An accumulator with no pixels. */
  public ConfidenceAccumulator(LabelSpace space) {
    this.space = Objects.requireNonNull(space, "space");
    this.side = space.size() + 1;
    this.cells = new long[side * side];
  }

  /**
   * Counts one frame given as unsigned bytes in the same order; 255 is void.
   *
   * @param confidence unsigned 16-bit, one a pixel
   * @throws BadInputException if the lengths differ, or a truth value is neither class nor void;
   *     nothing is counted then
   */
  public void add(byte[] truth, byte[] prediction, char[] confidence) {
    if (truth.length != prediction.length || truth.length != confidence.length) {
      throw new BadInputException(
          "confidence-weighted counts: "
              + truth.length
              + " pixels of truth, "
              + prediction.length
              + " of the prediction and "
              + confidence.length
              + " confidences; all three must be on one grid");
    }
    long[] frame = new long[cells.length];
    for (int i = 0; i < truth.length; i++) {
      frame[row(truth, i) * side + Math.min(prediction[i] & 0xFF, side - 1)] += confidence[i];
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Math.addExact(cells[i], frame[i]);
    }
  }

  /** The sums so far. */
  public ConfusionMatrix matrix() {
    return new ConfusionMatrix(space, cells.clone());
  }

  private int row(byte[] truth, int i) {
    int value = truth[i] & 0xFF;
    if (value < side - 1) {
      return value;
    }
    if (value == LabelSpace.VOID) {
      return side - 1;
    }
    throw new BadInputException(
        "confidence-weighted counts: truth value "
            + value
            + " at pixel "
            + i
            + " is no class of "
            + space.name()
            + " (0.."
            + (side - 2)
            + ", 255 = void)");
  }
}
