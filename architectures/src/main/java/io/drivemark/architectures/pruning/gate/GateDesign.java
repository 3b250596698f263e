package io.drivemark.architectures.pruning.gate;

import java.util.Objects;

/**
 * What the heads of gates look like and where gradients flow. A head predicts the gates of a site
 * from what its layer reads: every channel is pooled to one number, the numbers are scaled, and one
 * fully connected layer makes a logit for each unit, which is live where that is above 0.
 *
 * @param pool how a channel becomes a number
 * @param scaling what is done to these numbers
 * @param joint whether the gates' loss also reaches the layers before a head, through what it
 *     pools; else heads and network are trained apart
 * @param seed of the weights a head starts with
 */
public record GateDesign(Pool pool, Scaling scaling, boolean joint, long seed) {
  /** How a channel becomes one number. */
  public enum Pool {
    MAX,
    AVERAGE
  }

  /** What is done to the pooled numbers. */
  public enum Scaling {
    /** Softmax over the channels, as published. */
    SOFTMAX,
    /**
     * Mean 0 and deviation 1 for each channel over frames seen before training, at most {@value
     * Standardisation#BOUND} in size.
     */
    STANDARDISED
  }

  public GateDesign {
    Objects.requireNonNull(pool, "pool");
    Objects.requireNonNull(scaling, "scaling");
  }

  /** As in the paper: largest value, softmax, trained apart. */
  public static GateDesign published(long seed) {
    return new GateDesign(Pool.MAX, Scaling.SOFTMAX, false, seed);
  }

  /** What depends on driving frames more: standardised means, trained apart. */
  public static GateDesign standardised(long seed) {
    return new GateDesign(Pool.AVERAGE, Scaling.STANDARDISED, false, seed);
  }
}
