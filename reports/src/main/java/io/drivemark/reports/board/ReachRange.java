package io.drivemark.reports.board;

import io.drivemark.eval.decide.ReachSpan;
import io.drivemark.eval.runner.record.reach.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The latencies that techniques reach on a network, in words; {@link ReachSpan} has the numbers.
 * Stateless.
 */
public final class ReachRange {
  private static final List<String> KINDS = List.of("filter", "layer");

  private ReachRange() {}

  /** A sentence for each kind of pruning, one about the middle, one about the resolution. */
  public static List<String> sentences(Reach reach) {
    List<String> out = new ArrayList<>();
    KINDS.forEach(kind -> out.add(range(reach, kind)));
    List<String> middle = new ArrayList<>();
    for (String kind : KINDS) {
      ReachSpan.of(reach, kind)
          .flatMap(ReachSpan::aboutHalf)
          .ifPresent(about -> middle.add(middle(kind, about)));
    }
    if (!middle.isEmpty()) {
      out.add("With 40 to 60 % of the multiply-accumulates, " + String.join(", ", middle) + ".");
    }
    ReachSpan.band(reach)
        .ifPresent(
            band ->
                out.add(
                    String.format(
                        Locale.ROOT,
                        "The parent timed against itself strayed by up to %.1f %%: smaller"
                            + " differences mean nothing.",
                        100 * band)));
    return out;
  }

  private static String middle(String kind, ReachSpan.Middle about) {
    return String.format(
        Locale.ROOT,
        "%s %s of the latency (median of %d)",
        about.variants() == 1 ? "one pruned by " + kind + " keeps" : kind + " pruning leaves",
        percent(about.medianLatency()),
        about.variants());
  }

  private static String range(Reach reach, String kind) {
    Optional<ReachSpan> found = ReachSpan.of(reach, kind);
    if (found.isEmpty()) {
      return "The network has nothing that " + kind + " pruning could remove.";
    }
    ReachSpan span = found.get();
    return String.format(
        Locale.ROOT,
        "%s %d random variants, %s pruning reaches %s to %s of the parent's latency (%s to %s of its"
            + " multiply-accumulates).",
        span.variants() == 1 ? "By" : "Over",
        span.variants(),
        kind,
        percent(span.latency().low()),
        percent(span.latency().high()),
        percent(span.macs().low()),
        percent(span.macs().high()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
