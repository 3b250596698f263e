package io.drivemark.eval.history;

import io.drivemark.problem.BadInputException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person said of a night or of an event, with name and time. Immutable.
 *
 * @param kind what was said
 * @param subject uid of the night or of the event
 * @param text why, or what is to be known; never blank
 * @param by who said it; never blank
 * @param at when, to the millisecond
 */
public record Decision(Kind kind, String subject, String text, String by, Instant at) {
  /** What can be said. */
  public enum Kind {
    /** Of an event: it is meant, the new level is right. */
    ACCEPT("accept", true),
    /** Of an event: it is none. */
    DISMISS("dismiss", true),
    /** Of a night: what a reader must know. */
    ANNOTATE("annotate", false),
    /** Of a night: it enters no baseline. */
    EXCLUDE("exclude", false),
    /** Of a night: it enters baselines again. */
    INCLUDE("include", false);

    private final String word;
    private final boolean ofEvent;

    Kind(String word, boolean ofEvent) {
      this.word = word;
      this.ofEvent = ofEvent;
    }

    /** As files and databases have it. */
    public String word() {
      return word;
    }

    /** Whether it is said of an event; else of a night. */
    public boolean isOfEvent() {
      return ofEvent;
    }

    /** The kind of a word. */
    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
  }

  /** The most that a text may have, so that pages stay pages. */
  public static final int MOST_CHARACTERS = 10_000;

  public Decision {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(subject, "subject");
    at = at.truncatedTo(ChronoUnit.MILLIS);
    if (text.isBlank() || by.isBlank()) {
      throw new BadInputException(
          kind.word()
              + ": "
              + (text.isBlank() ? "a text is needed: why, in a sentence" : "a name is needed"));
    }
    if (text.length() > MOST_CHARACTERS) {
      throw new BadInputException(
          kind.word()
              + ": the text has "
              + text.length()
              + " characters, at most "
              + MOST_CHARACTERS);
    }
  }

  /**
   * What tells it from every other decision, 32 hexadecimal digits. It does not hang on what it is
   * of, since a night that is measured anew gets another uid and its decisions stay with it.
   */
  public String uid() {
    return new KeyDigest("drivemark-decision/1")
        .add("kind", kind.word())
        .add("text", text)
        .add("by", by)
        .add("at", at.toString())
        .digest();
  }

  /** Why nights are in no baseline, by their uids: what was said last counts. */
  public static Map<String, String> exclusions(List<Decision> oldestFirst) {
    Map<String, String> out = new LinkedHashMap<>();
    for (Decision decision : oldestFirst) {
      switch (decision.kind()) {
        case EXCLUDE -> out.put(decision.subject(), decision.text());
        case INCLUDE -> out.remove(decision.subject());
        case ACCEPT, DISMISS, ANNOTATE -> {
          // says nothing of baselines
        }
      }
    }
    return out;
  }

  /** The same of another subject. */
  public Decision of(String other) {
    return new Decision(kind, other, text, by, at);
  }
}
