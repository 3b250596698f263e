package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.MaskPenalty;
import io.drivemark.architectures.pruning.Quantity;
import io.drivemark.architectures.pruning.mask.JointMasks;
import io.drivemark.architectures.pruning.mask.MaskSite;
import io.drivemark.files.Digests;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * How the masks of a network learn together with its weights. Immutable.
 *
 * @param masks whose network is trained
 * @param prices what a live mask costs, one a mask, the sites in order; their mean is 1, so that
 *     factors of different prices compare
 * @param soft whether the sigmoids behind the masks are paid for, not the masks: another value of
 *     the loss, the same gradient
 * @param pressure how hard prices press
 */
public record MaskLearning(JointMasks masks, List<Double> prices, boolean soft, Pressure pressure)
    implements Shrinking {
  /** How hard prices press. */
  public sealed interface Pressure {}

  /**
   * A factor that stays.
   *
   * @param lambda at least 0; 0: masks learn by the task alone
   */
  public record Fixed(double lambda) implements Pressure {
    public Fixed {
      if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("mask penalty: a factor of " + lambda);
      }
    }
  }

  /**
   * A factor that is steered so that a share remains. Once no more does, masks stay as they are.
   *
   * @param quantity of which
   * @param share of the network without masks, above 0 to 1
   * @param height of the images
   * @param width of them
   */
  public record Target(Quantity quantity, double share, int height, int width) implements Pressure {
    public Target {
      Objects.requireNonNull(quantity, "quantity");
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("mask penalty: a share of " + share);
      }
    }

    @Override
    public String toString() {
      return quantity.key() + "=" + share + " at " + height + "x" + width;
    }
  }

  public MaskLearning {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(pressure, "pressure");
    prices = List.copyOf(prices);
    boolean whole = prices.stream().allMatch(p -> p >= 0 && p < Double.POSITIVE_INFINITY);
    if (prices.size() != masks.masks() || !whole) {
      throw new IllegalArgumentException(
          prices.size() + " prices of " + masks.masks() + " masks: " + prices);
    }
  }

  /** The term that the loss gets. */
  MaskPenalty penalty() {
    List<String> values =
        masks.sites().stream().map(s -> soft ? JointMasks.soft(s) : JointMasks.live(s)).toList();
    return new MaskPenalty(values, masks.masks(), 1);
  }

  /**
   * What live masks leave: of the target's quantity, or, where the factor stays, of the prices.
   *
   * @param live one set a site
   */
  public double kept(List<BitSet> live) {
    if (pressure instanceof Target target) {
      return target.quantity().amount(masks.cut(live), target.height(), target.width())
          / target.quantity().amount(masks.dense(), target.height(), target.width());
    }
    double paid = 0;
    double all = 0;
    int at = 0;
    for (int s = 0; s < masks.sites().size(); s++) {
      MaskSite site = masks.sites().get(s);
      for (int m = 0; m < site.masks(); m++) {
        double price = prices.get(at++);
        all += price;
        paid += live.get(s).get(m) ? price : 0;
      }
    }
    return all == 0 ? 1 : paid / all;
  }

  @Override
  public String digest() {
    return " masks "
        + Digests.of(
            String.join(
                "\n",
                masks.sites().toString(),
                prices.toString(),
                soft + " " + pressure + (pressure instanceof Target ? " then stay" : "")));
  }
}
