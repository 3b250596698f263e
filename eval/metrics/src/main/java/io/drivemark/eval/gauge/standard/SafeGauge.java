package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.safety.SafeMiou;
import io.drivemark.eval.metrics.safety.SeverityMatrix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * IoU that grave confusions pull down, from the confusion counts; where severities are shipped for
 * the classes.
 */
public final class SafeGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "safe";

  /** The setting that names the severity matrix. */
  public static final String SEVERITIES = "severities";

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
            "safe",
            "Safe mIoU",
            "Mean IoU from which grave confusions, such as a person taken for road, are taken away"
                + " once more; can be below 0."),
        Figure.share(
                "safeOfImportant", "Safe mIoU of important classes", "The same over those classes.")
            .hidden());
  }

  @Override
  public Columns columns(LabelSpace space) {
    return Columns.NONE;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    return SeverityMatrix.find(subject.dataset().labels().classNames())
        .map(severities -> new Settings(Map.of(SEVERITIES, severities.name())));
  }

  @Override
  public Reading read(Pool pool) {
    SafeMiou safe = new SafeMiou(SeverityMatrix.named(pool.settings().get(SEVERITIES)));
    return Reading.empty()
        .with("safe", safe.mean(pool.pooledConfusion()))
        .with("safeOfImportant", safe.meanOfImportant(pool.pooledConfusion()));
  }
}
