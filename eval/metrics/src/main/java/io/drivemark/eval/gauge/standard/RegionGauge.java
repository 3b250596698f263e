package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.metrics.safety.ImageRegion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Obstacles taken for drivable ground, and ground taken for obstacles, in the parts of the image
 * that matter more; where the dataset says what can be driven on.
 */
public final class RegionGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "regions";

  private static final List<String> GROUND =
      List.of(" obstacles", " obstacles as drivable", " drivable", " drivable as blocked");
  private static final Columns COLUMNS =
      Columns.of(
          ConfusionGauge.regions().stream()
              .flatMap(region -> GROUND.stream().map(what -> region.name() + what))
              .toList());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public OptionalInt neighbours() {
    return OptionalInt.of(0);
  }

  @Override
  public List<Figure> figures() {
    List<Figure> out = new ArrayList<>();
    for (ImageRegion region : ConfusionGauge.regions()) {
      String name = region.name();
      out.add(
          Figure.error(
              "drivable_" + name,
              "Obstacle as road, " + name,
              "Share of the pixels of the " + name + " that are no road but predicted as it."));
      out.add(
          Figure.error(
              "blocked_" + name,
              "Road as obstacle, " + name,
              "Share of the road's pixels in the " + name + " that are predicted otherwise."));
    }
    return out;
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    return Drivable.of(subject.dataset())
        .map(drivable -> (frame, sink) -> sink.add(frame.index(), count(drivable, frame)));
  }

  private static Counts count(Drivable drivable, JudgedFrame frame) {
    long[] numbers = new long[COLUMNS.counts().size()];
    int i = 0;
    for (ConfusionMatrix region : ConfusionGauge.regions(frame).inRegions()) {
      Drivable.Counts counts = drivable.count(region);
      numbers[i++] = counts.obstacles();
      numbers[i++] = counts.falselyDrivable();
      numbers[i++] = counts.drivable();
      numbers[i++] = counts.falselyBlocked();
    }
    return Counts.of(COLUMNS, numbers);
  }

  /** The counts by region name. */
  public static Map<String, Drivable.Counts> counts(Counts sum) {
    long[] n = sum.numbers();
    Map<String, Drivable.Counts> out = new LinkedHashMap<>();
    int i = 0;
    for (ImageRegion region : ConfusionGauge.regions()) {
      out.put(region.name(), new Drivable.Counts(n[i++], n[i++], n[i++], n[i++]));
    }
    return out;
  }

  @Override
  public Reading read(Pool pool) {
    Reading reading = Reading.empty();
    for (Map.Entry<String, Drivable.Counts> region : counts(pool.sum(COLUMNS)).entrySet()) {
      reading =
          reading
              .with("drivable_" + region.getKey(), region.getValue().falselyDrivableShare())
              .with("blocked_" + region.getKey(), region.getValue().falselyBlockedShare());
    }
    return reading;
  }
}
