package io.drivemark.datasets.verify;

import java.util.Comparator;
import java.util.List;

/**
 * How the share of void pixels spreads over frames, each 0 to 1. Immutable.
 *
 * @param median the middle frame's share (the lower middle one of an even number)
 * @param highest the largest share
 * @param worst the frame that has it; empty if no frame was counted
 * @param mostlyVoid frames of which more than half is void
 */
public record VoidSpread(double median, double highest, String worst, int mostlyVoid) {
  /** One frame's share. */
  record Share(String id, double share) {}

  static VoidSpread of(List<Share> shares) {
    if (shares.isEmpty()) {
      return new VoidSpread(0, 0, "", 0);
    }
    List<Share> sorted =
        shares.stream()
            .sorted(Comparator.comparingDouble(Share::share).thenComparing(Share::id))
            .toList();
    double highest = sorted.get(sorted.size() - 1).share();
    return new VoidSpread(
        sorted.get((sorted.size() - 1) / 2).share(),
        highest,
        sorted.stream().filter(s -> s.share() == highest).findFirst().orElseThrow().id(),
        (int) sorted.stream().filter(s -> s.share() > 0.5).count());
  }
}
