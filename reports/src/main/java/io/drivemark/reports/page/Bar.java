package io.drivemark.reports.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lengths of bars, as the page's style sheet has them. Stateless. */
final class Bar {
  private Bar() {}

  /** The length that stands for a share, none below 0 and the whole from 1 on. */
  static String length(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * Math.max(0, Math.min(1, share)));
  }

  /** The lengths of bars side by side, of which the longest is the whole. */
  static List<String> lengths(double... values) {
    double most = Arrays.stream(values).max().orElse(1);
    return Arrays.stream(values)
        .mapToObj(value -> String.format(Locale.ROOT, "%.1f%%", 100 * value / most))
        .toList();
  }
}
