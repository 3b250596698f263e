package io.drivemark.reports.board;

import io.drivemark.eval.decide.SwapReach;
import java.util.Optional;

/** What is said where frames make too few clusters for a test. Stateless. */
public final class ClusterWords {
  private static final String TOO_FEW = "too few clusters for a test";

  private ClusterWords() {}

  /**
   * How many there are and how many are needed: {@code too few clusters for a test (4, at least 6
   * are needed)}.
   *
   * @param clusters absent in records of older programs
   * @param tests that are adjusted together
   */
  public static String tooFew(Optional<Integer> clusters, int tests) {
    return TOO_FEW
        + clusters
            .map(
                n ->
                    " ("
                        + n
                        + SwapReach.needed(tests).stream()
                            .mapToObj(least -> ", at least " + least + " are needed")
                            .findFirst()
                            .orElse("")
                        + ")")
            .orElse("");
  }

  /** The same where there is little room: {@code too few clusters for a test: 4}. */
  public static String tooFew(Optional<Integer> clusters) {
    return TOO_FEW + clusters.map(n -> ": " + n).orElse("");
  }
}
