package io.drivemark.eval.history.judge;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The judgement of a night. Immutable.
 *
 * @param night which night
 * @param machine the machine's key
 * @param state in one word
 * @param sentence in one sentence
 * @param coverage how much was judged
 * @param reasons why the night, or its latency, was not judged; each a sentence
 * @param census each series and metric, by series, then metric
 * @param accuracy how predictions stand to earlier ones, by series
 * @param alarms tonight's findings, those that hold first, then by size
 * @param events those that are open, and those that opened, changed or closed tonight
 * @param news uids of events that opened, changed or closed tonight
 * @param confirm what is to be timed again; empty if nothing is, or it was done
 */
public record Verdict(
    Night.Ref night,
    String machine,
    State state,
    String sentence,
    Coverage coverage,
    List<String> reasons,
    List<Census> census,
    List<AccuracyFinding> accuracy,
    List<Alarm> alarms,
    List<Event> events,
    List<String> news,
    Optional<ConfirmPlan> confirm) {

  /** A verdict in one word. */
  public enum State {
    /** Enough was judged, and no event for the worse is open. */
    FINE("fine"),
    /** An event for the worse is open, or bits that were to be equal are not. */
    WORSE("worse"),
    /** Too little was judged, and nothing of it is worse. */
    NOT_JUDGED("not judged");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As files and databases have it. */
    public String word() {
      return word;
    }
  }

  /**
   * How much was judged, in figures (series × metric).
   *
   * @param judged figures
   * @param notJudged figures that were to be judged and were not
   * @param gone figures that are no longer to be measured
   * @param required the share that is needed
   */
  public record Coverage(int judged, int notJudged, int gone, double required) {
    /** Judged of expected; 0 if nothing was expected. */
    public double share() {
      return judged == 0 ? 0 : (double) judged / (judged + notJudged);
    }

    /** Whether enough was judged; never if nothing was. */
    public boolean suffices() {
      return judged > 0 && share() >= required;
    }
  }

  public Verdict {
    Objects.requireNonNull(night, "night");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(coverage, "coverage");
    reasons = List.copyOf(reasons);
    census = List.copyOf(census);
    accuracy = List.copyOf(accuracy);
    alarms = List.copyOf(alarms);
    events = List.copyOf(events);
    news = List.copyOf(news);
    Objects.requireNonNull(confirm, "confirm");
  }
}
