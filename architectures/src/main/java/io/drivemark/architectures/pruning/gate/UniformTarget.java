package io.drivemark.architectures.pruning.gate;

import java.math.BigDecimal;

/**
 * A fixed number of units a layer: the weakest share of them is left out, rounded down to whole
 * units, and so is every unit whose filters do not respond by more than {@value GateTarget#DELTA}
 * together. The strongest is always kept; where no filter responds at all, all are kept.
 *
 * @param dropRatio the share of the units that is left out, in [0, 1)
 * @param unit how many consecutive filters are kept or left out together
 */
public record UniformTarget(double dropRatio, int unit) implements GateTarget {
  /** The rule by its name; its ratio is the share that is kept. */
  public static final class Criterion implements GateCriterion {
    @Override
    public String name() {
      return "uniform";
    }

    @Override
    public String summary() {
      return "the strongest units, as large a share of each layer's";
    }

    @Override
    public GateTarget target(double ratio, int unit) {
      return new UniformTarget(
          BigDecimal.ONE.subtract(BigDecimal.valueOf(ratio)).doubleValue(), unit);
    }
  }

  public UniformTarget {
    if (!(dropRatio >= 0 && dropRatio < 1)) {
      throw new IllegalArgumentException(
          "gate target: a share of " + dropRatio + " left out, expected 0 to below 1");
    }
    Units.require(unit);
  }

  @Override
  public boolean[] live(double[] responses) {
    Units.require(responses);
    double[] sums = Units.sums(responses, unit);
    int[] order = Units.descending(sums);
    if (sums[order[0]] == 0) {
      return Units.all(responses.length);
    }
    boolean[] kept = new boolean[sums.length];
    int most = sums.length - (int) (dropRatio * sums.length);
    for (int rank = 0; rank < most; rank++) {
      kept[order[rank]] = sums[order[rank]] > DELTA;
    }
    kept[order[0]] = true;
    return Units.filters(kept, unit, responses.length);
  }
}
