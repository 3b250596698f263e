package io.drivemark.eval.history.compare;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How the latency of a cell differs. Logarithms are natural, of B over A, so that they change sign
 * exactly where A and B are exchanged. Immutable.
 *
 * @param reason why it is not compared; empty if it is
 * @param meanA mean milliseconds end to end of A, on the scale of its first rotation, of several
 *     processes the median; empty if not timed
 * @param meanB of B
 * @param processes of how many processes the means are
 * @param ratio logarithm of B's mean over A's
 * @param ofShared the same less what all timed cells have in common: the logarithm of the ratio of
 *     ratios; empty where there is nothing to hold it against
 * @param band how far the ratio of ratios may lie off for no reason of the network's, a logarithm:
 *     both A-A bands, and what cells of these results scatter by
 * @param direction what may be said
 */
public record LatencyChange(
    String reason,
    OptionalDouble meanA,
    OptionalDouble meanB,
    Processes processes,
    OptionalDouble ratio,
    OptionalDouble ofShared,
    OptionalDouble band,
    Direction direction) {
  /**
   * How many processes timed a cell: the study's own, and the forks of a night.
   *
   * @param inA of A; 0 if not timed
   * @param inB of B
   */
  public record Processes(int inA, int inB) {
    /** Of what was not looked at. */
    static final Processes NONE = new Processes(0, 0);
  }

  public LatencyChange {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(meanA, "meanA");
    Objects.requireNonNull(meanB, "meanB");
    Objects.requireNonNull(processes, "processes");
    Objects.requireNonNull(ratio, "ratio");
    Objects.requireNonNull(ofShared, "ofShared");
    Objects.requireNonNull(band, "band");
    Objects.requireNonNull(direction, "direction");
  }

  /** One that is not compared. */
  static LatencyChange refused(
      String reason, OptionalDouble meanA, OptionalDouble meanB, Processes processes) {
    OptionalDouble none = OptionalDouble.empty();
    return new LatencyChange(reason, meanA, meanB, processes, none, none, none, Direction.UNKNOWN);
  }

  /** Whether both were timed on one scale. */
  public boolean compared() {
    return ratio.isPresent();
  }
}
