package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.runner.tasks.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Divides a night's time: accuracy may be begun in the first half, timing in the first 70 %,
 * further processes in the first 85 %, confirming until the end. So a split that grew takes no time
 * from what is followed for years. Thread-safe.
 */
final class TimeBudget implements Allowance {
  private static final double ACCURACY = 0.5;
  private static final double LATENCY = 0.7;
  private static final double FORKS = 0.85;
  private static final double CONFIRMATION = 1;

  private final NightPlan.Budget budget;
  private final Instant started;
  private final Supplier<Instant> now;

  TimeBudget(NightPlan.Budget budget, Instant started, Supplier<Instant> now) {
    this.budget = budget;
    this.started = started;
    this.now = now;
  }

  @Override
  public Optional<String> refusal(Work work) {
    return switch (work) {
      case ACCURACY -> refusal(ACCURACY, "accuracy", Duration.ZERO);
      case LATENCY -> refusal(LATENCY, "timing", Duration.ZERO);
    };
  }

  /** Why no further process may be begun. */
  Optional<String> forks() {
    return refusal(FORKS, "further processes", Duration.ZERO);
  }

  /**
   * Why nothing may be confirmed.
   *
   * @param pause that comes before
   */
  Optional<String> confirmation(Duration pause) {
    return refusal(CONFIRMATION, "confirming", pause);
  }

  private Optional<String> refusal(double share, String what, Duration before) {
    if (budget.time().isEmpty()) {
      return Optional.empty();
    }
    Duration whole = budget.time().get();
    Duration part = Duration.ofMillis(Math.round(share * whole.toMillis()));
    Duration passed = Duration.between(started, now.get()).plus(before);
    return passed.compareTo(part) < 0
        ? Optional.empty()
        : Optional.of(
            "the night's budget of "
                + words(whole)
                + " leaves "
                + words(part)
                + " for "
                + what
                + " and what comes before, and "
                + words(passed)
                + " had passed");
  }

  /** For people: {@code 6 h}, {@code 3 h 30 min}, {@code 90 s}. */
  static String words(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 120) {
      return minutes + " min";
    }
    return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
  }
}
