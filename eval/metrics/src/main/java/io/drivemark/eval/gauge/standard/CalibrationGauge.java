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
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Whether predictions are right as often as they say; on request, needs their confidences. */
public final class CalibrationGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "calibration";

  private static final Columns COLUMNS = Columns.of(names());

  private static List<String> names() {
    List<String> out = new ArrayList<>();
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      out.add("pixels " + bin);
      out.add("right " + bin);
      out.add("confidence " + bin);
    }
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
  public Set<Occasion> occasions() {
    return Set.of();
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.error(
            "calibrationError",
            "Calibration error",
            "Expected difference of the confidence and the share of right pixels, over "
                + Calibration.BINS
                + " bins."),
        Figure.error("calibrationRms", "RMS calibration error", "Its root mean square.").hidden(),
        Figure.error("calibrationMax", "Largest calibration error", "That of the worst bin.")
            .hidden());
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.CONFIDENCE)) {
      throw new BadInputException(
          "calibration is judged by how sure predictions are: give the folder with a confidence PNG"
              + " for each sample (--confidences DIR); in a study, ask for it where all networks give"
              + " scores of classes, under grid: logits-bilinear");
    }
    return Optional.of(
        (frame, sink) ->
            frame
                .calibration()
                .ifPresent(c -> sink.add(frame.index(), Counts.of(COLUMNS, c.numbers()))));
  }

  /** The counts as their own type. */
  public static Calibration counts(Counts sum) {
    return Calibration.of(sum.numbers());
  }

  @Override
  public Reading read(Pool pool) {
    Calibration calibration = counts(pool.sum(COLUMNS));
    return Reading.empty()
        .with("calibrationError", calibration.expectedError())
        .with("calibrationRms", calibration.rootMeanSquareError())
        .with("calibrationMax", calibration.maximumError());
  }
}
