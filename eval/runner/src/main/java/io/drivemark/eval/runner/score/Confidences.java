package io.drivemark.eval.runner.score;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.ConfidenceAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocol.Weighting;
import io.drivemark.problem.BadInputException;

/** Counts by the confidence of labels, for protocols that weigh pixels by it. Stateless. */
final class Confidences {
  /** What a pixel counts whose label is certain. */
  static final int OF_ONE_PIXEL = 65535;

  private Confidences() {}

  /**
   * Whether pixels are weighed.
   *
   * @throws BadInputException if the protocol weighs them and the dataset has no confidences
   */
  static boolean weigh(Protocol protocol, Dataset dataset) {
    if (!dataset.facts().hasConfidence()) {
      protocol.requirePixels("dataset " + dataset.name());
    }
    return protocol.weighting() == Weighting.CONFIDENCE;
  }

  /**
   * The counts of one frame in units of 1/{@value #OF_ONE_PIXEL} pixel.
   *
   * @throws BadInputException if the frame has no confidences or they do not fit its labels
   */
  static ConfusionMatrix count(Dataset dataset, int index, LabelMap truth, LabelMap prediction) {
    char[] confidence =
        dataset
            .frame(index)
            .confidence(truth)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "frame "
                            + dataset.ids().get(index)
                            + " of dataset "
                            + dataset.name()
                            + " has no file of confidences, by which the protocol weighs its pixels;"
                            + " unpack it, or choose another protocol"));
    ConfidenceAccumulator counts = new ConfidenceAccumulator(truth.space());
    counts.add(truth.pixels(), prediction.pixels(), confidence);
    return counts.matrix();
  }
}
