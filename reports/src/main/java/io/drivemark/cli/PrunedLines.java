package io.drivemark.cli;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.variant.CalibrationSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What pruning left of a network, as lines for people. */
final class PrunedLines {
  private PrunedLines() {}

  static List<String> of(Network whole, Network part, CalibrationSet frames, PruningPlan plan) {
    List<String> lines = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      long before = measure.of(whole, frames.height(), frames.width());
      long after = measure.of(part, frames.height(), frames.width());
      lines.add(
          text("%-8s %d of %d (%.1f %%)", measure.key(), after, before, 100.0 * after / before));
    }
    Map<String, String> found = plan.evidence();
    if (found.containsKey("latency-measured")) {
      lines.add(
          text(
              "latency  %s of %s ms (%.1f %%, predicted %.1f %%, A-A band ±%.1f %%) at %s on %s",
              found.get("latency-ms"),
              found.get("latency-parent-ms"),
              percent(found.get("latency-measured")),
              percent(found.get("latency-predicted")),
              percent(found.get("latency-band")),
              found.get("latency-size"),
              found.get("latency-engine")));
    }
    return lines;
  }

  private static double percent(String share) {
    return 100 * Double.parseDouble(share);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
