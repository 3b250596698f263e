package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a night ended. Immutable.
 *
 * @param night its folder
 * @param verdict what was judged
 * @param requirements bounds of the study that are not met by what was measured
 * @param unchecked bounds of the study for what was not measured, or is undefined
 * @param notes what a reader must know besides
 */
public record Outcome(
    NightFolder night,
    Verdict verdict,
    List<String> requirements,
    List<String> unchecked,
    List<String> notes) {
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
    unchecked = List.copyOf(unchecked);
    notes = List.copyOf(notes);
  }

  /**
   * What the command ends with. Worse goes before not judged: of what was judged something is worse
   * all the same. Too little judged never ends with 0, whatever was asked for, nor does a bound
   * that was not checked.
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
    return judged && unchecked.isEmpty() ? FINE : NOT_JUDGED;
  }

  /**
   * Why figures were not judged, each reason with how many, the commonest first. Of reasons that
   * name figures apart only the count is of use; the verdict's census has each of them.
   */
  public Map<String, Integer> unjudged() {
    Map<String, Integer> counts = new TreeMap<>();
    verdict.census().stream()
        .filter(figure -> figure.state() == Census.State.NOT_JUDGED)
        .forEach(figure -> counts.merge(figure.reason(), 1, Integer::sum));
    Map<String, Integer> out = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(e -> out.put(e.getKey(), e.getValue()));
    return out;
  }

  private boolean isWorse() {
    return verdict.state() == Verdict.State.WORSE || !requirements.isEmpty();
  }

  private boolean hasCandidate() {
    return verdict.alarms().stream()
        .anyMatch(alarm -> alarm.worse() && alarm.state() == Alarm.State.CANDIDATE);
  }
}
