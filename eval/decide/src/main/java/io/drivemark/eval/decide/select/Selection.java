package io.drivemark.eval.decide.select;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of some networks can be chosen, with what certainty. Immutable.
 *
 * <p>One chance of a false claim is kept for all claims together: that a network is beaten by
 * another one, and that one is on the front. Both rest on p-values of pairs, see {@link
 * io.drivemark.eval.statistics.Dominance#claims}: accuracy by Student's test over clusters of
 * frames, speed over processes. Of five equal networks all stay open; one that is 6 points worse
 * and 20 % slower goes.
 *
 * @param terms what was asked for
 * @param choices one for each entrant, in the order given
 * @param clusters how many clusters of frames accuracy rests on; 0 where nothing could be compared
 * @param frames how many frames
 * @param processes in how many processes was timed
 * @param occasions on how many occasions
 * @param claims among how many claims the chance of a false one is divided
 */
public record Selection(
    Terms terms,
    List<Choice> choices,
    int clusters,
    int frames,
    int processes,
    int occasions,
    int claims) {
  public Selection {
    Objects.requireNonNull(terms, "terms");
    choices = List.copyOf(choices);
  }

  /**
   * Selects.
   *
   * <p>Entrants are comparable where they have the figure, were judged on the same frames with the
   * same truth and timed on one scale; which frames and scale those are, most of them say. Of twins
   * (one file under several names) the first stands for all.
   *
   * @param entrants with different labels
   * @param frames how many frames those that can be compared were judged on
   * @throws io.drivemark.problem.BadInputException if a budget bounds the 99th percentile of too
   *     few runs
   */
  public static Selection of(List<Entrant> entrants, int frames, Terms terms) {
    return new Selector(entrants, frames, terms).selection();
  }

  /** Those of a certainty, in the order given. */
  public List<Choice> of(Certainty certainty) {
    return choices.stream().filter(c -> c.certainty() == certainty).toList();
  }

  /** The one of this label. */
  public Optional<Choice> find(String label) {
    return choices.stream().filter(c -> c.label().equals(label)).findFirst();
  }

  /** Those that keep every budget for certain and can be compared, twins left out. */
  public List<Choice> within() {
    return choices.stream()
        .filter(c -> c.certainty() != Certainty.NOT_COMPARABLE && c.twinOf().isEmpty())
        .filter(Choice::isWithin)
        .toList();
  }

  /** The most accurate of those that keep every budget for certain, the first of equals. */
  public Optional<Choice> best() {
    return within().stream().reduce((a, b) -> merit(b) > merit(a) ? b : a);
  }

  private double merit(Choice choice) {
    double value = choice.accuracy().orElseThrow().value();
    return terms.moreIsBetter() ? value : -value;
  }

  /** Those that may be the most accurate within the budgets, twins left out. */
  public List<Choice> possibleBest() {
    return choices.stream().filter(c -> c.mayBeBest() && c.twinOf().isEmpty()).toList();
  }
}
