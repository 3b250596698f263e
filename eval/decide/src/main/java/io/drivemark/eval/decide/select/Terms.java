package io.drivemark.eval.decide.select;

import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.statistics.JointDraws;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a selection is asked for. Immutable.
 *
 * @param accuracy the figure that networks are ranked by
 * @param moreIsBetter which way its better values lie
 * @param budgets limits that a choice must keep
 * @param sure the chance that no claim of the selection is false, in (0.5, 1); bounds of budgets
 *     and the set of possible best ones hold with the same chance each
 * @param draws how many joint draws shares rest on
 * @param seed of the draws
 */
public record Terms(
    String accuracy,
    boolean moreIsBetter,
    List<Budget> budgets,
    double sure,
    int draws,
    long seed) {

  /** The chance where nothing is said. */
  public static final double SURE = 0.95;

  public Terms {
    Objects.requireNonNull(accuracy, "accuracy");
    budgets = List.copyOf(budgets);
    if (!(sure > 0.5 && sure < 1)) {
      throw new IllegalArgumentException("sure: more than 0.5 and less than 1, got " + sure);
    }
  }

  /** No budgets, {@link #SURE}. */
  public static Terms of(String accuracy, boolean moreIsBetter) {
    return new Terms(accuracy, moreIsBetter, List.of(), SURE, JointDraws.DRAWS, 1);
  }

  /**
   * Which way the better values of a figure lie.
   *
   * @throws BadInputException if neither way is better
   */
  public static boolean isMoreBetter(String word) {
    Optional<Figure> figure =
        Gauges.installed().figures().stream().filter(f -> f.id().equals(word)).findFirst();
    if (word.equals("miou")) {
      return true;
    }
    Figure.Better better = figure.map(Figure::better).orElse(Figure.Better.NEITHER);
    return switch (better) {
      case HIGHER -> true;
      case LOWER -> false;
      case NEITHER ->
          throw new BadInputException(
              "--accuracy: "
                  + word
                  + " is no figure of which more or less is better; networks are ranked by miou,"
                  + " absRel or a figure of a gauge, for example safeMiou");
    };
  }

  /** The same with these budgets. */
  public Terms within(List<Budget> others) {
    return new Terms(accuracy, moreIsBetter, others, sure, draws, seed);
  }
}
