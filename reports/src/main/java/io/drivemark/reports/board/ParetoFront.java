package io.drivemark.reports.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The contenders that are worth their time: going from the fastest to the slowest, each that is
 * more accurate than all faster ones. An advantage below {@value #SAME_MIOU} mIoU is none: that
 * much the same network moves between two engines by rounding alone, and a slower engine must not
 * win by it. Sorted from the fastest to the most accurate. Immutable.
 *
 * <p>Example: of (0.60, 10 ms), (0.55, 12 ms) and (0.70, 30 ms) the second is beaten by the first;
 * the front is the first and the third.
 *
 * @param members fastest first; empty if no contender has both accuracy and speed
 */
public record ParetoFront(List<Contender> members) {
  /** Differences of mIoU up to this are no advantage. */
  public static final double SAME_MIOU = 0.0005;

  public ParetoFront {
    members = List.copyOf(members);
  }

  /** The front of these contenders; those without accuracy or speed are left aside. */
  public static ParetoFront of(List<Contender> contenders) {
    List<Contender> byTime =
        contenders.stream()
            .filter(Contender::rated)
            .sorted(
                Comparator.comparingDouble((Contender c) -> c.meanMs().getAsDouble())
                    .thenComparingDouble(c -> -c.miou().getAsDouble())
                    .thenComparingInt(Contender::number))
            .toList();
    List<Contender> members = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Contender c : byTime) {
      if (c.miou().getAsDouble() > best + SAME_MIOU) {
        members.add(c);
        best = c.miou().getAsDouble();
      }
    }
    return new ParetoFront(members);
  }

  /** Whether the contender is on the front. */
  public boolean contains(Contender contender) {
    Objects.requireNonNull(contender, "contender");
    return members.contains(contender);
  }

  /**
   * The most accurate contender whose mean latency is at most the budget.
   *
   * @param budgetMs milliseconds a frame, more than 0
   * @return empty if none is fast enough
   */
  public Optional<Contender> bestWithin(double budgetMs) {
    if (!(budgetMs > 0)) {
      throw new IllegalArgumentException("time budget: more than 0 ms expected, got " + budgetMs);
    }
    return members.stream()
        .filter(c -> c.meanMs().getAsDouble() <= budgetMs)
        .reduce((faster, slower) -> slower);
  }
}
