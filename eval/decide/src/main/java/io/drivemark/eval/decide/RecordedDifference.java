package io.drivemark.eval.decide;

import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.MiouDifference;
import java.util.List;
import java.util.Map;
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
 * @param clusters over how many clusters of frames; absent where the record names no frames
 */
public record RecordedDifference(
    String from,
    double value,
    OptionalDouble low,
    OptionalDouble high,
    OptionalDouble expandedLow,
    OptionalDouble expandedHigh,
    OptionalDouble swapP,
    Optional<Integer> clusters) {
  public RecordedDifference {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
    Objects.requireNonNull(expandedLow, "expandedLow");
    Objects.requireNonNull(expandedHigh, "expandedHigh");
    Objects.requireNonNull(swapP, "swapP");
    Objects.requireNonNull(clusters, "clusters");
  }

  /** Those of an entry, in its record's order. */
  public static List<RecordedDifference> of(Entry entry) {
    return switch (Measure.of(entry)) {
      case MIOU -> {
        Optional<Integer> clusters =
            clusters(entry.perImage().stream().map(ImageScore::attributes));
        yield entry.differences().stream().map(d -> of(d, clusters)).toList();
      }
      case ABS_REL -> {
        DepthAccuracy depth = entry.depth().orElseThrow();
        Optional<Integer> clusters =
            clusters(depth.frames().stream().map(DepthAccuracy.Frame::attributes));
        yield depth.differences().stream().flatMap(d -> of(d, clusters)).toList();
      }
    };
  }

  /** How many clusters the frames make, which both networks of a difference were judged on. */
  private static Optional<Integer> clusters(Stream<Map<String, String>> attributes) {
    List<Map<String, String>> frames = attributes.toList();
    return frames.isEmpty() ? Optional.empty() : Optional.of(Reliability.clusters(frames).count());
  }

  /** That from another network, where the record has it. */
  public static Optional<RecordedDifference> of(Entry entry, String from) {
    return of(entry).stream().filter(d -> d.from().equals(from)).findFirst();
  }

  private static RecordedDifference of(MiouDifference d, Optional<Integer> clusters) {
    return new RecordedDifference(
        d.from(),
        d.miou(),
        d.low(),
        d.high(),
        d.expandedLow(),
        d.expandedHigh(),
        d.swapP(),
        clusters);
  }

  private static Stream<RecordedDifference> of(
      DepthAccuracy.Difference d, Optional<Integer> clusters) {
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
                    c.swapP(),
                    clusters));
  }
}
