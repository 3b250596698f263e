package io.drivemark.architectures.pruning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses things of the least total value whose savings reach a sum: what is kept then has the
 * greatest value. Exact up to the resolution of the savings. Stateless.
 */
final class Knapsack {
  /** Savings are counted in parts of the sum that is to be reached. */
  private static final int RESOLUTION = 10_000;

  private Knapsack() {}

  /** A choice among the first things. */
  private record Choice(int saved, double lost, double saving, BitSet chosen) {}

  /**
   * The things to remove.
   *
   * <p>Example: values 1, 2, 4 and savings 1, 1, 2 to reach 2 give the first two.
   *
   * @param values of the things, negative ones count as 0
   * @param savings of the things; what saves nothing is not chosen
   * @param needed what the savings of the chosen ones reach; all that save are chosen if they
   *     cannot
   */
  static BitSet cheapest(double[] values, double[] savings, double needed) {
    List<Choice> choices = List.of(new Choice(0, 0, 0, new BitSet()));
    for (int i = 0; i < values.length; i++) {
      if (savings[i] > 0) {
        choices = with(choices, i, Math.max(0, values[i]), savings[i], needed);
      }
    }
    return choices.get(choices.size() - 1).chosen();
  }

  /** All choices without and with one more thing, those left out that another one beats. */
  private static List<Choice> with(
      List<Choice> choices, int thing, double value, double saving, double needed) {
    List<Choice> all = new ArrayList<>(choices);
    for (Choice choice : choices) {
      if (choice.saving() < needed) {
        BitSet chosen = (BitSet) choice.chosen().clone();
        chosen.set(thing);
        double sum = choice.saving() + saving;
        int parts = sum >= needed ? RESOLUTION : (int) (RESOLUTION * sum / needed);
        all.add(new Choice(parts, choice.lost() + value, sum, chosen));
      }
    }
    all.sort(
        Comparator.comparingInt(Choice::saved)
            .reversed()
            .thenComparingDouble(Choice::lost)
            .thenComparingDouble(Choice::saving)
            .thenComparingInt(c -> c.chosen().cardinality()));
    List<Choice> best = new ArrayList<>();
    for (Choice choice : all) {
      if (best.isEmpty() || choice.lost() < best.get(best.size() - 1).lost()) {
        best.add(choice);
      }
    }
    best.sort(Comparator.comparingInt(Choice::saved));
    return best;
  }
}
