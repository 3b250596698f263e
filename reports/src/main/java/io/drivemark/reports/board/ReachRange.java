package io.drivemark.reports.board;

import io.drivemark.eval.runner.record.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The latencies that a technique reaches on a network, from its random variants. Stateless. */
public final class ReachRange {
  private static final List<String> KINDS = List.of("filter", "layer");

  /** Variants about half of whose calculation is left: within this of 0.5. */
  private static final double ABOUT = 0.1;

  private ReachRange() {}

  /** A sentence for each kind of pruning, one about the middle, one about the resolution. */
  public static List<String> sentences(Reach reach) {
    List<String> out = new ArrayList<>();
    KINDS.forEach(kind -> out.add(range(reach, kind)));
    List<String> middle = new ArrayList<>();
    for (String kind : KINDS) {
      List<Reach.Point> about =
          reach.of(kind).stream().filter(p -> Math.abs(p.macs() - 0.5) <= ABOUT).toList();
      if (!about.isEmpty()) {
        middle.add(
            String.format(
                Locale.ROOT,
                "%s %s of the latency (median of %d)",
                about.size() == 1 ? "one pruned by " + kind + " keeps" : kind + " pruning leaves",
                percent(median(about.stream().map(Reach.Point::latency).toList())),
                about.size()));
      }
    }
    if (!middle.isEmpty()) {
      out.add("With 40 to 60 % of the multiply-accumulates, " + String.join(", ", middle) + ".");
    }
    band(reach)
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

  /** How far the parent strayed from itself, a share; empty if it was not timed so. */
  public static OptionalDouble band(Reach reach) {
    return reach.of(Reach.PARENT).stream().mapToDouble(p -> Math.abs(p.latency() - 1)).max();
  }

  private static String range(Reach reach, String kind) {
    List<Reach.Point> points = reach.of(kind);
    if (points.isEmpty()) {
      return "The network has nothing that " + kind + " pruning could remove.";
    }
    double[] latency = points.stream().mapToDouble(Reach.Point::latency).sorted().toArray();
    double[] macs = points.stream().mapToDouble(Reach.Point::macs).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%s %d random variants, %s pruning reaches %s to %s of the parent's latency (%s to %s of its"
            + " multiply-accumulates).",
        points.size() == 1 ? "By" : "Over",
        points.size(),
        kind,
        percent(latency[0]),
        percent(latency[latency.length - 1]),
        percent(macs[0]),
        percent(macs[macs.length - 1]));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
