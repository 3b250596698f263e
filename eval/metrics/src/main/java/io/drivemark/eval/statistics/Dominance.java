package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Which of several items are worth their price (networks: accuracy for time), as shares of joint
 * draws and as claims with a bounded chance of a false one. Merit is better when larger, price when
 * smaller. Stateless.
 *
 * <p>The shares describe and decide nothing: of five equal networks one has a share below 0.05 in
 * 16 of 100 studies. Claims follow from p-values of pairs by intersection and union of tests. R. L.
 * Berger (1982), Technometrics 24(4), 295–300, doi:10.2307/1267823; J. C. Hsu (1981), The Annals of
 * Statistics 9(5), 1026–1034, for the best set.
 */
public final class Dominance {
  private Dominance() {}

  /**
   * The share of draws in which each item is on the front: nobody has at least its merit at no
   * higher price, and more merit or a lower price. An item whose merit or price is undefined in a
   * draw is not on its front and beats nobody.
   *
   * <p>Example: of (merit, price) (0.6, 10), (0.5, 12) and (0.7, 30) in the one draw, the shares
   * are 1, 0 and 1.
   *
   * @param merit of all items
   * @param price of the same items in the same number of draws; draws of the two are independent
   */
  public static double[] front(JointDraws merit, JointDraws price) {
    int n = merit.items();
    double[] out = new double[n];
    for (int draw = 0; draw < merit.draws(); draw++) {
      for (int i = 0; i < n; i++) {
        out[i] += isOnFront(merit, price, draw, i) ? 1 : 0;
      }
    }
    return share(out, merit.draws());
  }

  private static boolean isOnFront(JointDraws merit, JointDraws price, int draw, int item) {
    double m = merit.value(item, draw);
    double p = price.value(item, draw);
    if (Double.isNaN(m) || Double.isNaN(p)) {
      return false;
    }
    for (int j = 0; j < merit.items(); j++) {
      double theirs = merit.value(j, draw);
      double cost = price.value(j, draw);
      if (theirs >= m && cost <= p && (theirs > m || cost < p)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an item may be chosen in a draw. */
  @FunctionalInterface
  public interface Admission {
    /** Says so. */
    boolean in(int item, int draw);
  }

  /**
   * The share of draws in which each item has the largest merit of those that may be chosen; of
   * equal merits the lowest price wins, and equals in both share the draw.
   */
  public static double[] best(JointDraws merit, JointDraws price, Admission admitted) {
    int n = merit.items();
    double[] out = new double[n];
    int[] first = new int[n];
    for (int draw = 0; draw < merit.draws(); draw++) {
      int ties = 0;
      for (int i = 0; i < n; i++) {
        double m = merit.value(i, draw);
        if (Double.isNaN(m) || !admitted.in(i, draw)) {
          continue;
        }
        int order = ties == 0 ? 1 : order(merit, price, draw, i, first[0]);
        if (order > 0) {
          ties = 0;
        }
        if (order >= 0) {
          first[ties++] = i;
        }
      }
      for (int t = 0; t < ties; t++) {
        out[first[t]] += 1.0 / ties;
      }
    }
    return share(out, merit.draws());
  }

  private static int order(JointDraws merit, JointDraws price, int draw, int i, int j) {
    int byMerit = Double.compare(merit.value(i, draw), merit.value(j, draw));
    return byMerit != 0 ? byMerit : Double.compare(price.value(j, draw), price.value(i, draw));
  }

  private static double[] share(double[] counts, int draws) {
    return Arrays.stream(counts).map(c -> c / draws).toArray();
  }

  /**
   * What may be claimed of a set of items. Immutable.
   *
   * @param beaten the adjusted p-value of the first item being beaten by the second
   * @param front the adjusted p-value of an item being on the front
   */
  public record Claims(double[][] beaten, double[] front) {}

  /**
   * Adjusted p-values of all claims about n items: that one is beaten by another, n(n−1) of them,
   * and that one is on the front, n. At a chance α of a single false claim in the whole family,
   * those with an adjusted value up to α may be made.
   *
   * <p>Item i is beaten by j if j has more merit and a lower price: both must be shown, so the
   * larger of the two p-values counts. An item is on the front if each other one has less merit or
   * a higher price: for each other item the smaller of two p-values, doubled because it was chosen,
   * and of these the largest. Then Holm's adjustment over all, valid under any dependence.
   *
   * @param merit the p-value of the first item's merit being no larger than the second's
   * @param noWorse the same, but 0 where the two merits are known to be equal: an equal one that is
   *     cheaper beats, and is no reason for the other to be on the front
   * @param price the p-value of the first item's price being no lower than the second's
   */
  public static Claims claims(double[][] merit, double[][] noWorse, double[][] price) {
    int n = merit.length;
    double[] all = new double[n * n];
    for (int i = 0; i < n; i++) {
      double front = 0;
      for (int j = 0; j < n; j++) {
        if (i != j) {
          all[i * n + j] = Math.max(noWorse[j][i], price[j][i]);
          front = Math.max(front, Math.min(1, 2 * Math.min(merit[i][j], price[i][j])));
        }
      }
      all[i * n + i] = front;
    }
    double[] adjusted = AdjustedP.holm(all);
    double[][] beaten = new double[n][n];
    double[] onFront = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        beaten[i][j] = i == j ? 1 : adjusted[i * n + j];
      }
      onFront[i] = adjusted[i * n + i];
    }
    return new Claims(beaten, onFront);
  }

  /**
   * The items that may have the largest merit of all rivals: with chance {@code level} the one that
   * truly has is among them. An item leaves where some rival's lead over it, in units of the lead's
   * own error, is larger than the {@code level} quantile over draws of the largest such value had
   * all leads been what they are; the quantile is widened for few clusters as {@link Student} has
   * it. No adjustment for the number of items is needed beyond that: only the true best must stay.
   *
   * @param clusters that merits were drawn from
   * @param candidate which items are asked about
   * @param rival which items may push others out
   * @param level in (0.5, 1)
   */
  public static boolean[] mayBeBest(
      JointDraws merit, int clusters, IntPredicate candidate, IntPredicate rival, double level) {
    int n = merit.items();
    boolean[] out = new boolean[n];
    for (int i = 0; i < n; i++) {
      out[i] = candidate.test(i) && stays(merit, clusters, i, rival, level);
    }
    return out;
  }

  private static boolean stays(
      JointDraws merit, int clusters, int item, IntPredicate rival, double level) {
    int n = merit.items();
    double[] lead = new double[n];
    double[] error = new double[n];
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      if (j == item || !rival.test(j)) {
        continue;
      }
      lead[j] = merit.estimate(j) - merit.estimate(item);
      error[j] = merit.spread(j, item);
      if (error[j] > Math.abs(lead[j]) * 1e-12) {
        most = Math.max(most, lead[j] / error[j]);
      } else {
        error[j] = 0;
        if (lead[j] > 0 && Math.scalb(1.0, -clusters) <= 1 - level) {
          return false; // every cluster alike says so
        }
      }
    }
    if (!(most > 0)) {
      return true;
    }
    double[] largest = new double[merit.draws()];
    for (int draw = 0; draw < largest.length; draw++) {
      largest[draw] = largest(merit, draw, item, lead, error);
    }
    Arrays.sort(largest);
    double normal = Percentiles.ofSorted(largest, level, PercentileEstimator.NEAREST_RANK);
    double tail = Student.normalTail(normal);
    double widened =
        tail > 0
            ? Student.quantile(tail, clusters - 1.0) * Math.sqrt(clusters / (clusters - 1.0))
            : Double.POSITIVE_INFINITY;
    return most <= widened;
  }

  /** The largest lead over an item in a draw, less what it is, in units of its error. */
  private static double largest(
      JointDraws merit, int draw, int item, double[] lead, double[] error) {
    double out = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < lead.length; j++) {
      if (error[j] > 0) {
        double value = merit.value(j, draw) - merit.value(item, draw) - lead[j];
        out = Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.max(out, value / error[j]);
      }
    }
    return out;
  }
}
