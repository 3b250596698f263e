package io.drivemark.reports;

import io.drivemark.eval.gauge.standard.DepthGauge;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.GaugeReading.Figure;
import io.drivemark.eval.runner.record.GaugeReading.SliceValue;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        List.of(),
        e.pass(),
        Map.of("AbsRel", "Made up."),
        Optional.empty(),
        List.of(),
        parent.map(p -> List.of(difference(p, absRel - 0.204))).orElse(List.of()),
        Optional.empty(),
        List.of(),
        List.of(new GaugeReading(DepthGauge.NAME, 1, Map.of(), figures(absRel))));
  }

  private static MiouDifference difference(String parent, double value) {
    OptionalDouble low = OptionalDouble.of(value - 0.003);
    OptionalDouble high = OptionalDouble.of(value + 0.004);
    return new MiouDifference(parent, value, low, high, low, high, OptionalDouble.of(0.01));
  }

  private static List<Figure> figures(double absRel) {
    List<Figure> out = new ArrayList<>();
    for (io.drivemark.eval.gauge.Figure f : new DepthGauge().figures()) {
      double value =
          switch (f.id()) {
            case "absRel" -> absRel;
            case "rmse" -> 30 * absRel;
            case "delta1" -> 1 - 1.3 * absRel;
            default -> 0.5;
          };
      boolean isMain = f.id().equals("absRel");
      out.add(
          new Figure(
              f.id(),
              f.title(),
              f.unit().name().toLowerCase(Locale.ROOT),
              f.better().name().toLowerCase(Locale.ROOT),
              f.shown(),
              f.about(),
              OptionalDouble.of(value),
              isMain ? OptionalDouble.of(value - 0.011) : OptionalDouble.empty(),
              isMain ? OptionalDouble.of(value + 0.012) : OptionalDouble.empty(),
              List.of(),
              isMain
                  ? List.of(
                      new SliceValue("light", "day", 30, OptionalDouble.of(value - 0.02)),
                      new SliceValue("light", "night", 10, OptionalDouble.of(value + 0.06)))
                  : List.of()));
    }
    return out;
  }
}
