package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import java.util.List;
import java.util.Objects;

/**
 * How a night ended. Immutable.
 *
 * @param night its folder
 * @param verdict what was judged
 * @param requirements bounds of the study that are not met
 * @param notes what a reader must know besides
 */
public record Outcome(
    NightFolder night, Verdict verdict, List<String> requirements, List<String> notes) {
  /** Enough was judged, and nothing is worse. */
  public static final int FINE = 0;

  /** Something is worse. */
  public static final int WORSE = 1;

  /** Too little was judged. */
  public static final int NOT_JUDGED = 3;

  public Outcome {
    Objects.requireNonNull(night, "night");
    Objects.requireNonNull(verdict, "verdict");
    requirements = List.copyOf(requirements);
    notes = List.copyOf(notes);
  }

  /**
   * What the command ends with. Worse goes before not judged: of what was judged something is worse
   * all the same. Too little judged never ends with 0, whatever was asked for.
   */
  public int exitCode(FailOn failOn) {
    boolean worse =
        switch (failOn) {
          case CONFIRMED -> isWorse();
          case CANDIDATE -> isWorse() || hasCandidate();
          case NEVER -> false;
        };
    if (worse) {
      return WORSE;
    }
    boolean judged = verdict.state() != Verdict.State.NOT_JUDGED && verdict.coverage().suffices();
    return judged ? FINE : NOT_JUDGED;
  }

  private boolean isWorse() {
    return verdict.state() == Verdict.State.WORSE || !requirements.isEmpty();
  }

  private boolean hasCandidate() {
    return verdict.alarms().stream()
        .anyMatch(alarm -> alarm.worse() && alarm.state() == Alarm.State.CANDIDATE);
  }
}
