package io.drivemark.eval.decide;

import io.drivemark.eval.statistics.ClusterSwapTest;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How many clusters of frames the swap test needs before anything can be claimed: the smallest p of
 * n clusters is 2/2ⁿ, and of several tests that Holm adjusts together the surest must come to
 * {@link Comparison#LEVEL} over their number. Stateless.
 *
 * <p>Example: one test needs 6 clusters, two or three need 7; of 4 clusters nothing follows,
 * however large the difference.
 */
public final class SwapReach {
  private SwapReach() {}

  /**
   * Whether no difference whatever could be claimed.
   *
   * @param clusters of frames, at least 1
   * @param tests that are adjusted together, at least 1
   */
  public static boolean isTooFew(int clusters, int tests) {
    return tests * ClusterSwapTest.smallestP(clusters) > Comparison.LEVEL;
  }

  /**
   * The same of a recorded test.
   *
   * @param clusters of frames; absent in records of older programs, which have no p where there are
   *     fewer than two
   * @param p of the test; absent where there was none
   * @param tests that are adjusted together
   */
  public static boolean isTooFew(Optional<Integer> clusters, OptionalDouble p, int tests) {
    return clusters.map(n -> isTooFew(n, Math.max(1, tests))).orElse(p.isEmpty());
  }

  /**
   * The fewest clusters with which one of so many tests can come to a claim; empty where exchanges
   * are drawn too seldom for so many tests.
   *
   * @param tests that are adjusted together; none counts as one
   */
  public static OptionalInt needed(int tests) {
    return IntStream.rangeClosed(1, ClusterSwapTest.MOST_EXACT + 1)
        .filter(clusters -> !isTooFew(clusters, Math.max(1, tests)))
        .findFirst();
  }
}
