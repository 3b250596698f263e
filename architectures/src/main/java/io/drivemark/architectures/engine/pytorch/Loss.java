package io.drivemark.architectures.engine.pytorch;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link Learner} minimises.
 *
 * @param classWeights one a class
 * @param hardShare share of valid pixels, those with the largest loss, that count; 1 = all
 * @param auxiliaryWeight factor of the losses of outputs after the first
 * @param soft what another network's logits count; empty = nothing
 */
public record Loss(
    float[] classWeights, double hardShare, double auxiliaryWeight, Optional<SoftTargets> soft) {
  public Loss {
    classWeights = classWeights.clone();
    Objects.requireNonNull(soft, "soft");
    if (!(hardShare > 0 && hardShare <= 1)) {
      throw new IllegalArgumentException("hard share: above 0 to 1, found " + hardShare);
    }
    if (!(auxiliaryWeight >= 0)) {
      throw new IllegalArgumentException("auxiliary weight: at least 0, found " + auxiliaryWeight);
    }
  }

  /** Learns from labels alone. */
  public Loss(float[] classWeights, double hardShare, double auxiliaryWeight) {
    this(classWeights, hardShare, auxiliaryWeight, Optional.empty());
  }

  /** The same with soft targets besides. */
  public Loss withSoft(SoftTargets targets) {
    return new Loss(classWeights, hardShare, auxiliaryWeight, Optional.of(targets));
  }

  /** Every class and pixel alike. */
  public static Loss plain(int classes) {
    float[] ones = new float[classes];
    Arrays.fill(ones, 1);
    return new Loss(ones, 1, 0);
  }
}
