package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Figure.Better;
import io.drivemark.eval.gauge.Figure.Unit;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.gates.GatedMacs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a gated network computes on each frame, in multiply-accumulates and as a share of the
 * network without gates. Where a network says what it computes.
 */
public final class GatedCostGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "gated-cost";

  private static final Columns COLUMNS =
      Columns.of(List.of("strict macs", "paper macs", "dense macs", "head macs"));

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
        new Figure(
            "macsShare",
            "MACs computed",
            Unit.FRACTION,
            Better.LOWER,
            true,
            "The mean over frames of what is computed, gate heads included, as a share of the"
                + " network without gates."),
        new Figure(
            "macsSharePaper",
            "MACs computed, as published",
            Unit.FRACTION,
            Better.LOWER,
            false,
            "The same as publications count it: without the gate heads."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    return subject.has(Subject.Given.GATED_MACS)
        ? Optional.of((frame, sink) -> count(frame, sink))
        : Optional.empty();
  }

  private static void count(JudgedFrame frame, Counter.Sink sink) {
    frame
        .gatedMacs()
        .ifPresent(
            m ->
                sink.add(
                    frame.index(),
                    Counts.of(COLUMNS, m.strict(), m.paper(), m.dense(), m.heads())));
  }

  /**
   * The MACs of a frame.
   *
   * @param counts what this gauge counted on it
   * @throws IllegalArgumentException if they are none
   */
  public static GatedMacs macs(Counts counts) {
    long[] n = counts.numbers();
    return new GatedMacs(n[0], n[1], n[2], n[3]);
  }

  @Override
  public Reading read(Pool pool) {
    long[] n = pool.sum(COLUMNS).numbers();
    return Reading.empty()
        .with("macsShare", MetricValue.of((double) n[0] / n[2]))
        .with("macsSharePaper", MetricValue.of((double) n[1] / n[2]));
  }
}
