package io.drivemark.architectures.pruning;

/**
 * Says how much each filter of a layer matters; the lowest are pruned first. Found by name through
 * {@link Criteria} (ServiceLoader), so that a new one needs a class and a line in a service file.
 * Implementations have no state and are safe to share between threads.
 *
 * <p>A score is at least 0 and finite. It follows from what the filter is and not from where it
 * stands: permuting the filters of a layer permutes the scores (drawing at random excepted). A
 * criterion that looks at data is asked once an image; its scores are averaged over the images.
 */
public interface Criterion {
  /** Where in a network a criterion looks. */
  enum Site {
    /** The filters of convolutions. */
    CONVOLUTION,
    /** Scale and shift of batch normalisations, one a channel. */
    NORMALISATION,
    /** The map a convolution makes, after the normalisation that follows it, if one does. */
    MAP,
    /** The same after the activation that follows, if one does. */
    ACTIVATION
  }

  /** What must be measured on data before layers can be scored. */
  enum Evidence {
    /** Nothing: the weights say it. */
    NONE,
    /** The gradient of the loss at the site. */
    GRADIENTS,
    /** The values of the maps. */
    VALUES
  }

  /** The name in commands, plans and reports, for example {@code l1}. */
  String name();

  /** One sentence for people: the formula, and from which paper. */
  String summary();

  /** Where it looks. */
  Site site();

  /** What it must be told; nothing, unless it looks at data. */
  default Evidence evidence() {
    return Evidence.NONE;
  }

  /**
   * Scores the filters of a layer.
   *
   * @param layer what the site and the evidence ask for
   * @return one score a filter
   */
  double[] scores(LayerView layer);
}
