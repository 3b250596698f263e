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
import io.drivemark.eval.metrics.safety.Steadiness;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How steady predictions are over {@value #WINDOW} consecutive frames, and how steady and right; on
 * request. A window counts for its last frame. See {@link Steadiness}.
 */
public final class SteadinessGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "steadiness";

  /** Frames of a window. */
  public static final int WINDOW = 8;

  static final Columns COLUMNS = Columns.of(List.of("windows", "still", "steady", "right"));

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
    return OptionalInt.of(WINDOW - 1);
  }

  @Override
  public Set<Occasion> occasions() {
    return Set.of();
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.share(
            "steadyRight",
            "Steady and right",
            "Share of the pixels whose truth is one class over "
                + WINDOW
                + " frames and whose prediction is that class in all of them."),
        Figure.share(
            "steady",
            "Steady",
            "The same where the prediction is any one class in all of them (VC_"
                + WINDOW
                + "): constant wrong answers are steady, so look at both."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    return subject.has(Subject.Given.LABELS)
        ? Optional.of(SteadyWindows.of(subject.dataset(), WINDOW))
        : Optional.empty();
  }

  static Counts counts(Steadiness window) {
    return Counts.of(COLUMNS, 1, window.still(), window.steady(), window.right());
  }

  @Override
  public Reading read(Pool pool) {
    Counts sum = pool.sum(COLUMNS);
    Steadiness steadiness =
        new Steadiness(sum.number("still"), sum.number("steady"), sum.number("right"));
    return Reading.empty()
        .with("steadyRight", steadiness.rightConsistency())
        .with("steady", steadiness.consistency());
  }
}
