package io.drivemark.eval.metrics.boundary;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many judged pixels lie in the boundaries of each class: in the truth's, in the prediction's,
 * in both. Adding is exact, so any partition of the images gives the same counts. Immutable.
 */
public final class BoundaryCounts {
  private static final String NO_BOUNDARY = "no boundary in the truth or the prediction";

  private final LabelSpace space;
  private final long[] truth;
  private final long[] predicted;
  private final long[] both;

  /** Takes over the arrays: pixels, one entry a class. */
  BoundaryCounts(LabelSpace space, long[] truth, long[] predicted, long[] both) {
    this.space = space;
    this.truth = truth;
    this.predicted = predicted;
    this.both = both;
  }

  /**
   * Counts that were stored as {@link #numbers()} gives them.
   *
   * @param numbers pixels, copied
   * @throws IllegalArgumentException if there are not three a class, or a number is impossible
   */
  public static BoundaryCounts of(LabelSpace space, long[] numbers) {
    int k = space.size();
    if (numbers.length != 3 * k) {
      throw new IllegalArgumentException(
          "boundary counts: "
              + space.name()
              + " needs "
              + 3 * k
              + " numbers, got "
              + numbers.length);
    }
    for (int c = 0; c < k; c++) {
      if (numbers[2 * k + c] < 0 || numbers[2 * k + c] > Math.min(numbers[c], numbers[k + c])) {
        throw new IllegalArgumentException(
            "boundary counts: class "
                + c
                + " has "
                + numbers[2 * k + c]
                + " pixels in both boundaries of "
                + numbers[c]
                + " and "
                + numbers[k + c]
                + " pixels");
      }
    }
    return new BoundaryCounts(
        space,
        Arrays.copyOfRange(numbers, 0, k),
        Arrays.copyOfRange(numbers, k, 2 * k),
        Arrays.copyOfRange(numbers, 2 * k, 3 * k));
  }

  /**
   * All counts, in pixels, 3·K for K classes: the truth's for each class, then the prediction's,
   * then those in both.
   */
  public long[] numbers() {
    int k = space.size();
    long[] out = Arrays.copyOf(truth, 3 * k);
    System.arraycopy(predicted, 0, out, k, k);
    System.arraycopy(both, 0, out, 2 * k, k);
    return out;
  }

  /**
   * The counts of both.
   *
   * @throws IllegalArgumentException if the spaces differ
   */
  public BoundaryCounts plus(BoundaryCounts other) {
    if (!space.equals(other.space)) {
      throw new IllegalArgumentException(
          "boundary counts: over " + space.name() + " and over " + other.space.name());
    }
    long[] sum = numbers();
    long[] more = other.numbers();
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(sum[i], more[i]);
    }
    return of(space, sum);
  }

  public LabelSpace space() {
    return space;
  }

  /** The pixels in the truth's boundary of a class. */
  public long truth(int c) {
    return truth[c];
  }

  /** The pixels in the prediction's boundary of a class. */
  public long predicted(int c) {
    return predicted[c];
  }

  /** The pixels in both boundaries of a class. */
  public long both(int c) {
    return both[c];
  }

  /** The boundary IoU of a class. */
  public MetricValue iou(int c) {
    long union = truth[c] + predicted[c] - both[c];
    return union == 0
        ? MetricValue.undefined(NO_BOUNDARY)
        : MetricValue.of((double) both[c] / union);
  }

  /** The boundary IoU by class name, in index order. */
  public Map<String, MetricValue> iou() {
    Map<String, MetricValue> values = new LinkedHashMap<>();
    for (int c = 0; c < space.size(); c++) {
      values.put(space.classes().get(c).name(), iou(c));
    }
    return Collections.unmodifiableMap(values);
  }

  /** The mean of the defined boundary IoUs. */
  public MetricValue miou() {
    double sum = 0;
    int defined = 0;
    for (int c = 0; c < space.size(); c++) {
      if (iou(c).isDefined()) {
        sum += iou(c).value().orElseThrow();
        defined++;
      }
    }
    return defined == 0 ? MetricValue.undefined(NO_BOUNDARY) : MetricValue.of(sum / defined);
  }

  /**
   * The smaller one of IoU and boundary IoU of a class, as the instance tools use it; undefined
   * where either is.
   *
   * @param pooled confusion counts of the same images
   */
  public MetricValue smallerOfBoth(ConfusionMatrix pooled, int c) {
    MetricValue plain = Metrics.iou(pooled, c);
    MetricValue boundary = iou(c);
    if (!plain.isDefined() || !boundary.isDefined()) {
      return plain.isDefined() ? boundary : plain;
    }
    return plain.value().orElseThrow() < boundary.value().orElseThrow() ? plain : boundary;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundaryCounts counts
        && space.equals(counts.space)
        && Arrays.equals(numbers(), counts.numbers());
  }

  @Override
  public int hashCode() {
    return 31 * space.name().hashCode() + Arrays.hashCode(numbers());
  }

  @Override
  public String toString() {
    return "BoundaryCounts[" + space.name() + ", " + Arrays.toString(numbers()) + "]";
  }
}
