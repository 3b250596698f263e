package io.drivemark.eval.decide;

import io.drivemark.eval.gauge.Figure;
import java.util.List;
import java.util.Objects;

/**
 * One way of deciding between candidates that were judged alike, as values without sentences;
 * reports show what every installed rule decides, in a table of the rule's own.
 *
 * <p>A rule is found through {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/io.drivemark.eval.decide.DecisionRule}. Implementations have a public
 * constructor without parameters, no state, and are safe to share between threads.
 */
public interface DecisionRule {
  /** Lower case letters, digits and dashes, for example {@code beaten}; unique. */
  String name();

  /** The heading of its table. */
  String title();

  /** One or two sentences: what it decides, and what it does not. */
  String about();

  /** The head of the column of a decision's other candidates, for example {@code by}. */
  String others();

  /** The numbers that a decision rests on, in the order in which they are shown. */
  List<Figure> figures();

  /** The same, worded for what the candidates of a contest are measured by. */
  default List<Figure> figures(Contest contest) {
    Objects.requireNonNull(contest, "contest");
    return figures();
  }

  /**
   * The decisions, in the order in which they are shown; empty if there is nothing to decide. Gives
   * the same for the same contest.
   */
  List<Decision> decide(Contest contest);
}
