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
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Errors of predicted distances: of each frame the errors of {@link DepthScores} in units of 10⁻⁹,
 * so that they add; figures are means over the frames that have known distances. Where a network
 * gives depth.
 */
public final class DepthGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "depth";

  private static final double UNIT = 1e9;
  private static final DepthRule RULE = DepthRule.everywhere();
  private static final List<String> ERRORS =
      List.of("absRel", "sqRel", "rmse", "rmseLog", "delta1", "delta2", "delta3");
  private static final Columns COLUMNS = Columns.of(names());

  private static List<String> names() {
    List<String> out = new ArrayList<>(List.of("depth frames", "depth pixels"));
    ERRORS.forEach(name -> out.add(name + " e-9"));
    return out;
  }

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
        Figure.error("absRel", "AbsRel", "Mean of |truth − prediction| / truth."),
        metres("sqRel", "SqRel", "Mean of (truth − prediction)² / truth, in metres.").hidden(),
        metres("rmse", "RMSE", "Root of the mean squared error, in metres."),
        new Figure(
            "rmseLog",
            "RMSE log",
            Unit.NUMBER,
            Better.LOWER,
            false,
            "Root of the mean squared error of the logarithms."),
        Figure.share("delta1", "δ < 1.25", "Share of pixels that are off by less than a quarter."),
        Figure.share("delta2", "δ < 1.25²", "The same below 1.25².").hidden(),
        Figure.share("delta3", "δ < 1.25³", "The same below 1.25³.").hidden());
  }

  private static Figure metres(String id, String title, String about) {
    return new Figure(id, title, Unit.METRES, Better.LOWER, true, about);
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    return subject.has(Subject.Given.DEPTH)
        ? Optional.of((frame, sink) -> count(frame, sink))
        : Optional.empty();
  }

  private static void count(JudgedFrame frame, Counter.Sink sink) {
    if (frame.depth().isEmpty() || frame.predictedDepth().isEmpty()) {
      return;
    }
    Optional<DepthScores> scores = RULE.judge(frame.depth().get(), frame.predictedDepth().get());
    long[] numbers = new long[COLUMNS.counts().size()];
    if (scores.isPresent()) {
      numbers[0] = 1;
      numbers[1] = scores.get().pixels();
      for (int e = 0; e < ERRORS.size(); e++) {
        numbers[2 + e] = Math.round(scores.get().byName().get(ERRORS.get(e)) * UNIT);
      }
    }
    sink.add(frame.index(), Counts.of(COLUMNS, numbers));
  }

  @Override
  public Reading read(Pool pool) {
    long[] n = pool.sum(COLUMNS).numbers();
    Reading reading = Reading.empty();
    for (int e = 0; e < ERRORS.size(); e++) {
      reading =
          reading.with(
              ERRORS.get(e),
              n[0] == 0
                  ? MetricValue.undefined("no distance is known")
                  : MetricValue.of(n[2 + e] / UNIT / n[0]));
    }
    return reading;
  }
}
