package io.drivemark.eval.metrics.depth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Depth errors over the judged pixels of an image, or their means over images. With truth t and
 * prediction p in metres. Immutable.
 *
 * @param pixels how many were judged
 * @param absRel mean of |t − p| / t
 * @param sqRel mean of (t − p)² / t, in metres
 * @param squaredRelative mean of (t − p)² / t², which KITTI's development kit calls sqErrorRel
 * @param rmse root of the mean of (t − p)², in metres
 * @param rmseLog root of the mean of (ln t − ln p)²
 * @param log10 mean of |log₁₀ t − log₁₀ p|
 * @param siLog root of the variance of ln t − ln p, a fraction (tools print it times 100)
 * @param mae mean of |t − p|, in metres
 * @param inverseRmse root of the mean of (1/t − 1/p)², per metre
 * @param delta1 share of pixels with max(t/p, p/t) below 1.25
 * @param delta2 the same below 1.25²
 * @param delta3 the same below 1.25³
 */
public record DepthScores(
    long pixels,
    double absRel,
    double sqRel,
    double squaredRelative,
    double rmse,
    double rmseLog,
    double log10,
    double siLog,
    double mae,
    double inverseRmse,
    double delta1,
    double delta2,
    double delta3) {

  /**
   * The means over images, each image counting alike, as KITTI's benchmark and the papers have it.
   *
   * @throws IllegalArgumentException if there is no image
   */
  public static DepthScores mean(List<DepthScores> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("depth: the mean of no images");
    }
    return new DepthScores(
        images.stream().mapToLong(DepthScores::pixels).sum(),
        mean(images, DepthScores::absRel),
        mean(images, DepthScores::sqRel),
        mean(images, DepthScores::squaredRelative),
        mean(images, DepthScores::rmse),
        mean(images, DepthScores::rmseLog),
        mean(images, DepthScores::log10),
        mean(images, DepthScores::siLog),
        mean(images, DepthScores::mae),
        mean(images, DepthScores::inverseRmse),
        mean(images, DepthScores::delta1),
        mean(images, DepthScores::delta2),
        mean(images, DepthScores::delta3));
  }

  /** The errors by the names of this record's parts, in their order, the pixels left out. */
  public Map<String, Double> byName() {
    Map<String, Double> out = new LinkedHashMap<>();
    out.put("absRel", absRel);
    out.put("sqRel", sqRel);
    out.put("squaredRelative", squaredRelative);
    out.put("rmse", rmse);
    out.put("rmseLog", rmseLog);
    out.put("log10", log10);
    out.put("siLog", siLog);
    out.put("mae", mae);
    out.put("inverseRmse", inverseRmse);
    out.put("delta1", delta1);
    out.put("delta2", delta2);
    out.put("delta3", delta3);
    return Collections.unmodifiableMap(out);
  }

  private static double mean(List<DepthScores> images, ToDoubleFunction<DepthScores> of) {
    return images.stream().mapToDouble(of).average().orElseThrow();
  }
}
