package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.MiouDifference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * By how much a network's value of its measure differs from another's on the same frames, engine
 * and size, as its record keeps it. Immutable.
 *
 * @param from name of the other network
 * @param value this one's less the other's
 * @param low lower end of the 95 % percentile interval; empty with fewer than two clusters
 * @param high upper end
 * @param expandedLow lower end of the interval widened for few clusters
 * @param expandedHigh upper end
 * @param swapP two-sided p-value of the swap test, not adjusted
 */
public record RecordedDifference(
    String from,
    double value,
    OptionalDouble low,
    OptionalDouble high,
    OptionalDouble expandedLow,
    OptionalDouble expandedHigh,
    OptionalDouble swapP) {
  public RecordedDifference {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
    Objects.requireNonNull(expandedLow, "expandedLow");
    Objects.requireNonNull(expandedHigh, "expandedHigh");
    Objects.requireNonNull(swapP, "swapP");
  }

  /** Those of an entry, in its record's order. */
  public static List<RecordedDifference> of(Entry entry) {
    return switch (Measure.of(entry)) {
      case MIOU -> entry.differences().stream().map(RecordedDifference::of).toList();
      case ABS_REL ->
          entry.depth().stream()
              .flatMap(depth -> depth.differences().stream())
              .flatMap(RecordedDifference::of)
              .toList();
    };
  }

  /** That from another network, where the record has it. */
  public static Optional<RecordedDifference> of(Entry entry, String from) {
    return of(entry).stream().filter(d -> d.from().equals(from)).findFirst();
  }

  private static RecordedDifference of(MiouDifference d) {
    return new RecordedDifference(
        d.from(), d.miou(), d.low(), d.high(), d.expandedLow(), d.expandedHigh(), d.swapP());
  }

  private static Stream<RecordedDifference> of(DepthAccuracy.Difference d) {
    return Stream.ofNullable(d.errors().get(Measure.ABS_REL_ERROR))
        .map(
            c ->
                new RecordedDifference(
                    d.from(),
                    c.value(),
                    c.low(),
                    c.high(),
                    c.expandedLow(),
                    c.expandedHigh(),
                    c.swapP()));
  }
}
