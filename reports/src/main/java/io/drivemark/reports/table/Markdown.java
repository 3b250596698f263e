package io.drivemark.reports.table;

import io.drivemark.problem.OneLine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts from records as Markdown: whatever a model, dataset or class is called, it stays words.
 * Stateless.
 */
public final class Markdown {
  private static final Pattern SIGNS = Pattern.compile("[\\\\`*\\[\\]{}|#~!]");
  private static final Pattern OUTER_UNDERSCORE =
      Pattern.compile("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");
  private static final Pattern LIST = Pattern.compile("^([-+=])(?=\\s|$)|^([0-9]+)([.)])(?=\\s|$)");

  private Markdown() {}

  /**
   * A text in a paragraph, a list, a heading or a cell: no link, no picture, no emphasis, no
   * markup, no new line, no new cell, no mention of a person or an issue.
   */
  public static String text(String text) {
    String line = OneLine.of(text);
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    line = SIGNS.matcher(line).replaceAll(m -> Matcher.quoteReplacement("\\" + m.group()));
    line = OUTER_UNDERSCORE.matcher(line).replaceAll(Matcher.quoteReplacement("\\_"));
    line = line.replace("://", "&#58;//").replace("www.", "www&#46;").replace("@", "&#64;");
    return LIST.matcher(line)
        .replaceFirst(
            m ->
                Matcher.quoteReplacement(
                    m.group(1) != null ? "\\" + m.group(1) : m.group(2) + "\\" + m.group(3)));
  }

  /** A text as code, outside of tables. */
  public static String code(String text) {
    String line = OneLine.of(text).replace('`', '\'');
    return line.isEmpty() ? "–" : "`" + line + "`";
  }
}
