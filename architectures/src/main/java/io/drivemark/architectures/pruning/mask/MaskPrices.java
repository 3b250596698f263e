package io.drivemark.architectures.pruning.mask;

import io.drivemark.architectures.pruning.Quantity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a live mask costs, for a {@link Penalty}: the same for all masks of a site, and on the mean
 * over all masks 1, so that one factor means as much pressure with one price as with another.
 * Stateless.
 */
public final class MaskPrices {
  private MaskPrices() {}

  /** The same for every mask. */
  public static List<Double> even(JointMasks masks) {
    return scaled(masks, masks.sites().stream().map(s -> 1.0).toList());
  }

  /** The same for every site: the fewer masks it has, the more each of them costs. */
  public static List<Double> byWidth(JointMasks masks) {
    return scaled(masks, masks.sites().stream().map(s -> 1.0 / s.masks()).toList());
  }

  /**
   * What of a quantity goes with a mask: with half of a site's masks, all else live, and divided by
   * their number. It counts what the site's own filters cost, and what reading them costs others.
   *
   * @param height of the images
   * @param width of them
   */
  public static List<Double> of(JointMasks masks, Quantity quantity, int height, int width) {
    List<BitSet> all = new ArrayList<>();
    for (MaskSite site : masks.sites()) {
      BitSet live = new BitSet();
      live.set(0, site.masks());
      all.add(live);
    }
    double whole = quantity.amount(masks.dense(), height, width);
    List<Double> prices = new ArrayList<>();
    for (int s = 0; s < all.size(); s++) {
      int half = Math.max(1, masks.sites().get(s).masks() / 2);
      List<BitSet> part = new ArrayList<>(all);
      BitSet live = (BitSet) all.get(s).clone();
      // every second one: no map that has a part of a site's filters goes dark
      for (int i = 0, m = 0; i < half; i++, m += 2) {
        live.clear(m);
      }
      part.set(s, live);
      prices.add(Math.max(0, whole - quantity.amount(masks.cut(part), height, width)) / half);
    }
    return scaled(masks, prices);
  }

  /** One price a mask, their mean 1; all 1 where nothing costs anything. */
  private static List<Double> scaled(JointMasks masks, List<Double> bySite) {
    double sum = 0;
    for (int s = 0; s < bySite.size(); s++) {
      sum += bySite.get(s) * masks.sites().get(s).masks();
    }
    List<Double> prices = new ArrayList<>();
    for (int s = 0; s < bySite.size(); s++) {
      double price = sum > 0 ? bySite.get(s) * masks.masks() / sum : 1;
      for (int m = 0; m < masks.sites().get(s).masks(); m++) {
        prices.add(price);
      }
    }
    return List.copyOf(prices);
  }
}
