package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Figure.Better;
import io.drivemark.eval.gauge.Figure.Unit;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.statistics.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Regions of vulnerable road users and how many are found; where a class is one. */
public final class VulnerableGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "vulnerable";

  private static final Columns COLUMNS =
      Columns.of(List.of("vulnerable regions", "vulnerable regions found"));

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
    return List.of(
        Figure.share(
            "recall",
            "People found",
            "Share of the regions of pedestrians and riders of which at least half the pixels are"
                + " predicted as any of them."),
        new Figure(
            "people",
            "Regions of people",
            Unit.COUNT,
            Better.NEITHER,
            false,
            "Regions of pedestrians and riders in the truth."),
        new Figure(
            "peopleFound",
            "Regions of people found",
            Unit.COUNT,
            Better.NEITHER,
            false,
            "Those of them that are found."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    boolean any = subject.dataset().labels().classes().stream().anyMatch(LabelClass::vulnerable);
    if (!any || !subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    VulnerableRecall rule = VulnerableRecall.defaults();
    return Optional.of(
        (frame, sink) -> {
          VulnerableRecall.Counts people = rule.count(frame.truth(), frame.prediction());
          sink.add(frame.index(), Counts.of(COLUMNS, people.regions(), people.found()));
        });
  }

  /** The counts as their own type. */
  public static VulnerableRecall.Counts counts(Counts sum) {
    long[] n = sum.numbers();
    return new VulnerableRecall.Counts(n[1], n[0]);
  }

  @Override
  public Reading read(Pool pool) {
    VulnerableRecall.Counts people = counts(pool.sum(COLUMNS));
    Optional<Interval> interval =
        people.regions() == 0 ? Optional.empty() : Optional.of(people.interval(Interval.LEVEL));
    return Reading.empty()
        .with("recall", people.recall(), interval)
        .with("people", MetricValue.of(people.regions()))
        .with("peopleFound", MetricValue.of(people.found()));
  }
}
