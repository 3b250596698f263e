package io.drivemark.reports.night;

import java.util.regex.Pattern;

/**
 * Texts of users as one line that nothing takes for more than text. Stateless. What a format has
 * signs for is escaped by the format besides.
 */
public final class Inert {
  /** The most characters of a name; more tell nobody anything. */
  static final int NAME = 200;

  /** The most characters of a sentence. */
  static final int SENTENCE = 1000;

  /** Controls, ends of lines, what turns the direction of writing, halves of characters. */
  private static final Pattern UNPRINTED =
      Pattern.compile(
          "[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cs}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+");

  private Inert() {}

  /** A name: one line of at most {@link #NAME} characters. */
  public static String name(String text) {
    return line(text, NAME);
  }

  /** A sentence: one line of at most {@link #SENTENCE} characters. */
  public static String sentence(String text) {
    return line(text, SENTENCE);
  }

  private static String line(String text, int most) {
    String line = UNPRINTED.matcher(text).replaceAll(" ").strip();
    if (line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }
}
