package io.drivemark.eval.metrics.boundary;

import io.drivemark.datasets.LabelMap;
import io.drivemark.problem.BadInputException;

/** Checks that two maps can be compared pixel by pixel. Stateless. */
final class Grid {
  private Grid() {}

  static void requireEqual(String what, LabelMap truth, LabelMap prediction) {
    if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
      throw new BadInputException(
          what
              + ": the prediction is "
              + prediction.height()
              + "x"
              + prediction.width()
              + ", the truth "
              + truth.height()
              + "x"
              + truth.width()
              + " (height x width); bring the prediction onto the truth's grid");
    }
    if (!truth.space().equals(prediction.space())) {
      throw new BadInputException(
          what
              + ": the prediction is over label space "
              + prediction.space().name()
              + ", the truth over "
              + truth.space().name()
              + "; choose a mapping between the two");
    }
  }
}
