package io.drivemark.eval.history.judge;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes of figures with one onset. Immutable.
 *
 * @param uid tells it from every other event; it stays while the event lives
 * @param machine the machine's key that it was seen on
 * @param state what became of it
 * @param worse whether it is for the worse; changes for the better are events too, since levels
 *     follow them, and no alarms
 * @param cause what it is laid to
 * @param changes which figures, the largest change first
 * @param onset from when on
 * @param opened the night whose verdict first had it
 * @param closed the night whose verdict closed it
 * @param conditions what changed between the two nights of the onset: {@code name: old -> new}
 * @param decision what a person said
 */
public record Event(
    String uid,
    String machine,
    State state,
    boolean worse,
    Cause cause,
    List<Change> changes,
    Onset onset,
    Night.Ref opened,
    Optional<Night.Ref> closed,
    List<String> conditions,
    Optional<Decision> decision) {

  /** What became of an event. */
  public enum State {
    /** Seen, not confirmed yet. */
    CANDIDATE("candidate"),
    /** It holds; it is open until a person or a later night closes it. */
    CONFIRMED("confirmed"),
    /** Measured again, and not there. */
    CLEARED("cleared"),
    /** A person says that it is meant: the new level is right. */
    ACCEPTED("accepted"),
    /** The level came back. */
    FIXED("fixed"),
    /** A person says that it is none. */
    DISMISSED("dismissed");

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
   * One figure that changed, in the terms of {@link Alarm}.
   *
   * @param series whose
   * @param metric which
   * @param ofClass of which class
   * @param kind by which test it was found
   * @param baseline the level before
   * @param level the level after
   * @param change of timed metrics level / baseline − 1, of others level − baseline
   */
  public record Change(
      Series series,
      String metric,
      Optional<String> ofClass,
      Alarm.Kind kind,
      double baseline,
      double level,
      double change) {
    public Change {
      Objects.requireNonNull(series, "series");
      Objects.requireNonNull(metric, "metric");
      Objects.requireNonNull(ofClass, "ofClass");
      Objects.requireNonNull(kind, "kind");
    }
  }

  /**
   * What a person said of an event.
   *
   * @param by who
   * @param because why
   * @param at when
   */
  public record Decision(String by, String because, Instant at) {
    public Decision {
      Objects.requireNonNull(by, "by");
      Objects.requireNonNull(because, "because");
      Objects.requireNonNull(at, "at");
    }
  }

  public Event {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(cause, "cause");
    changes = List.copyOf(changes);
    Objects.requireNonNull(onset, "onset");
    Objects.requireNonNull(opened, "opened");
    Objects.requireNonNull(closed, "closed");
    conditions = List.copyOf(conditions);
    Objects.requireNonNull(decision, "decision");
  }

  /** After so many nights in a row near the level before, a timed figure is back. */
  public static final int NIGHTS_BACK = 4;

  /** Whether it is for the worse, and waits for a person or for the level to come back. */
  public boolean isOpen() {
    return worse && state == State.CONFIRMED;
  }

  /** The same in another state, closed by this night. */
  public Event closed(State how, Night.Ref by) {
    return copy(how, Optional.of(by), decision);
  }

  /** The same as it was before a night closed it. */
  public Event reopened() {
    return copy(State.CONFIRMED, Optional.empty(), decision);
  }

  /** The same as a person decided. */
  public Event decided(State how, Decision said) {
    return copy(how, closed, Optional.of(said));
  }

  private Event copy(State how, Optional<Night.Ref> by, Optional<Decision> said) {
    return new Event(uid, machine, how, worse, cause, changes, onset, opened, by, conditions, said);
  }
}
