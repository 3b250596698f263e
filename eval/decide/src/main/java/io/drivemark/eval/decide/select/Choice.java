package io.drivemark.eval.decide.select;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a selection says of one network. Immutable.
 *
 * @param number its place in the selection, from 0
 * @param label its name there
 * @param certainty which of the four
 * @param obstacle why it is not comparable; empty otherwise
 * @param twinOf the number of the network that it is the same as; what is said of that one holds
 *     for it, and it takes part in no comparison of its own
 * @param accuracy the figure that networks are ranked by, with bounds that hold at 95 % for it
 *     alone
 * @param latencyMs mean latency of a frame on the selection's scale, likewise
 * @param frontShare the share of joint draws in which it is on the front. It decides nothing
 * @param bestShare the share of joint draws in which it is the most accurate within all budgets
 * @param frontP of its not being on the front, adjusted for all claims
 * @param rivals the others, the one that comes nearest to beating it first
 * @param beatenBy those of them that certainly do
 * @param fits one for each budget
 * @param mayBeBest whether it is in the set that has the most accurate one within the budgets with
 *     the chance asked for
 * @param separations what would end its being open
 */
public record Choice(
    int number,
    String label,
    Certainty certainty,
    Optional<Obstacle> obstacle,
    Optional<Integer> twinOf,
    Optional<Measured> accuracy,
    Optional<Measured> latencyMs,
    OptionalDouble frontShare,
    OptionalDouble bestShare,
    OptionalDouble frontP,
    List<Rival> rivals,
    List<Rival> beatenBy,
    List<Fit> fits,
    boolean mayBeBest,
    List<Separation> separations) {

  /**
   * A measured value.
   *
   * @param value the estimate
   * @param low lower end of a 95 % interval; empty where the spread is not known
   * @param high upper end
   */
  public record Measured(double value, OptionalDouble low, OptionalDouble high) {
    public Measured {
      Objects.requireNonNull(low, "low");
      Objects.requireNonNull(high, "high");
    }
  }

  public Choice {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(certainty, "certainty");
    Objects.requireNonNull(obstacle, "obstacle");
    Objects.requireNonNull(twinOf, "twinOf");
    Objects.requireNonNull(accuracy, "accuracy");
    Objects.requireNonNull(latencyMs, "latencyMs");
    Objects.requireNonNull(frontShare, "frontShare");
    Objects.requireNonNull(bestShare, "bestShare");
    Objects.requireNonNull(frontP, "frontP");
    rivals = List.copyOf(rivals);
    beatenBy = List.copyOf(beatenBy);
    fits = List.copyOf(fits);
    separations = List.copyOf(separations);
  }

  /** Whether it keeps every budget for certain. */
  public boolean isWithin() {
    return fits.stream().allMatch(f -> f.answer() == Fit.Answer.WITHIN);
  }

  /** The budgets that it certainly breaks, or of which it has no figure. */
  public List<Fit> broken() {
    return fits.stream()
        .filter(f -> f.answer() == Fit.Answer.OVER || f.answer() == Fit.Answer.UNKNOWN)
        .toList();
  }

  Choice as(int otherNumber, String otherLabel) {
    return new Choice(
        otherNumber,
        otherLabel,
        certainty,
        obstacle,
        Optional.of(number),
        accuracy,
        latencyMs,
        frontShare,
        bestShare,
        frontP,
        rivals,
        beatenBy,
        fits,
        mayBeBest,
        separations);
  }
}
