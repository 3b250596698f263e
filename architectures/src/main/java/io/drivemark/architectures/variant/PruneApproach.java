package io.drivemark.architectures.variant;

import io.drivemark.architectures.latency.EngineSetup;
import java.util.Objects;
import java.util.Optional;

/**
 * In which steps a variant gets what its request asks for. Immutable.
 *
 * @param rounds at least 1; each scores anew what the one before left
 * @param roundEpochs of training after each round but the last, by the recipe of fine-tuning
 * @param alignedFor the engine whose liking decides of which multiple widths are, measured first;
 *     empty where the request says it
 */
public record PruneApproach(int rounds, int roundEpochs, Optional<EngineSetup> alignedFor) {
  /** All at once, at the request's widths. */
  public static final PruneApproach ONE_SHOT = new PruneApproach(1, 0, Optional.empty());

  public PruneApproach {
    Objects.requireNonNull(alignedFor, "alignedFor");
    if (rounds < 1 || roundEpochs < 0 || rounds == 1 && roundEpochs > 0) {
      throw new IllegalArgumentException(rounds + " rounds, " + roundEpochs + " epochs between");
    }
  }

  /** Whether weights are learned between rounds, so that later rounds cannot be planned before. */
  public boolean trainsBetween() {
    return roundEpochs > 0;
  }
}
