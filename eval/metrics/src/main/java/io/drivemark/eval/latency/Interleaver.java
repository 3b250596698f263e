package io.drivemark.eval.latency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order in which candidates are timed: rounds of one block a candidate, in random order each
 * round, so that drift of the machine meets all alike. Deterministic by seed. Stateless.
 */
public final class Interleaver {
  private Interleaver() {}

  /**
   * One block: a candidate runs some times in a row.
   *
   * @param round from 0
   * @param candidate its index
   * @param runs how many timed runs
   */
  public record Block(int round, int candidate, int runs) {}

  /**
   * The blocks in the order to run them. Each candidate gets {@code runs} runs, spread evenly over
   * ⌊runs / blockRuns⌋ rounds (at least one), so that no block is shorter than {@code blockRuns}
   * unless all runs together are.
   */
  public static List<Block> schedule(int candidates, int runs, int blockRuns, long seed) {
    if (candidates < 1 || runs < 1 || blockRuns < 1) {
      throw new IllegalArgumentException(
          "interleaver: "
              + candidates
              + " candidates, "
              + runs
              + " runs, "
              + blockRuns
              + " runs a block; each must be at least 1");
    }
    int rounds = Math.max(1, runs / blockRuns);
    Random random = new Random(seed);
    List<Integer> order = new ArrayList<>();
    for (int c = 0; c < candidates; c++) {
      order.add(c);
    }
    List<Block> blocks = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      int runsHere = runs / rounds + (round < runs % rounds ? 1 : 0);
      Collections.shuffle(order, random);
      for (int c : order) {
        blocks.add(new Block(round, c, runsHere));
      }
    }
    return List.copyOf(blocks);
  }
}
