package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Network;
import java.util.List;
import java.util.Objects;

/**
 * What a training came to. Immutable.
 *
 * @param best the network with the weights that scored best on val
 * @param epoch after which epoch these were the weights, from 1
 * @param val what they came to there
 * @param history all epochs
 */
public record TrainingResult(Network best, int epoch, ValScore val, List<EpochRecord> history) {
  public TrainingResult {
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(val, "val");
    history = List.copyOf(history);
  }
}
