package io.drivemark.reports.night;

import io.drivemark.problem.OneLine;

/**
 * Texts of users as one line that nothing takes for more than text. Stateless. What a format has
 * signs for is escaped by the format besides.
 */
public final class Inert {
  /** The most characters of a name; more tell nobody anything. */
  static final int NAME = 200;

  /** The most characters of a sentence. */
  static final int SENTENCE = 1000;

  private Inert() {}

  /** A name: one line of at most {@link #NAME} characters. */
  public static String name(String text) {
    return OneLine.of(text, NAME);
  }

  /** A sentence: one line of at most {@link #SENTENCE} characters. */
  public static String sentence(String text) {
    return OneLine.of(text, SENTENCE);
  }
}
