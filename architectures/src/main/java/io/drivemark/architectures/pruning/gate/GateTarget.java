package io.drivemark.architectures.pruning.gate;

/**
 * Says which filters of a layer matter for one frame: what a gate is trained to predict, and what
 * an estimate before training counts. Filters are kept or left out in units of consecutive ones; a
 * last unit may be smaller. At least one unit is always kept, so that no layer goes dark.
 * Immutable. One that is asked for by its name is made by a {@link GateCriterion}.
 */
public interface GateTarget {
  /** A response up to this is none; a mass may exceed a ratio by this. */
  double DELTA = 1e-5;

  /** How many consecutive filters are kept or left out together; 1 for single filters. */
  int unit();

  /**
   * Decides for one frame.
   *
   * @param responses of each filter: the largest absolute value of its map, after normalisation and
   *     activation
   * @return for each filter whether it is kept
   * @throws IllegalArgumentException if there is no filter, or a response is negative or no number
   */
  boolean[] live(double[] responses);

  /** How many units a layer of so many filters has. */
  default int units(int filters) {
    return (filters + unit() - 1) / unit();
  }
}
