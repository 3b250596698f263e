package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.MetricValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much predictions change where nothing does: among the pixels whose truth is the same class in
 * two consecutive frames of a sequence, the share whose prediction changes. Counts add up over
 * pairs of frames. Immutable.
 *
 * <p>Example: truths {@code 0 0 1 1} and {@code 0 0 1 0}, predictions {@code 0 1 1 1} and {@code 0
 * 0 1 0}: three pixels are still, one of them flickers.
 */
public final class Flicker {
  private final LabelSpace space;
  private final long[] still;
  private final long[] changed;

  private Flicker(LabelSpace space, long[] still, long[] changed) {
    this.space = space;
    this.still = still;
    this.changed = changed;
  }

  /**
   * Counts a pair of consecutive frames.
   *
   * @throws IllegalArgumentException if the four maps differ in size or label space
   */
  public static Flicker between(
      LabelMap truth, LabelMap prediction, LabelMap nextTruth, LabelMap nextPrediction) {
    for (LabelMap map : new LabelMap[] {prediction, nextTruth, nextPrediction}) {
      if (map.height() != truth.height()
          || map.width() != truth.width()
          || !map.space().equals(truth.space())) {
        throw new IllegalArgumentException(
            "flicker: frames of one sequence must share size and label space, found "
                + truth
                + " and "
                + map);
      }
    }
    byte[] before = truth.pixels();
    byte[] after = nextTruth.pixels();
    long[] still = new long[256];
    long[] changed = new long[256];
    for (int i = 0; i < before.length; i++) {
      if (before[i] == after[i]) {
        still[before[i] & 0xFF]++;
        if (prediction.pixels()[i] != nextPrediction.pixels()[i]) {
          changed[before[i] & 0xFF]++;
        }
      }
    }
    int k = truth.space().size();
    return new Flicker(truth.space(), Arrays.copyOf(still, k), Arrays.copyOf(changed, k));
  }

  /**
   * Counts that were stored as {@link #numbers()} gives them.
   *
   * @throws IllegalArgumentException if there are not two a class, or a number is impossible
   */
  public static Flicker of(LabelSpace space, long[] numbers) {
    int k = space.size();
    if (numbers.length != 2 * k) {
      throw new IllegalArgumentException(
          "flicker: " + space.name() + " needs " + 2 * k + " numbers, got " + numbers.length);
    }
    for (int c = 0; c < k; c++) {
      if (numbers[k + c] < 0 || numbers[k + c] > numbers[c]) {
        throw new IllegalArgumentException(
            "flicker: " + numbers[k + c] + " changed pixels of " + numbers[c]);
      }
    }
    return new Flicker(space, Arrays.copyOf(numbers, k), Arrays.copyOfRange(numbers, k, 2 * k));
  }

  /** All counts, in pixels, 2·K for K classes: still pixels by class, then those that change. */
  public long[] numbers() {
    long[] out = Arrays.copyOf(still, 2 * still.length);
    System.arraycopy(changed, 0, out, still.length, changed.length);
    return out;
  }

  /**
   * The counts of both.
   *
   * @throws IllegalArgumentException if the spaces differ
   */
  public Flicker plus(Flicker other) {
    if (!space.equals(other.space)) {
      throw new IllegalArgumentException(
          "flicker: over " + space.name() + " and over " + other.space.name());
    }
    long[] stillSum = still.clone();
    long[] changedSum = changed.clone();
    for (int c = 0; c < still.length; c++) {
      stillSum[c] = Math.addExact(stillSum[c], other.still[c]);
      changedSum[c] = Math.addExact(changedSum[c], other.changed[c]);
    }
    return new Flicker(space, stillSum, changedSum);
  }

  /** The share of still pixels whose prediction changes. */
  public MetricValue share() {
    return share(Arrays.stream(changed).sum(), Arrays.stream(still).sum());
  }

  /** The same by class name, in index order. */
  public Map<String, MetricValue> byClass() {
    Map<String, MetricValue> out = new LinkedHashMap<>();
    for (int c = 0; c < still.length; c++) {
      out.put(space.classes().get(c).name(), share(changed[c], still[c]));
    }
    return Collections.unmodifiableMap(out);
  }

  private static MetricValue share(long changed, long still) {
    return still == 0
        ? MetricValue.undefined("no pixel keeps its truth")
        : MetricValue.of((double) changed / still);
  }
}
