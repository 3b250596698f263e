package io.drivemark.eval.runner.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How right a model is over a split, all from one pooled confusion matrix. Fractions in 0..1; an
 * empty value is undefined under the protocol, never zero. Immutable.
 *
 * @param miou mean intersection over union
 * @param pixelAccuracy right pixels over judged pixels
 * @param meanAccuracy mean recall over classes
 * @param frequencyWeightedIou IoU weighted by the classes' share of the truth
 * @param classes one a class of the truth's label space, in index order
 * @param confusion pooled counts [K][K+1]: rows truth, columns prediction, void predictions last
 */
public record Accuracy(
    OptionalDouble miou,
    OptionalDouble pixelAccuracy,
    OptionalDouble meanAccuracy,
    OptionalDouble frequencyWeightedIou,
    List<ClassScore> classes,
    List<List<Long>> confusion) {

  /**
   * How right it is on one class.
   *
   * @param name the class
   * @param color its display colour 0xRRGGBB
   * @param iou intersection over union
   * @param precision right pixels over predicted pixels
   * @param recall right pixels over the truth's pixels
   * @param f1 harmonic mean of both
   * @param truthPixels pixels of this class in the truth
   */
  public record ClassScore(
      String name,
      int color,
      OptionalDouble iou,
      OptionalDouble precision,
      OptionalDouble recall,
      OptionalDouble f1,
      long truthPixels) {
    public ClassScore {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(iou, "iou");
      Objects.requireNonNull(precision, "precision");
      Objects.requireNonNull(recall, "recall");
      Objects.requireNonNull(f1, "f1");
    }
  }

  public Accuracy {
    Objects.requireNonNull(miou, "miou");
    Objects.requireNonNull(pixelAccuracy, "pixelAccuracy");
    Objects.requireNonNull(meanAccuracy, "meanAccuracy");
    Objects.requireNonNull(frequencyWeightedIou, "frequencyWeightedIou");
    classes = List.copyOf(classes);
    List<List<Long>> rows = new ArrayList<>();
    for (List<Long> row : confusion) {
      if (row.size() != classes.size() + 1) {
        throw new IllegalArgumentException(
            "confusion: "
                + classes.size()
                + " classes need rows of "
                + (classes.size() + 1)
                + ", found "
                + row.size());
      }
      rows.add(List.copyOf(row));
    }
    if (rows.size() != classes.size()) {
      throw new IllegalArgumentException(
          "confusion: " + classes.size() + " classes need as many rows, found " + rows.size());
    }
    confusion = List.copyOf(rows);
  }

  /** Judged pixels: the sum of all counts. */
  public long pixels() {
    return confusion.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
  }
}
