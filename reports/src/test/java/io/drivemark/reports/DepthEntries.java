package io.drivemark.reports;

import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ProtocolFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Entries of depth for tests of reports: those of a study with their accuracy exchanged. */
public final class DepthEntries {
  private DepthEntries() {}

  /**
   * The entry as if its model had been asked for depth.
   *
   * @param absRel its mean; its two frames lie a tenth of it around it
   */
  public static Entry of(Entry entry, double absRel) {
    DepthScores mean = scores(absRel);
    OptionalDouble low = OptionalDouble.of(0.9 * absRel);
    OptionalDouble high = OptionalDouble.of(1.1 * absRel);
    Confidence.Range range = new Confidence.Range(low, high, low, high, low, high);
    DepthAccuracy depth =
        new DepthAccuracy(
            DepthAccuracy.Rule.of(DepthRule.eigenSplit()),
            Optional.of(mean),
            List.of(
                new DepthAccuracy.Frame("a", scores(0.9 * absRel), Map.of("weather", "clear")),
                new DepthAccuracy.Frame("b", scores(1.1 * absRel), Map.of("weather", "rain"))),
            List.of("c"),
            Optional.of(
                new DepthAccuracy.Intervals("2 sequences", 2000, 1, 0.95, all(mean, range), 1)),
            List.of(new DepthAccuracy.Slice("weather", "rain", 1, scores(1.1 * absRel))),
            entry.pictures().stream().limit(1).toList(),
            List.of());
    return new Entry(
        entry.folder(),
        entry.model(),
        entry.complete(),
        entry.issues(),
        entry.engine(),
        entry.dataset(),
        entry.input(),
        new ProtocolFacts("depth-garg-0.001-80m", "dd", "", ""),
        Optional.empty(),
        entry.cost(),
        entry.speed(),
        List.of(),
        entry.pictures(),
        entry.pass(),
        entry.method(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        entry.notes(),
        List.of(),
        Optional.of(depth),
        Optional.empty());
  }

  private static Map<String, Confidence.Range> all(DepthScores mean, Confidence.Range range) {
    Map<String, Confidence.Range> out = new java.util.LinkedHashMap<>();
    mean.byName().keySet().forEach(name -> out.put(name, range));
    return out;
  }

  private static DepthScores scores(double absRel) {
    return new DepthScores(
        1000,
        absRel,
        10 * absRel,
        absRel,
        40 * absRel,
        absRel,
        absRel,
        absRel,
        20 * absRel,
        absRel / 10,
        1 - absRel,
        1 - absRel / 2,
        1 - absRel / 4);
  }
}
