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
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** How well borders between classes are met: boundary IoU. */
public final class BoundaryGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "boundary-iou";

  /** The setting with the boundary's width as a share of the image's diagonal. */
  public static final String RATIO = "ratio";

  private static final List<String> WHAT =
      List.of("boundary truth ", "boundary predicted ", "boundary both ");

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
    return Set.of(Occasion.RUN);
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.share(
            "boundary",
            "Boundary mIoU",
            "Mean IoU of the classes' boundaries, 2 % of the diagonal wide."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    List<String> names = new ArrayList<>();
    for (String what : WHAT) {
      space.classNames().forEach(name -> names.add(what + name));
    }
    return Columns.of(names);
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    BoundaryIou rule = BoundaryIou.defaults();
    Columns columns = columns(subject.dataset().labels());
    return Optional.of(
        new Counter() {
          @Override
          public void count(JudgedFrame frame, Sink sink) {
            long[] numbers = rule.count(frame.truth(), frame.prediction()).numbers();
            sink.add(frame.index(), Counts.of(columns, numbers));
          }

          @Override
          public Map<String, String> settings() {
            return Map.of(RATIO, Double.toString(rule.ratio()));
          }
        });
  }

  /** The counts as their own type. */
  public static BoundaryCounts counts(LabelSpace space, Counts sum) {
    return BoundaryCounts.of(space, sum.numbers());
  }

  @Override
  public Reading read(Pool pool) {
    BoundaryCounts counts = counts(pool.space(), pool.sum(columns(pool.space())));
    return Reading.empty().with("boundary", counts.miou(), counts.iou());
  }
}
