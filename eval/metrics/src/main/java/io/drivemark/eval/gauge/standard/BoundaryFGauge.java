package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.boundary.BoundaryF;
import io.drivemark.eval.metrics.boundary.BoundaryMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Contours of truth and prediction matched by class: boundary F; on request. */
public final class BoundaryFGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "boundary-f";

  private static final int NUMBERS = 5; // a class: in the truth (0 or 1), then the match

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
    return Set.of();
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.share(
            "boundaryF",
            "Boundary F",
            "Mean over classes of the F value of contours that match within 0.75 % of the"
                + " diagonal."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    List<String> names = new ArrayList<>();
    for (String name : space.classNames()) {
      names.add("frames with " + name);
      names.add("contour predicted " + name);
      names.add("contour predicted near truth " + name);
      names.add("contour truth " + name);
      names.add("contour truth near predicted " + name);
    }
    return Columns.of(names);
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    BoundaryF rule = BoundaryF.defaults();
    Columns columns = columns(subject.dataset().labels());
    return Optional.of(
        (frame, sink) ->
            sink.add(
                frame.index(),
                Counts.of(columns, numbers(rule.match(frame.truth(), frame.prediction())))));
  }

  private static long[] numbers(List<Optional<BoundaryMatch>> matches) {
    long[] out = new long[NUMBERS * matches.size()];
    for (int c = 0; c < matches.size(); c++) {
      if (matches.get(c).isPresent()) {
        BoundaryMatch match = matches.get(c).get();
        out[NUMBERS * c] = 1;
        out[NUMBERS * c + 1] = match.predicted();
        out[NUMBERS * c + 2] = match.predictedNear();
        out[NUMBERS * c + 3] = match.truth();
        out[NUMBERS * c + 4] = match.truthNear();
      }
    }
    return out;
  }

  /** The match of each class on one frame; empty where the truth does not have it. */
  private static List<Optional<BoundaryMatch>> matches(Counts frame) {
    long[] n = frame.numbers();
    List<Optional<BoundaryMatch>> out = new ArrayList<>();
    for (int i = 0; i < n.length; i += NUMBERS) {
      out.add(
          n[i] == 0
              ? Optional.empty()
              : Optional.of(new BoundaryMatch(n[i + 1], n[i + 2], n[i + 3], n[i + 4])));
    }
    return out;
  }

  /** F by class name: the mean over the frames that have the class. */
  public static Map<String, MetricValue> byClass(LabelSpace space, List<Counts> frames) {
    return BoundaryF.byClass(space, frames.stream().map(BoundaryFGauge::matches).toList());
  }

  @Override
  public Reading read(Pool pool) {
    Map<String, MetricValue> byClass = byClass(pool.space(), pool.frames());
    return Reading.empty().with("boundaryF", mean(byClass), byClass);
  }

  /** The mean over the classes that have a value. */
  public static MetricValue mean(Map<String, MetricValue> byClass) {
    OptionalDouble mean =
        byClass.values().stream().flatMapToDouble(v -> v.value().stream()).average();
    return mean.isPresent()
        ? MetricValue.of(mean.getAsDouble())
        : MetricValue.undefined("no class is in the truth of any image");
  }
}
