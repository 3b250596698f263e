package io.drivemark.eval.metrics;

import io.drivemark.datasets.LabelClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Metrics of one matrix under the rules of the Cityscapes benchmark: void truth is skipped, a void
 * or foreign prediction on a valid pixel is a miss, and what has no denominator is undefined and
 * leaves the means. With n[t][p] pixels of truth t and prediction p, TP = n[c][c], FN = the rest of
 * row c (void predictions included), FP = the rest of column c over valid truth. All values are
 * exact fractions rounded once. For other rules see {@link Protocol}. Stateless.
 *
 * <p>Example: truth {@code 0 0 1}, prediction {@code 0 1 1}: IoU of each class is 1/2, mIoU 1/2,
 * pixel accuracy 2/3.
 */
public final class Metrics {
  static final String ABSENT = "neither in the truth nor predicted";
  static final String NOT_IN_TRUTH = "not in the truth";
  static final String NOT_PREDICTED = "not predicted";
  static final String NO_PIXELS = "no valid pixels";

  private Metrics() {}

  /** Intersection over union, TP / (TP + FP + FN), of a class. */
  public static MetricValue iou(ConfusionMatrix matrix, int c) {
    return value(Tally.of(matrix).iou(c), ABSENT);
  }

  /** The IoU of each class in index order. */
  public static List<MetricValue> ious(ConfusionMatrix matrix) {
    Tally tally = Tally.of(matrix);
    List<MetricValue> values = new ArrayList<>();
    for (int c = 0; c < tally.classes(); c++) {
      values.add(value(tally.iou(c), ABSENT));
    }
    return List.copyOf(values);
  }

  /** The mean of the defined IoUs. */
  public static MetricValue miou(ConfusionMatrix matrix) {
    Tally tally = Tally.of(matrix);
    List<Fraction> terms = new ArrayList<>();
    for (int c = 0; c < tally.classes(); c++) {
      tally.iou(c).ifPresent(terms::add);
    }
    return terms.isEmpty() ? MetricValue.undefined(NO_PIXELS) : Fraction.mean(terms).value();
  }

  /** The share of valid pixels whose prediction is right. */
  public static MetricValue pixelAccuracy(ConfusionMatrix matrix) {
    return value(Tally.of(matrix).pixelAccuracy(), NO_PIXELS);
  }

  /** The mean recall of the classes in the truth. */
  public static MetricValue meanAccuracy(ConfusionMatrix matrix) {
    return value(Tally.of(matrix).meanRecall(), NO_PIXELS);
  }

  /** The mean IoU of the classes in the truth, weighted by their share of the valid pixels. */
  public static MetricValue frequencyWeightedIou(ConfusionMatrix matrix) {
    return value(Tally.of(matrix).frequencyWeightedIou(), NO_PIXELS);
  }

  /** TP / (TP + FP) of a class. */
  public static MetricValue precision(ConfusionMatrix matrix, int c) {
    return value(Tally.of(matrix).precision(c), NOT_PREDICTED);
  }

  /** TP / (TP + FN) of a class; many tools call it the class accuracy. */
  public static MetricValue recall(ConfusionMatrix matrix, int c) {
    return value(Tally.of(matrix).recall(c), NOT_IN_TRUTH);
  }

  /** 2·TP / (2·TP + FP + FN) of a class, also called Dice. */
  public static MetricValue f1(ConfusionMatrix matrix, int c) {
    return value(Tally.of(matrix).f1(c), ABSENT);
  }

  /**
   * The IoU of each category of the label space, in alphabetical order: the classes of a category
   * count as one, so confusions among them are no errors.
   */
  public static Map<String, MetricValue> categoryIou(ConfusionMatrix matrix) {
    List<LabelClass> classes = matrix.space().classes();
    Map<String, MetricValue> values = new LinkedHashMap<>();
    for (String category : categories(classes)) {
      values.put(category, value(categoryIou(matrix, classes, category), ABSENT));
    }
    return Collections.unmodifiableMap(values);
  }

  /** The mean of the defined category IoUs. */
  public static MetricValue categoryMiou(ConfusionMatrix matrix) {
    List<LabelClass> classes = matrix.space().classes();
    List<Fraction> terms = new ArrayList<>();
    for (String category : categories(classes)) {
      categoryIou(matrix, classes, category).ifPresent(terms::add);
    }
    return terms.isEmpty() ? MetricValue.undefined(NO_PIXELS) : Fraction.mean(terms).value();
  }

  private static TreeSet<String> categories(List<LabelClass> classes) {
    TreeSet<String> names = new TreeSet<>();
    classes.forEach(c -> names.add(c.category()));
    return names;
  }

  private static Optional<Fraction> categoryIou(
      ConfusionMatrix matrix, List<LabelClass> classes, String category) {
    long hits = 0;
    long union = 0;
    for (int t = 0; t < classes.size(); t++) {
      boolean truthInside = classes.get(t).category().equals(category);
      for (int p = 0; p <= classes.size(); p++) {
        boolean inside = p < classes.size() && classes.get(p).category().equals(category);
        if (truthInside && inside) {
          hits = Math.addExact(hits, matrix.count(t, p));
        }
        if (truthInside || inside) {
          union = Math.addExact(union, matrix.count(t, p));
        }
      }
    }
    return Tally.ratio(hits, union);
  }

  static MetricValue value(Optional<Fraction> fraction, String whyNot) {
    return fraction.map(Fraction::value).orElseGet(() -> MetricValue.undefined(whyNot));
  }
}
