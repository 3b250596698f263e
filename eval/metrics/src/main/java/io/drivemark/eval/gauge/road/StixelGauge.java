package io.drivemark.eval.gauge.road;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
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
import io.drivemark.eval.metrics.driving.StixelCounts;
import io.drivemark.eval.metrics.driving.Stixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Label maps as {@link Stixels}: how much is lost by it, how well those of a prediction meet those
 * of the truth, how few they are; on request. Obstacles are told where the dataset says what can be
 * driven on, and their feet have distances where the camera of each frame is known.
 */
public final class StixelGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "stixels";

  private static final double MILLIMETRES = 1000;
  private static final List<String> COUNTS =
      List.of(
          "true stixels",
          "predicted stixels",
          "predicted bytes",
          "obstacles",
          "matched",
          "feet",
          "feet mm");

  /** What is compared with what, pixel by pixel; void truth does not count. */
  private enum Pair {
    /** The redrawn prediction with the redrawn truth. */
    STIXELS("stixels"),
    /** The redrawn prediction with the truth. */
    PIXELS("pixels"),
    /** The redrawn truth with the truth: no prediction does better. */
    CEILING("ceiling");

    private final String word;

    Pair(String word) {
      this.word = word;
    }
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
        Figure.share(
            "stixelMiou",
            "Stixel mIoU",
            "mIoU of the picture that the prediction's stixels draw against the one that the truth's"
                + " draw."),
        neither(
            "stixelPixelMiou",
            "Stixels against pixels",
            Unit.FRACTION,
            "mIoU of the picture that the prediction's stixels draw against the truth's pixels."),
        neither(
            "stixelCeiling",
            "Stixel ceiling",
            Unit.FRACTION,
            "mIoU of the picture that the truth's own stixels draw: no stixels do better."),
        Figure.share(
                "stixelsMatched",
                "Obstacle stixels matched",
                "Share of the truth's obstacle stixels whose rows one of the prediction's shares by"
                    + " more than half.")
            .hidden(),
        new Figure(
            "stixelFootError",
            "Stixel foot error",
            Unit.METRES,
            Better.LOWER,
            false,
            "How far the feet of matched obstacle stixels are off, the mean; 50 m at most."),
        neither(
            "stixelsOfFrame",
            "Stixels of a frame",
            Unit.NUMBER,
            "The mean number of the prediction's stixels."),
        neither(
            "stixelBytes",
            "Stixel bytes of a frame",
            Unit.NUMBER,
            "What it takes to send them: three bytes each, and one a strip."));
  }

  private static Figure neither(String id, String title, Unit unit, String about) {
    return new Figure(id, title, unit, Better.NEITHER, false, about);
  }

  @Override
  public Columns columns(LabelSpace space) {
    List<String> names = new ArrayList<>(COUNTS);
    for (Pair pair : Pair.values()) {
      for (String what : List.of("right", "true", "predicted")) {
        space.classNames().forEach(c -> names.add(pair.word + " " + what + " " + c));
      }
    }
    return Columns.of(names);
  }

  @Override
  public Optional<String> furtherData(Dataset dataset) {
    return RoadNeeds.furtherData(dataset);
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    Dataset dataset = subject.dataset();
    List<String> names = dataset.facts().drivableClasses();
    boolean[] drivable =
        names.isEmpty() ? everything() : RoadNeeds.labels(dataset, c -> names.contains(c.name()));
    Columns columns = columns(dataset.labels());
    boolean roads = RoadNeeds.knowsCameras(dataset);
    return Optional.of(
        (frame, sink) -> sink.add(frame.index(), count(frame, columns, drivable, roads)));
  }

  private static Counts count(
      JudgedFrame frame, Columns columns, boolean[] drivable, boolean roads) {
    LabelMap truth = frame.truth();
    Stixels ofTruth = Stixels.of(truth);
    Stixels ofPrediction = Stixels.of(frame.prediction());
    StixelCounts counts =
        StixelCounts.of(
            truth, ofTruth, ofPrediction, drivable, roads ? frame.road() : Optional.empty());
    long[] numbers = new long[columns.counts().size()];
    int at = 0;
    numbers[at++] = counts.truth();
    numbers[at++] = counts.predicted();
    numbers[at++] = counts.predictedBytes();
    numbers[at++] = counts.obstacles();
    numbers[at++] = counts.matched();
    numbers[at++] = counts.feet();
    numbers[at++] = counts.footMillimetres();
    LabelMap drawnTruth = ofTruth.redrawn(truth.space());
    LabelMap drawnPrediction = ofPrediction.redrawn(truth.space());
    for (Pair pair : Pair.values()) {
      LabelMap of = pair == Pair.STIXELS ? drawnTruth : truth;
      LabelMap by = pair == Pair.CEILING ? drawnTruth : drawnPrediction;
      agree(of, by, truth, numbers, at);
      at += 3 * truth.space().size();
    }
    return Counts.of(columns, numbers);
  }

  /** Where nobody says what can be driven on, nothing is an obstacle. */
  private static boolean[] everything() {
    boolean[] out = new boolean[256];
    Arrays.fill(out, true);
    return out;
  }

  /**
   * Right, true and predicted pixels of each class, where neither the truth nor what is compared is
   * void.
   */
  private static void agree(LabelMap of, LabelMap by, LabelMap truth, long[] numbers, int at) {
    int classes = truth.space().size();
    for (int p = 0; p < truth.pixels().length; p++) {
      int one = of.pixels()[p] & 0xFF;
      if (one == LabelSpace.VOID || (truth.pixels()[p] & 0xFF) == LabelSpace.VOID) {
        continue;
      }
      int other = by.pixels()[p] & 0xFF;
      numbers[at + classes + one]++;
      if (other != LabelSpace.VOID) {
        numbers[at + 2 * classes + other]++;
      }
      if (one == other) {
        numbers[at + one]++;
      }
    }
  }

  @Override
  public Reading read(Pool pool) {
    long[] n = pool.sum(columns(pool.space())).numbers();
    int classes = pool.space().size();
    int at = COUNTS.size();
    int frames = pool.frames().size();
    return Reading.empty()
        .with("stixelMiou", miou(n, at, classes))
        .with("stixelPixelMiou", miou(n, at + 3 * classes, classes))
        .with("stixelCeiling", miou(n, at + 6 * classes, classes))
        .with("stixelsMatched", ratio(n[4], n[3], 1, "no obstacle stands on known road"))
        .with("stixelFootError", ratio(n[6], n[5], MILLIMETRES, "no matched foot has a distance"))
        .with("stixelsOfFrame", ratio(n[1], frames, 1, "no frame"))
        .with("stixelBytes", ratio(n[2], frames, 1, "no frame"));
  }

  private static MetricValue ratio(long sum, long count, double unit, String none) {
    return count == 0 ? MetricValue.undefined(none) : MetricValue.of(sum / unit / count);
  }

  /** The mean IoU over the classes that occur in either. */
  private static MetricValue miou(long[] n, int at, int classes) {
    double sum = 0;
    int there = 0;
    for (int c = 0; c < classes; c++) {
      long right = n[at + c];
      long union = n[at + classes + c] + n[at + 2 * classes + c] - right;
      if (union > 0) {
        sum += (double) right / union;
        there++;
      }
    }
    return there == 0 ? MetricValue.undefined("no pixel is judged") : MetricValue.of(sum / there);
  }
}
