package io.drivemark.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name nearest to a mistyped one, for error messages. Stateless. */
public final class Nearest {
  private static final int LONGEST = 200;

  private Nearest() {}

  /**
   * Returns the candidate with the smallest edit distance, if it is near enough to be meant: at
   * most a third of the longer name, rounded up; names of more than 200 characters are near none.
   * {@code nearest("protocoll", [protocol, size])} is {@code protocol}.
   */
  public static Optional<String> nearest(String name, Collection<String> candidates) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .filter(
            c -> {
              int most = (Math.max(c.length(), name.length()) + 2) / 3;
              return Math.abs(c.length() - name.length()) <= most
                  && distance(wanted, c.toLowerCase(Locale.ROOT)) <= most;
            })
        .min(
            Comparator.<String>comparingInt(c -> distance(wanted, c.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns {@code " (did you mean 'x'?)"}, or the empty string where nothing is near. */
  public static String hint(String name, Collection<String> candidates) {
    return nearest(name, candidates).map(c -> " (did you mean '" + c + "'?)").orElse("");
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(Math.min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + cost);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
