package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.reach.Reach;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which latencies one technique reaches on a network, from its random variants. All figures are
 * shares of the parent's. Immutable.
 *
 * @param variants how many there are
 * @param latency the range of their latencies
 * @param macs the range of their multiply-accumulates
 * @param aboutHalf those about half of whose calculation is left; empty if there are none
 */
public record ReachSpan(int variants, Range latency, Range macs, Optional<Middle> aboutHalf) {
  /** About half of the calculation is left: within this of 0.5. */
  public static final double ABOUT = 0.1;

  /** The lowest and the highest. */
  public record Range(double low, double high) {}

  /** How many there are, and the median of their latencies. */
  public record Middle(int variants, double medianLatency) {}

  /** The span of a technique; empty if the network has nothing that it could remove. */
  public static Optional<ReachSpan> of(Reach reach, String technique) {
    List<Reach.Point> points = reach.of(technique);
    if (points.isEmpty()) {
      return Optional.empty();
    }
    double[] latency = points.stream().mapToDouble(Reach.Point::latency).sorted().toArray();
    double[] macs = points.stream().mapToDouble(Reach.Point::macs).sorted().toArray();
    double[] about =
        points.stream()
            .filter(p -> Math.abs(p.macs() - 0.5) <= ABOUT)
            .mapToDouble(Reach.Point::latency)
            .sorted()
            .toArray();
    return Optional.of(
        new ReachSpan(
            points.size(),
            new Range(latency[0], latency[latency.length - 1]),
            new Range(macs[0], macs[macs.length - 1]),
            about.length == 0
                ? Optional.empty()
                : Optional.of(new Middle(about.length, median(about)))));
  }

  /** How far the parent strayed from itself, a share; empty if it was not timed so. */
  public static OptionalDouble band(Reach reach) {
    return reach.of(Reach.PARENT).stream().mapToDouble(p -> Math.abs(p.latency() - 1)).max();
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
