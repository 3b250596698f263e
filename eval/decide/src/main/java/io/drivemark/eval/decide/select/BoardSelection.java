package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.Yardstick;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The selection from networks that were judged by one yardstick. Immutable.
 *
 * @param yardstick what they have in common
 * @param selection what may be chosen of them
 */
public record BoardSelection(Yardstick yardstick, Selection selection) {
  public BoardSelection {
    Objects.requireNonNull(yardstick, "yardstick");
    Objects.requireNonNull(selection, "selection");
  }

  /**
   * The selections from some studies, a yardstick each, in the order in which these are first met.
   *
   * @param accuracy the figure that networks are ranked by; empty: that of each task. Yardsticks of
   *     which no network has it are left out
   * @throws io.drivemark.problem.BadInputException as {@link Entrants#of} and {@link Selection#of}
   *     do, or if it is not said of the figure which way is better
   */
  public static List<BoardSelection> of(
      List<Entrants.Study> studies,
      Optional<String> accuracy,
      List<Budget> budgets,
      double sure,
      int draws) {
    List<String> words = budgets.stream().map(Budget::word).distinct().toList();
    List<Entrants> groups =
        Entrants.of(studies, accuracy, words).stream()
            .filter(
                group ->
                    accuracy.isEmpty()
                        || group.entrants().stream().anyMatch(e -> e.accuracy().isPresent()))
            .toList();
    for (Budget budget : budgets) {
      if (!groups.isEmpty()
          && groups.stream().noneMatch(g -> budget.concerns(g.yardstick().measure().task()))) {
        throw new BadInputException(
            "budget "
                + budget.text()
                + ": no network here can have such a figure; networks of "
                + groups.get(0).yardstick().measure().task().word()
                + " alone were found");
      }
    }
    return groups.stream().map(group -> of(group, accuracy, budgets, sure, draws)).toList();
  }

  /** Budgets that networks of a task cannot have do not bound them. */
  private static BoardSelection of(
      Entrants group, Optional<String> accuracy, List<Budget> budgets, double sure, int draws) {
    String word = accuracy.orElseGet(() -> Entrants.word(group.yardstick().measure()));
    List<Budget> own =
        budgets.stream().filter(b -> b.concerns(group.yardstick().measure().task())).toList();
    Terms terms = new Terms(word, Terms.isMoreBetter(word), own, sure, draws, 1);
    return new BoardSelection(
        group.yardstick(), Selection.of(group.entrants(), group.frames(), terms));
  }
}
