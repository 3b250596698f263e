package io.drivemark.architectures.pruning.gate;

/**
 * The units that hold a share of the layer's mass. With the mass of a unit as the share of the sum
 * of all responses that its filters have, units are taken from the heaviest on, the first of equals
 * first, as long as their masses sum up to at most the ratio; the unit that would cross it is left
 * out. The heaviest is always kept. Two cases are apart: with a ratio of 1 exactly those units are
 * left out whose mass is at most {@value GateTarget#DELTA}; where no filter responds at all, all
 * are kept. With a negative ratio all are kept.
 *
 * <p>Example: responses 5.5, 7.9, 0.3, 8.6, 2.2, 3.1, 0.9 and a ratio of 0.95 keep 8.6, 7.9, 5.5
 * and 3.1, which hold 0.8807 of the mass; with 2.2 it would be 0.9579.
 *
 * @param ratio the share of the mass, at most 1; negative keeps all
 * @param unit how many consecutive filters are kept or left out together
 */
public record MassTarget(double ratio, int unit) implements GateTarget {
  /** The rule by its name. */
  public static final class Criterion implements GateCriterion {
    @Override
    public String name() {
      return "mass";
    }

    @Override
    public String summary() {
      return "the heaviest units that hold a share of the layer's responses";
    }

    @Override
    public GateTarget target(double ratio, int unit) {
      return new MassTarget(ratio, unit);
    }
  }

  public MassTarget {
    if (!(ratio <= 1)) {
      throw new IllegalArgumentException(
          "gate target: a mass ratio of " + ratio + ", expected at most 1");
    }
    Units.require(unit);
  }

  /** Single filters. */
  public static MassTarget ofFilters(double ratio) {
    return new MassTarget(ratio, 1);
  }

  @Override
  public boolean[] live(double[] responses) {
    Units.require(responses);
    double[] sums = Units.sums(responses, unit);
    double all = 0;
    for (double sum : sums) {
      all += sum;
    }
    if (ratio < 0 || all == 0) {
      return Units.all(responses.length);
    }
    boolean[] kept = new boolean[sums.length];
    int[] order = Units.descending(sums);
    double cumulated = 0;
    for (int i : order) {
      double mass = sums[i] / all;
      cumulated += mass;
      kept[i] = ratio == 1 ? mass > DELTA : cumulated - ratio <= DELTA;
    }
    kept[order[0]] = true;
    return Units.filters(kept, unit, responses.length);
  }
}
