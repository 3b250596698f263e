package io.drivemark.eval.history.nightly;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a night would do now. Immutable.
 *
 * @param goesOn the name of the killed night that would go on; empty if one would begin
 * @param steps in their order
 * @param unquiet why the machine is not fit for timing now
 * @param history how many nights it would be judged against; of no account for one that goes on
 * @param notes what a reader must know besides, in words
 */
public record DryRun(
    Optional<String> goesOn,
    List<Step> steps,
    Optional<String> unquiet,
    int history,
    List<String> notes) {

  /**
   * One step.
   *
   * @param what it would do, in words
   * @param lasts how long it took the last time; empty if that is not known
   */
  public record Step(String what, Optional<Duration> lasts) {
    public Step {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(lasts, "lasts");
    }

    /** For people: {@code 6 h}, {@code 90 s}, {@code unknown}. */
    public String time() {
      return lasts.map(TimeBudget::words).orElse("unknown");
    }
  }

  public DryRun {
    Objects.requireNonNull(goesOn, "goesOn");
    steps = List.copyOf(steps);
    Objects.requireNonNull(unquiet, "unquiet");
    notes = List.copyOf(notes);
  }

  /** How long all of it would last; empty if that of one step is not known. */
  public Optional<Duration> lasts() {
    return steps.stream()
        .map(Step::lasts)
        .reduce(
            Optional.of(Duration.ZERO),
            (a, b) ->
                a.isPresent() && b.isPresent()
                    ? Optional.of(a.get().plus(b.get()))
                    : Optional.empty());
  }

  /** The same in words. */
  public String time() {
    return lasts().map(TimeBudget::words).orElse("unknown");
  }
}
