package io.drivemark.eval.metrics;

import io.drivemark.eval.metrics.Protocol.AbsentClass;
import io.drivemark.eval.metrics.Protocol.Aggregation;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of an image that add up and from whose sums a protocol's mIoU and IoUs follow: for
 * pooled counts hits, truth and predictions of each class; for a mean over images the image's
 * values and how many there are. What the bootstrap works on. Immutable.
 */
final class ScoreVectors {
  private final Protocol protocol;
  private final int classes;

  ScoreVectors(Protocol protocol, int classes) {
    this.protocol = protocol;
    this.classes = classes;
  }

  /** mIoU and the IoU of each class. */
  int scores() {
    return 1 + classes;
  }

  int length() {
    return switch (protocol.aggregation()) {
      case POOLED -> 3 * classes;
      case IMAGE_MEAN -> 2 + 2 * classes;
      case CLASS_MEAN -> 2 * classes;
    };
  }

  double[] of(ConfusionMatrix image) {
    Tally tally = new Tally(image, protocol.voidTruth(), protocol.foreignPrediction());
    double[] out = new double[length()];
    if (protocol.aggregation() == Aggregation.POOLED) {
      for (int c = 0; c < classes; c++) {
        out[c] = tally.hits(c);
        out[classes + c] = tally.truth(c);
        out[2 * classes + c] = tally.predicted(c);
      }
      return out;
    }
    for (int c = 0; c < classes; c++) {
      ClassIou iou = ClassIou.of(protocol, tally, c);
      if (iou.inMean()) {
        out[c] = iou.value().map(Fraction::toDouble).orElseThrow();
        out[classes + c] = 1;
      } else if (iou.poisons()) {
        out[c] = Double.NaN;
        out[classes + c] = 1;
      }
    }
    if (protocol.aggregation() == Aggregation.IMAGE_MEAN) {
      Optional<Double> mean =
          protocol.evaluate(List.of(image)).miou().value().stream().boxed().findFirst();
      out[2 * classes] = mean.orElse(0.0);
      out[2 * classes + 1] = mean.isPresent() ? 1 : 0;
    }
    return out;
  }

  /**
   * Scores of a sum.
   *
   * @param sums numbers that were added, from {@code from} on
   * @param out mIoU, then the IoU of each class, from 0 on; NaN = undefined
   */
  void scores(double[] sums, int from, double[] out) {
    double sum = 0;
    int n = 0;
    boolean poisoned = false;
    for (int c = 0; c < classes; c++) {
      double value;
      boolean inMean;
      if (protocol.aggregation() == Aggregation.POOLED) {
        double truth = sums[from + classes + c];
        double predicted = sums[from + 2 * classes + c];
        AbsentClass rule = predicted > 0 ? protocol.predictedOnly() : protocol.absent();
        value =
            truth > 0 ? sums[from + c] / (truth + predicted - sums[from + c]) : valueOfAbsent(rule);
        inMean = truth > 0 || rule == AbsentClass.ZERO || rule == AbsentClass.ONE;
        poisoned |= truth == 0 && rule == AbsentClass.POISONS_MEAN;
      } else {
        inMean = sums[from + classes + c] > 0;
        value = inMean ? sums[from + c] / sums[from + classes + c] : Double.NaN;
      }
      out[1 + c] = value;
      if (inMean) {
        sum += value;
        n++;
      }
    }
    if (protocol.aggregation() == Aggregation.IMAGE_MEAN) {
      double images = sums[from + 2 * classes + 1];
      out[0] = images > 0 ? sums[from + 2 * classes] / images : Double.NaN;
    } else {
      out[0] = poisoned ? Double.NaN : sum / n;
    }
  }

  private static double valueOfAbsent(AbsentClass rule) {
    return switch (rule) {
      case ZERO, ZERO_OUTSIDE_MEAN -> 0;
      case ONE -> 1;
      case UNDEFINED, POISONS_MEAN -> Double.NaN;
    };
  }
}
