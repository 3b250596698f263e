package io.drivemark.eval.history.store;

import java.util.Arrays;
import java.util.List;

/** Several texts in one column, a line each; lines and backslashes within them are written out. */
final class Lines {
  private Lines() {}

  static String join(List<String> texts) {
    return String.join(
        "\n", texts.stream().map(t -> t.replace("\\", "\\\\").replace("\n", "\\n")).toList());
  }

  static List<String> split(String joined) {
    if (joined.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(joined.split("\n", -1)).map(Lines::plain).toList();
  }

  private static String plain(String line) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        i++;
        out.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
