package io.drivemark.architectures.training;

/**
 * The control of joint masks: the sum of the absolute values of all convolutions' weights, times a
 * factor, is minimised besides. The loss that is recorded is without it. Immutable.
 *
 * @param factor at least 0; 0.005 in Elkerdawy et al., 2019, arXiv:1905.05212, supplement
 */
public record WeightPenalty(double factor) implements Shrinking {
  /** As published. */
  public static final double PUBLISHED = 0.005;

  public WeightPenalty {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weight penalty: a factor of " + factor);
    }
  }

  @Override
  public String digest() {
    return " l1 " + factor;
  }
}
