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
import io.drivemark.eval.metrics.safety.ImageRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** mIoU in the parts of the image that matter more; in scores, elsewhere on request. */
public final class RegionMiouGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "region-miou";

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
  public Set<Occasion> occasions() {
    return Set.of(Occasion.SCORE);
  }

  @Override
  public List<Figure> figures() {
    List<Figure> out = new ArrayList<>();
    for (ImageRegion region : ConfusionGauge.regions()) {
      out.add(
          Figure.share(
              "miou_" + region.name(),
              "mIoU, " + region.name(),
              "mIoU of the pixels of the " + region.name() + "."));
    }
    return out;
  }

  @Override
  public Columns columns(LabelSpace space) {
    List<String> pairs = new ConfusionGauge().columns(space).counts();
    List<String> names = new ArrayList<>();
    for (ImageRegion region : ConfusionGauge.regions()) {
      pairs.forEach(pair -> names.add(region.name() + " " + pair));
    }
    return Columns.of(names);
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    Columns columns = columns(subject.dataset().labels());
    return Optional.of((frame, sink) -> sink.add(frame.index(), count(columns, frame)));
  }

  private static Counts count(Columns columns, JudgedFrame frame) {
    long[] numbers = new long[columns.counts().size()];
    int from = 0;
    for (ConfusionMatrix region : ConfusionGauge.regions(frame).inRegions()) {
      long[] ofRegion = ConfusionGauge.numbers(region);
      System.arraycopy(ofRegion, 0, numbers, from, ofRegion.length);
      from += ofRegion.length;
    }
    return Counts.of(columns, numbers);
  }

  /** The confusion counts of each frame in a region, by its position among the regions. */
  public static List<ConfusionMatrix> counts(LabelSpace space, int region, List<Counts> frames) {
    int side = space.size() + 1;
    return frames.stream()
        .map(f -> ConfusionGauge.matrix(space, f.numbers(), region * side * side))
        .toList();
  }

  @Override
  public Reading read(Pool pool) {
    Reading reading = Reading.empty();
    List<ImageRegion> regions = ConfusionGauge.regions();
    for (int r = 0; r < regions.size(); r++) {
      reading =
          reading.with(
              "miou_" + regions.get(r).name(),
              pool.protocol().evaluate(counts(pool.space(), r, pool.frames())).miou());
    }
    return reading;
  }
}
