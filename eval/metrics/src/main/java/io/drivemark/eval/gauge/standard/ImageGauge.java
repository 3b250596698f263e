package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.PerImageScores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The mean over frames and over the worst of them, from the confusion counts. */
public final class ImageGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "images";

  /** The setting with the share of the frames that counts as the worst. */
  public static final String WORST_SHARE = "worstShare";

  /** The share of the frames that counts as the worst. */
  public static final double WORST = 0.05;

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
            "images",
            "Mean over frames",
            "The mean of the frames' own mIoUs; small objects count for more than in mIoU."),
        Figure.share(
                "imagesOfClasses",
                "Mean over classes of frames",
                "The mean over classes of the mean over the frames that have them.")
            .hidden(),
        Figure.share(
            "worst", "Worst 5 % of frames", "The mean mIoU of the worst twentieth of the frames."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    return Columns.NONE;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    return subject.has(Subject.Given.LABELS)
        ? Optional.of(new Settings(Map.of(WORST_SHARE, Double.toString(WORST))))
        : Optional.empty();
  }

  @Override
  public Reading read(Pool pool) {
    PerImageScores images = new PerImageScores(pool.confusion());
    return Reading.empty()
        .with("images", images.ofImages())
        .with("imagesOfClasses", images.ofClasses())
        .with("worst", images.ofWorstImages(Double.parseDouble(pool.settings().get(WORST_SHARE))));
  }
}
