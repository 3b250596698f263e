package io.drivemark.architectures.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Patterns in which a star stands for any text, as little as possible. Stateless. */
final class Stars {
  private Stars() {}

  /** What the stars stand for if a pattern fits a whole text; takes time in proportion to it. */
  static Optional<List<String>> match(String pattern, String text) {
    String[] parts = pattern.split("\\*", -1);
    String first = parts[0];
    String last = parts[parts.length - 1];
    if (parts.length == 1) {
      return pattern.equals(text) ? Optional.of(List.of()) : Optional.empty();
    }
    int end = text.length() - last.length();
    if (!text.startsWith(first) || !text.endsWith(last) || end < first.length()) {
      return Optional.empty();
    }
    List<String> stars = new ArrayList<>();
    int at = first.length();
    for (int i = 1; i < parts.length - 1; i++) {
      int next = text.indexOf(parts[i], at);
      if (next < 0 || next + parts[i].length() > end) {
        return Optional.empty();
      }
      stars.add(text.substring(at, next));
      at = next + parts[i].length();
    }
    stars.add(text.substring(at, end));
    return Optional.of(stars);
  }

  /** The pattern with these texts in place of its stars. */
  static String fill(String pattern, List<String> texts) {
    StringBuilder filled = new StringBuilder();
    int star = 0;
    for (char c : pattern.toCharArray()) {
      filled.append(c == '*' ? texts.get(star++) : String.valueOf(c));
    }
    return filled.toString();
  }
}
