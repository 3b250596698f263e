package io.drivemark.eval.metrics;

import io.drivemark.eval.metrics.Protocol.ForeignPrediction;
import io.drivemark.eval.metrics.Protocol.VoidTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is left of a confusion matrix once the rules about void are applied: for each class the hits
 * and the sizes of truth and prediction. Immutable.
 */
final class Tally {
  private final long[] hits;
  private final long[] truth;
  private final long[] predicted;

  Tally(ConfusionMatrix matrix, VoidTruth voidTruth, ForeignPrediction foreign) {
    int k = matrix.classes();
    hits = new long[k];
    truth = new long[k];
    predicted = new long[k];
    for (int t = 0; t < k; t++) {
      hits[t] = matrix.count(t, t);
      for (int p = 0; p < k; p++) {
        truth[t] = Math.addExact(truth[t], matrix.count(t, p));
        predicted[p] = Math.addExact(predicted[p], matrix.count(t, p));
      }
      if (foreign == ForeignPrediction.MISS) {
        truth[t] = Math.addExact(truth[t], matrix.count(t, k));
      }
    }
    if (voidTruth == VoidTruth.FALSE_POSITIVE) {
      for (int p = 0; p < k; p++) {
        predicted[p] = Math.addExact(predicted[p], matrix.count(k, p));
      }
    }
  }

  static Tally of(ConfusionMatrix matrix) {
    return new Tally(matrix, VoidTruth.SKIPPED, ForeignPrediction.MISS);
  }

  int classes() {
    return hits.length;
  }

  long hits(int c) {
    return hits[c];
  }

  long truth(int c) {
    return truth[c];
  }

  long predicted(int c) {
    return predicted[c];
  }

  boolean inTruth(int c) {
    return truth[c] > 0;
  }

  boolean isPredicted(int c) {
    return predicted[c] > 0;
  }

  Optional<Fraction> iou(int c) {
    return ratio(hits[c], Math.subtractExact(Math.addExact(truth[c], predicted[c]), hits[c]));
  }

  Optional<Fraction> precision(int c) {
    return ratio(hits[c], predicted[c]);
  }

  Optional<Fraction> recall(int c) {
    return ratio(hits[c], truth[c]);
  }

  Optional<Fraction> f1(int c) {
    return ratio(Math.multiplyExact(2, hits[c]), Math.addExact(truth[c], predicted[c]));
  }

  Optional<Fraction> pixelAccuracy() {
    return ratio(sum(hits), sum(truth));
  }

  /** Mean recall of the classes in the truth. */
  Optional<Fraction> meanRecall() {
    List<Fraction> terms = new ArrayList<>();
    for (int c = 0; c < classes(); c++) {
      recall(c).ifPresent(terms::add);
    }
    return terms.isEmpty() ? Optional.empty() : Optional.of(Fraction.mean(terms));
  }

  /** Mean precision of the classes in the truth; 0 for one that is never predicted. */
  Optional<Fraction> meanPrecisionOverTruth() {
    List<Fraction> terms = new ArrayList<>();
    for (int c = 0; c < classes(); c++) {
      if (inTruth(c)) {
        terms.add(precision(c).orElse(Fraction.ZERO));
      }
    }
    return terms.isEmpty() ? Optional.empty() : Optional.of(Fraction.mean(terms));
  }

  Optional<Fraction> frequencyWeightedIou() {
    long pixels = sum(truth);
    if (pixels == 0) {
      return Optional.empty();
    }
    List<Fraction> terms = new ArrayList<>();
    for (int c = 0; c < classes(); c++) {
      if (inTruth(c)) {
        terms.add(iou(c).orElseThrow().times(truth[c]));
      }
    }
    return Optional.of(Fraction.sum(terms).over(pixels));
  }

  static Optional<Fraction> ratio(long numerator, long denominator) {
    return denominator == 0 ? Optional.empty() : Optional.of(Fraction.of(numerator, denominator));
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long v : values) {
      sum = Math.addExact(sum, v);
    }
    return sum;
  }
}
