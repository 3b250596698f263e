package io.drivemark.eval.decide.select;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Whether a network keeps a budget. Immutable.
 *
 * @param budget the limit
 * @param answer whether it does
 * @param value its figure; empty where undefined or not measured
 * @param low a bound that the truth is above with the chance asked for; empty where too little was
 *     measured to give one, and of figures that do not vary
 * @param high a bound that it is below
 * @param runsNeeded how many timed runs a bound of this percentile takes; 0 where there are enough,
 *     or it is none
 */
public record Fit(
    Budget budget,
    Answer answer,
    OptionalDouble value,
    OptionalDouble low,
    OptionalDouble high,
    int runsNeeded) {

  /** Whether a limit is kept. */
  public enum Answer {
    /** For certain. */
    WITHIN("within"),
    /** Certainly not. */
    OVER("over"),
    /** The limit lies between the bounds, or there are none. */
    OPEN("open"),
    /** There is no such figure: it is not shown that the limit is kept. */
    UNKNOWN("unknown");

    private final String key;

    Answer(String key) {
      this.key = key;
    }

    /** As in JSON. */
    public String key() {
      return key;
    }
  }

  public Fit {
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
  }

  static Fit unknown(Budget budget) {
    OptionalDouble none = OptionalDouble.empty();
    return new Fit(budget, Answer.UNKNOWN, none, none, none, 0);
  }

  /** Of a figure that does not vary. */
  static Fit exact(Budget budget, double value) {
    Answer answer = budget.holds(value) ? Answer.WITHIN : Answer.OVER;
    OptionalDouble none = OptionalDouble.empty();
    return new Fit(budget, answer, OptionalDouble.of(value), none, none, 0);
  }

  /** Of one with bounds; those that are not known are empty. */
  static Fit between(
      Budget budget, double value, OptionalDouble low, OptionalDouble high, int runsNeeded) {
    OptionalDouble bad = budget.most() ? high : low;
    OptionalDouble good = budget.most() ? low : high;
    Answer answer =
        bad.isPresent() && budget.holds(bad.getAsDouble())
            ? Answer.WITHIN
            : good.isPresent() && !budget.holds(good.getAsDouble()) ? Answer.OVER : Answer.OPEN;
    return new Fit(budget, answer, OptionalDouble.of(value), low, high, runsNeeded);
  }
}
