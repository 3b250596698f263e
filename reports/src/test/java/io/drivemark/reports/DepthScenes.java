package io.drivemark.reports;

import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.DepthAccuracy.Change;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Depth networks nobody trained, with made-up numbers, to lay a board out with. */
final class DepthScenes {
  static final String PARENT = "monodepth-0.5-toy";

  private DepthScenes() {}

  /** A dense network, two masked ones and a small one. */
  static List<Entry> entries() {
    return List.of(
        entry(PARENT, "monodepth", Optional.empty(), 0.204, 10.3, 7.9e6),
        entry(PARENT + "-joint-count-37", "monodepth", Optional.of(PARENT), 0.210, 8.6, 2.94e6),
        entry(PARENT + "-joint-count-7", "monodepth", Optional.of(PARENT), 0.229, 5.7, 0.541e6),
        entry("tinydepth-toy", "tinydepth", Optional.empty(), 0.249, 6.9, 0.544e6));
  }

  /** An entry whose depth was judged. */
  static Entry entry(
      String name,
      String architecture,
      Optional<String> parent,
      double absRel,
      double ms,
      double params) {
    Entry e = SyntheticStudy.entry(name, architecture, parent, "onnxruntime", 0.5, ms, params / 10);
    ModelFacts m = e.model();
    return new Entry(
        e.folder(),
        new ModelFacts(
            m.name(),
            m.architecture(),
            parent.isPresent() ? "joint" : "dense",
            m.parent(),
            Optional.empty(),
            "",
            m.digest(),
            m.options(),
            m.provenance(),
            m.lineage()),
        true,
        List.of(),
        e.engine(),
        e.dataset(),
        e.input(),
        new ProtocolFacts("depth-80m", "cafe0000cafe0000", "identity", "depth-bilinear"),
        Optional.empty(),
        e.cost(),
        e.speed(),
        List.of(),
        e.pictures(),
        e.pass(),
        Map.of("AbsRel", "Made up."),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(depth(e, parent, absRel)),
        Optional.empty());
  }

  private static DepthAccuracy depth(Entry e, Optional<String> parent, double absRel) {
    Map<String, Confidence.Range> ranges = new LinkedHashMap<>();
    Map<String, Change> changes = new LinkedHashMap<>();
    scores(absRel)
        .byName()
        .forEach(
            (name, value) -> {
              ranges.put(name, range(name.equals("absRel") ? value : value + 10));
              changes.put(name, change(name.equals("absRel") ? absRel - 0.204 : 10));
            });
    return new DepthAccuracy(
        DepthAccuracy.Rule.of(DepthRule.eigenSplit()),
        Optional.of(scores(absRel)),
        e.pictures().stream()
            .map(p -> new DepthAccuracy.Frame(p.id(), scores(absRel + 0.1), Map.of()))
            .toList(),
        List.of(),
        Optional.of(new DepthAccuracy.Intervals("4 made-up drives", 2000, 1, 0.95, ranges, 1)),
        List.of(
            new DepthAccuracy.Slice("light", "day", 30, scores(absRel - 0.02)),
            new DepthAccuracy.Slice("light", "night", 10, scores(absRel + 0.06))),
        e.pictures().subList(0, 2),
        parent.map(p -> List.of(new DepthAccuracy.Difference(p, changes))).orElse(List.of()));
  }

  private static Confidence.Range range(double value) {
    OptionalDouble low = OptionalDouble.of(value - 0.011);
    OptionalDouble high = OptionalDouble.of(value + 0.012);
    return new Confidence.Range(low, high, low, high, low, high);
  }

  private static Change change(double value) {
    OptionalDouble low = OptionalDouble.of(value - 0.003);
    OptionalDouble high = OptionalDouble.of(value + 0.004);
    return new Change(value, low, high, low, high, OptionalDouble.of(0.01));
  }

  private static DepthScores scores(double absRel) {
    return new DepthScores(
        1000,
        absRel,
        2 * absRel,
        absRel / 2,
        30 * absRel,
        1.2 * absRel,
        absRel / 3,
        absRel / 4,
        15 * absRel,
        absRel / 10,
        1 - 1.3 * absRel,
        1 - 0.5 * absRel,
        1 - 0.2 * absRel);
  }
}
