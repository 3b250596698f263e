package io.drivemark.problem;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts that came from a file or from people, as text that stays where it is put: nothing ends a
 * line, moves a terminal's cursor or turns the direction of writing. Stateless. What a format has
 * signs for is escaped by the format besides.
 */
public final class OneLine {
  /**
   * Controls (C0 and C1, tab and new line among them), other ends of lines, halves of characters,
   * what turns the direction of writing, the byte order mark and what is no character.
   */
  private static final Pattern UNPRINTED =
      Pattern.compile(
          "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\ufeff"
              + "\\ufffe\\uffff]+");

  private OneLine() {}

  /** On one line, without spaces at its ends; a blank for each run of what cannot be printed. */
  public static String of(String text) {
    return printed(text).strip();
  }

  /** The same of at most so many characters, the last of which says that there were more. */
  public static String of(String text, int most) {
    String line = of(text);
    if (line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** On one line, spaces at its ends kept. */
  public static String printed(String text) {
    return UNPRINTED.matcher(text).replaceAll(" ");
  }

  /** Each line of a text for itself: its lines stay lines. */
  public static String each(String text) {
    return text.lines().map(OneLine::printed).collect(Collectors.joining("\n"));
  }
}
