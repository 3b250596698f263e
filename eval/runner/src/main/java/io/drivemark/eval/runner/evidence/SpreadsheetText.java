package io.drivemark.eval.runner.evidence;

import io.drivemark.config.Numbers;

/** Texts in CSV files that people open with a spreadsheet. Stateless. */
public final class SpreadsheetText {
  private static final String STARTS_FORMULA = "=+-@\t\r\n";

  private SpreadsheetText() {}

  /**
   * The text with an apostrophe before it where a spreadsheet would take it for a formula: it
   * begins with {@code =}, {@code +}, {@code -}, {@code @}, a tab or a line break, and is no
   * number.
   */
  public static String safe(String text) {
    boolean formula = !text.isEmpty() && STARTS_FORMULA.indexOf(text.charAt(0)) >= 0;
    return formula && Numbers.real(text).isEmpty() ? "'" + text : text;
  }
}
