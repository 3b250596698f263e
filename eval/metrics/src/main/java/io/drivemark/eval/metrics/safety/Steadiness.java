package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.MetricValue;
import java.util.List;

/**
 * How steady predictions are over windows of consecutive frames: among the pixels whose truth is
 * one class in all frames of a window, the share whose prediction is one class in all of them
 * (VC_n, video consistency), and the share whose prediction is that class in all of them. Constant
 * wrong answers are steady, so that only the second says something good. Pixels are pooled over
 * windows; those whose truth is void are left out. For two frames the first is 1 - {@link Flicker}.
 * Immutable. After Miao et al., VSPW, CVPR 2021; its script keeps void and drops the last window.
 *
 * <p>Example: truths {@code 0011 0011 0010}, predictions {@code 0111 0110 0100}: three pixels keep
 * their truth, the predictions of two of them stay, one of these is right.
 *
 * @param still pixels that keep their truth
 * @param steady how many of them keep their prediction
 * @param right how many of these are right
 */
public record Steadiness(long still, long steady, long right) {
  /** Of no window. */
  public static final Steadiness NONE = new Steadiness(0, 0, 0);

  public Steadiness {
    if (right < 0 || right > steady || steady > still) {
      throw new IllegalArgumentException(
          "steadiness: " + right + " right of " + steady + " steady of " + still + " still pixels");
    }
  }

  /**
   * Counts a window.
   *
   * @param truths of at least two consecutive frames
   * @param predictions of the same frames
   * @throws IllegalArgumentException if maps differ in number, size or label space
   */
  public static Steadiness of(List<LabelMap> truths, List<LabelMap> predictions) {
    if (truths.size() < 2 || truths.size() != predictions.size()) {
      throw new IllegalArgumentException(
          "steadiness: " + truths.size() + " truths and " + predictions.size() + " predictions");
    }
    LabelMap first = truths.get(0);
    for (int i = 0; i < truths.size(); i++) {
      requireAlike(first, truths.get(i));
      requireAlike(first, predictions.get(i));
    }
    int classes = first.space().size();
    long still = 0;
    long steady = 0;
    long right = 0;
    for (int p = 0; p < first.pixels().length; p++) {
      byte truth = first.pixels()[p];
      if ((truth & 0xFF) >= classes || !stays(truths, p)) {
        continue;
      }
      still++;
      if (stays(predictions, p)) {
        steady++;
        right += predictions.get(0).pixels()[p] == truth ? 1 : 0;
      }
    }
    return new Steadiness(still, steady, right);
  }

  private static boolean stays(List<LabelMap> maps, int pixel) {
    byte first = maps.get(0).pixels()[pixel];
    for (int i = 1; i < maps.size(); i++) {
      if (maps.get(i).pixels()[pixel] != first) {
        return false;
      }
    }
    return true;
  }

  private static void requireAlike(LabelMap first, LabelMap other) {
    if (first.height() != other.height()
        || first.width() != other.width()
        || !first.space().equals(other.space())) {
      throw new IllegalArgumentException(
          "steadiness: frames of one window must share size and label space, found "
              + first
              + " and "
              + other);
    }
  }

  /** The counts of both. */
  public Steadiness plus(Steadiness other) {
    return new Steadiness(
        Math.addExact(still, other.still),
        Math.addExact(steady, other.steady),
        Math.addExact(right, other.right));
  }

  /** VC_n: the share of still pixels whose prediction stays. */
  public MetricValue consistency() {
    return share(steady);
  }

  /** The share of still pixels whose prediction stays and is right. */
  public MetricValue rightConsistency() {
    return share(right);
  }

  private MetricValue share(long of) {
    return still == 0
        ? MetricValue.undefined("no pixel keeps its truth over a window")
        : MetricValue.of((double) of / still);
  }
}
