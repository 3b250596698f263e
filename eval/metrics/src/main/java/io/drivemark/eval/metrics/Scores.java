package io.drivemark.eval.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a run scored under a protocol. Maps go by class name in index order and hold every class of
 * the label space. Immutable.
 *
 * @param protocol the rules
 * @param miou the mean intersection over union, a fraction
 * @param pixelAccuracy the share of judged pixels predicted right, pooled over images
 * @param meanAccuracy the mean class accuracy as the protocol defines it, pooled over images
 * @param frequencyWeightedIou the IoU weighted by class frequency, pooled over images
 * @param iou by class; under an image-wise protocol the mean over images
 * @param precision by class, pooled over images
 * @param recall by class, pooled over images
 * @param f1 by class, pooled over images
 * @param images how many images were evaluated
 * @param matrix the pooled counts
 */
public record Scores(
    Protocol protocol,
    MetricValue miou,
    MetricValue pixelAccuracy,
    MetricValue meanAccuracy,
    MetricValue frequencyWeightedIou,
    Map<String, MetricValue> iou,
    Map<String, MetricValue> precision,
    Map<String, MetricValue> recall,
    Map<String, MetricValue> f1,
    int images,
    ConfusionMatrix matrix) {
  public Scores {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(miou, "miou");
    Objects.requireNonNull(pixelAccuracy, "pixelAccuracy");
    Objects.requireNonNull(meanAccuracy, "meanAccuracy");
    Objects.requireNonNull(frequencyWeightedIou, "frequencyWeightedIou");
    iou = copy(iou);
    precision = copy(precision);
    recall = copy(recall);
    f1 = copy(f1);
    Objects.requireNonNull(matrix, "matrix");
  }

  private static Map<String, MetricValue> copy(Map<String, MetricValue> byClass) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(byClass));
  }

  /** The number of pixels whose truth is a class. */
  public long pixels() {
    return matrix.pixels();
  }
}
