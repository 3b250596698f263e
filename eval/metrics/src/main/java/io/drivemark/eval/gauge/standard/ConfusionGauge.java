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
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.RegionCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Pixels by true and predicted class, (K+1)·(K+1) numbers a frame, void last; accuracy follows from
 * them under the protocol.
 */
public final class ConfusionGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "confusion";

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
        Figure.share("miou", "mIoU", "Mean intersection over union over the classes.").hidden(),
        Figure.share(
                "pixelAccuracy", "Pixel accuracy", "The share of judged pixels that are right.")
            .hidden(),
        Figure.share("meanAccuracy", "Mean accuracy", "The mean recall of the classes.").hidden(),
        Figure.share(
                "frequencyWeightedIou",
                "Frequency-weighted IoU",
                "IoU weighted by the classes' share of the truth.")
            .hidden());
  }

  @Override
  public Columns columns(LabelSpace space) {
    List<String> names = new ArrayList<>(space.classNames());
    names.add("void");
    List<String> columns = new ArrayList<>();
    for (String truth : names) {
      for (String prediction : names) {
        columns.add(truth + ">" + prediction);
      }
    }
    return Columns.of(columns);
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    Columns columns = columns(subject.dataset().labels());
    return Optional.of(
        (frame, sink) -> sink.add(frame.index(), counts(columns, regions(frame).frame())));
  }

  /** The parts of the image that are judged apart. */
  public static List<ImageRegion> regions() {
    return List.of(ImageRegion.nearField(), ImageRegion.egoCorridor());
  }

  /** The counts of the frame and of {@link #regions()} from one pass over it. */
  static RegionCounts regions(JudgedFrame frame) {
    return frame.once(
        RegionCounts.class, () -> RegionCounts.of(frame.truth(), frame.prediction(), regions()));
  }

  /** A matrix as counts of these columns. */
  public static Counts counts(Columns columns, ConfusionMatrix matrix) {
    return Counts.of(columns, numbers(matrix));
  }

  /** All counts, row by row. */
  static long[] numbers(ConfusionMatrix matrix) {
    long[][] rows = matrix.allCounts();
    long[] out = new long[rows.length * rows.length];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, out, r * rows.length, rows.length);
    }
    return out;
  }

  /** Counts as a matrix again. */
  public static ConfusionMatrix matrix(LabelSpace space, Counts counts) {
    return matrix(space, counts.numbers(), 0);
  }

  /** (K+1)² numbers, row by row, as a matrix. */
  static ConfusionMatrix matrix(LabelSpace space, long[] numbers, int from) {
    int side = space.size() + 1;
    long[][] rows = new long[side][side];
    for (int i = 0; i < side * side; i++) {
      rows[i / side][i % side] = numbers[from + i];
    }
    return ConfusionMatrix.of(space, rows);
  }

  @Override
  public Reading read(Pool pool) {
    Scores scores = pool.protocol().evaluate(pool.confusion());
    return Reading.empty()
        .with("miou", scores.miou(), scores.iou())
        .with("pixelAccuracy", scores.pixelAccuracy())
        .with("meanAccuracy", scores.meanAccuracy(), scores.recall())
        .with("frequencyWeightedIou", scores.frequencyWeightedIou());
  }
}
