package io.drivemark.eval.metrics.safety;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * IoU that grave confusions pull below zero, as IDD-AW's official metric does:
 *
 * <pre>SafeIoU(c) = (n[c][c] − Σ severity(c, p) · n[c][p]) / (TP + FP + FN)     in −1..1
 * </pre>
 *
 * <p>Void truth is skipped, a void or foreign prediction is a plain miss; a class absent from both
 * is undefined and leaves the means. Immutable. See Shaik et al., IDD-AW, WACV 2024.
 *
 * <p>Example: 60 pixels of persons right, 40 taken for road: IoU 0.6, SafeIoU (60 − 40) / 100 =
 * 0.2.
 *
 * @param severities how grave each confusion is
 */
public record SafeMiou(SeverityMatrix severities) {

  /** The SafeIoU of each class by name, in index order. */
  public Map<String, MetricValue> iou(ConfusionMatrix matrix) {
    severities.tree().requireClasses(matrix);
    Map<String, MetricValue> out = new LinkedHashMap<>();
    for (int c = 0; c < matrix.classes(); c++) {
      out.put(severities.tree().classes().get(c), iou(matrix, c));
    }
    return Collections.unmodifiableMap(out);
  }

  /** The mean over all classes. */
  public MetricValue mean(ConfusionMatrix matrix) {
    return mean(matrix, c -> true);
  }

  /** The mean over the important classes. */
  public MetricValue meanOfImportant(ConfusionMatrix matrix) {
    return mean(matrix, severities::isImportant);
  }

  /** The mean over the classes that pass. */
  public MetricValue mean(ConfusionMatrix matrix, IntPredicate of) {
    severities.tree().requireClasses(matrix);
    double sum = 0;
    int n = 0;
    for (int c = 0; c < matrix.classes(); c++) {
      MetricValue value = iou(matrix, c);
      if (of.test(c) && value.isDefined()) {
        sum += value.value().orElseThrow();
        n++;
      }
    }
    return n == 0 ? MetricValue.undefined("no valid pixels") : MetricValue.of(sum / n);
  }

  private MetricValue iou(ConfusionMatrix matrix, int c) {
    int k = matrix.classes();
    long gained = Math.multiplyExact((long) severities.denominator(), matrix.count(c, c));
    long union = matrix.count(c, k);
    for (int other = 0; other < k; other++) {
      long missed = matrix.count(c, other);
      union = Math.addExact(union, missed);
      if (other != c) {
        union = Math.addExact(union, matrix.count(other, c));
        gained =
            Math.subtractExact(
                gained, Math.multiplyExact((long) severities.severity(c, other), missed));
      }
    }
    return union == 0
        ? MetricValue.undefined("neither in the truth nor predicted")
        : MetricValue.of(
            (double) gained / Math.multiplyExact((long) severities.denominator(), union));
  }
}
