package io.drivemark.eval.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The per-image family: mIoU over the dataset is ruled by large objects, over images by small ones,
 * so both are shown. mIoU^D pools the counts, mIoU^I averages images' mIoUs, mIoU^C averages a
 * class's IoUs over images and then classes. A worst-case version at q averages only the worst
 * ⌈q·n⌉ of the n values: for images the worst images, for classes the worst images of each class.
 * Void truth is skipped, a void prediction is a miss, a class absent from an image leaves it. Exact
 * until the last rounding. Immutable. See Wang et al., Revisiting Evaluation Metrics for Semantic
 * Segmentation, arXiv:2310.19252.
 *
 * <p>Example: one class, IoUs 1, 1/2 and 1/4 in three images: mIoU^I 7/12, at q = 0.5 the worst two
 * images give 3/8.
 */
public final class PerImageScores {
  private final ConfusionMatrix pooled;
  private final List<Fraction> images = new ArrayList<>(); // ascending
  private final List<List<Fraction>> byClass = new ArrayList<>(); // each ascending

  /**
   * The family of a run.
   *
   * @param perImage at least one matrix, all over one label space; their order does not matter
   */
  public PerImageScores(List<ConfusionMatrix> perImage) {
    this.pooled = ConfusionMatrix.sum(perImage);
    for (int c = 0; c < pooled.classes(); c++) {
      byClass.add(new ArrayList<>());
    }
    for (ConfusionMatrix image : perImage) {
      Tally tally = Tally.of(image);
      List<Fraction> terms = new ArrayList<>();
      for (int c = 0; c < pooled.classes(); c++) {
        int at = c;
        tally
            .iou(c)
            .ifPresent(
                iou -> {
                  terms.add(iou);
                  byClass.get(at).add(iou);
                });
      }
      if (!terms.isEmpty()) {
        images.add(Fraction.mean(terms));
      }
    }
    Collections.sort(images);
    byClass.forEach(Collections::sort);
  }

  /** mIoU^D, of the pooled counts. */
  public MetricValue ofDataset() {
    return Metrics.miou(pooled);
  }

  /** mIoU^I, the mean over images. */
  public MetricValue ofImages() {
    return ofWorstImages(1);
  }

  /** mIoU^C, the mean over classes of the mean over images. */
  public MetricValue ofClasses() {
    return ofClassesAtWorst(1);
  }

  /** mIoU^I of the worst ⌈q·n⌉ images, q in (0, 1]. */
  public MetricValue ofWorstImages(double q) {
    requireShare(q);
    return images.isEmpty()
        ? MetricValue.undefined(Metrics.NO_PIXELS)
        : MetricValue.of(FractionMeans.of(worst(images, q)));
  }

  /** mIoU^C over the worst ⌈q·n⌉ of the n images that have each class, q in (0, 1]. */
  public MetricValue ofClassesAtWorst(double q) {
    requireShare(q);
    List<List<Fraction>> terms = new ArrayList<>();
    for (List<Fraction> ious : byClass) {
      if (!ious.isEmpty()) {
        terms.add(worst(ious, q));
      }
    }
    return terms.isEmpty()
        ? MetricValue.undefined(Metrics.NO_PIXELS)
        : MetricValue.of(FractionMeans.ofMeans(terms));
  }

  /** The mean over images of each class's IoU in its worst ⌈q·n⌉ images, by class name. */
  public Map<String, MetricValue> iouAtWorst(double q) {
    requireShare(q);
    Map<String, MetricValue> out = new LinkedHashMap<>();
    for (int c = 0; c < byClass.size(); c++) {
      out.put(
          pooled.space().classes().get(c).name(),
          byClass.get(c).isEmpty()
              ? MetricValue.undefined(Metrics.ABSENT + " in any image")
              : MetricValue.of(FractionMeans.of(worst(byClass.get(c), q))));
    }
    return Collections.unmodifiableMap(out);
  }

  private static List<Fraction> worst(List<Fraction> ascending, double q) {
    java.math.BigDecimal share = java.math.BigDecimal.valueOf(q);
    int n =
        share
            .multiply(java.math.BigDecimal.valueOf(ascending.size()))
            .setScale(0, java.math.RoundingMode.CEILING)
            .intValueExact();
    return ascending.subList(0, n);
  }

  private static void requireShare(double q) {
    if (!(q > 0 && q <= 1)) {
      throw new IllegalArgumentException("worst images: a share in (0, 1] is needed, got " + q);
    }
  }
}
