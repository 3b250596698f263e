package io.drivemark.eval.metrics;

import java.util.Map;

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

  /** The number of pixels whose truth is a class. */
  public long pixels() {
    return matrix.pixels();
  }
}
