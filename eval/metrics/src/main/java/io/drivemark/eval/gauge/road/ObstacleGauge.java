package io.drivemark.eval.gauge.road;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RoadPlane;
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
import io.drivemark.eval.metrics.driving.ComponentScores;
import io.drivemark.eval.metrics.driving.Components;
import io.drivemark.eval.metrics.driving.ObstacleFeet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Obstacles as whole pieces, and ghosts: obstacles that are predicted on free ground of the own
 * way; on request. Obstacles are the classes with single objects and people, taken together. Pieces
 * of fewer than 25 pixels do not count. A ghost is a predicted piece of which less than a quarter
 * lies in true obstacles and of which 25 pixels lie on drivable truth within 1.5 m of the own way's
 * middle and 50 m ahead. Needs classes that can be driven on and the camera of each frame.
 *
 * <p>Ghosts a kilometre are those of all judged frames over the way that the car drove between
 * them: how fast it drove times the time to the sequence's next frame (of its last frame, from the
 * one before). A ghost that stays counts again in each frame, so the figure goes by the rate of
 * frames and compares networks on the same frames alone.
 */
public final class ObstacleGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "obstacles";

  private static final ComponentScores.Sizes SIZES = new ComponentScores.Sizes(25, 25);
  private static final double CORRIDOR_METRES = 1.5;
  private static final double FARTHEST_METRES = 50;
  private static final double MILLIMETRES = 1000;
  private static final double MILLIMETRES_OF_KILOMETRE = 1e6;
  private static final List<String> FEET =
      List.of("standing pieces", "matched feet", "matched feet mm");
  private static final String DRIVEN = "driven mm";
  private static final String FRAMES = "frames of known speed";
  private static final Columns COLUMNS = Columns.of(names());

  private static List<String> names() {
    List<String> out = new ArrayList<>(ComponentScores.names());
    out.addAll(FEET);
    out.add(DRIVEN);
    out.add(FRAMES);
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
        Figure.share(
            "obstacleF1",
            "Obstacles, F1",
            "F1 of obstacles as whole pieces, the mean over thresholds of 25 to 75 % of overlap, as"
                + " SegmentMeIfYouCan has it."),
        Figure.share(
                "obstacleSiou",
                "Obstacles, sIoU",
                "Mean over true obstacles of their overlap with the predicted ones that touch them.")
            .hidden(),
        Figure.share(
                "obstaclePpv",
                "Obstacles, PPV",
                "Mean over predicted obstacles of the share that lies in true ones.")
            .hidden(),
        new Figure(
            "obstacleDistanceError",
            "Obstacle distance error",
            Unit.METRES,
            Better.LOWER,
            true,
            "How far the feet of predicted obstacles are from those of the true ones that they match,"
                + " the mean; on a flat road, 50 m at most."),
        Figure.share(
                "obstaclesMatched",
                "Obstacles matched",
                "Share of the true obstacles standing on the road within 50 m that share half of their"
                    + " pixels, and half of its, with a predicted one.")
            .hidden(),
        new Figure(
            "ghosts",
            "Ghosts",
            Unit.COUNT,
            Better.LOWER,
            true,
            "Predicted obstacles on free ground of the own way, up to 50 m ahead, over all frames."),
        new Figure(
            "ghostsPerKm",
            "Ghosts a kilometre",
            Unit.NUMBER,
            Better.LOWER,
            false,
            "The same over the way driven between the frames; each frame counts anew, so it compares"
                + " networks on the same frames alone."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
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
    boolean[] obstacles = RoadNeeds.requireObstacles(NAME, dataset);
    boolean[] drivable = RoadNeeds.requireDrivable(NAME, dataset);
    RoadNeeds.requireCamera(NAME, dataset);
    return Optional.of(
        (frame, sink) -> {
          Optional<String> problem = RoadNeeds.unseenRoad(NAME, frame, FARTHEST_METRES);
          if (problem.isPresent()) {
            sink.problem(frame.index(), problem.get());
            return;
          }
          long[] numbers = count(frame, obstacles, drivable);
          Optional<Long> driven = driven(dataset, frame.index());
          numbers[numbers.length - 2] = driven.orElse(0L);
          numbers[numbers.length - 1] = driven.isPresent() ? 1 : 0;
          sink.add(frame.index(), Counts.of(COLUMNS, numbers));
        });
  }

  private static long[] count(JudgedFrame frame, boolean[] obstacles, boolean[] drivable) {
    LabelMap truth = frame.truth();
    byte[] truths = truth.pixels();
    byte[] predictions = frame.prediction().pixels();
    RoadPlane road = frame.road().orElseThrow();
    boolean[] isObstacle = new boolean[truths.length];
    boolean[] isVoid = new boolean[truths.length];
    boolean[] predicted = new boolean[truths.length];
    boolean[] clear = new boolean[truths.length];
    for (int p = 0; p < truths.length; p++) {
      int label = truths[p] & 0xFF;
      isObstacle[p] = obstacles[label];
      isVoid[p] = label == LabelSpace.VOID;
      predicted[p] = obstacles[predictions[p] & 0xFF];
      clear[p] = predicted[p] && drivable[label] && inCorridor(road, p, truth.width());
    }
    long[] pieces =
        ComponentScores.of(truth.width(), isObstacle, isVoid, predicted, clear, SIZES).numbers();
    for (int p = 0; p < predicted.length; p++) {
      predicted[p] &= !isVoid[p];
    }
    ObstacleFeet feet =
        ObstacleFeet.of(
            Components.of(truth.width(), isObstacle),
            Components.of(truth.width(), predicted),
            predicted.length,
            road,
            SIZES.leastTruth(),
            FARTHEST_METRES);
    long[] numbers = Arrays.copyOf(pieces, COLUMNS.counts().size());
    numbers[pieces.length] = feet.standing();
    numbers[pieces.length + 1] = feet.matched();
    numbers[pieces.length + 2] = feet.millimetres();
    return numbers;
  }

  private static boolean inCorridor(RoadPlane road, int pixel, int width) {
    int whole = pixel / width;
    double row = whole + 0.5;
    double column = pixel % width + 0.5;
    return road.ahead(row, column) <= FARTHEST_METRES
        && Math.abs(road.right(row, column)) <= CORRIDOR_METRES;
  }

  /** Millimetres from a frame to the next one of its sequence. */
  private static Optional<Long> driven(Dataset dataset, int index) {
    Frame frame = dataset.frame(index);
    Optional<Double> time = seconds(dataset, index, index + 1);
    if (time.isEmpty()) {
      time = seconds(dataset, index - 1, index);
    }
    return time.flatMap(
        seconds -> frame.metresPerSecond().map(v -> Math.round(MILLIMETRES * v * seconds)));
  }

  private static Optional<Double> seconds(Dataset dataset, int from, int to) {
    if (from < 0 || to >= dataset.ids().size()) {
      return Optional.empty();
    }
    Frame one = dataset.frame(from);
    Frame other = dataset.frame(to);
    if (one.sequence().isEmpty() || !one.sequence().equals(other.sequence())) {
      return Optional.empty();
    }
    return one.seconds()
        .flatMap(start -> other.seconds().map(end -> end - start))
        .filter(s -> s > 0);
  }

  /** The pieces of summed counts. */
  public static ComponentScores scores(Counts sum) {
    return ComponentScores.of(Arrays.copyOf(sum.numbers(), ComponentScores.names().size()));
  }

  /** The feet of summed counts. */
  public static ObstacleFeet feet(Counts sum) {
    return new ObstacleFeet(
        sum.number(FEET.get(0)), sum.number(FEET.get(1)), sum.number(FEET.get(2)));
  }

  @Override
  public Reading read(Pool pool) {
    Counts sum = pool.sum(COLUMNS);
    ComponentScores scores = scores(sum);
    ObstacleFeet feet = feet(sum);
    return Reading.empty()
        .with("obstacleF1", scores.f1())
        .with("obstacleSiou", scores.meanSiou())
        .with("obstaclePpv", scores.meanPpv())
        .with(
            "obstacleDistanceError",
            feet.matched() == 0
                ? MetricValue.undefined("no obstacle on the road is matched")
                : MetricValue.of(feet.millimetres() / MILLIMETRES / feet.matched()))
        .with(
            "obstaclesMatched",
            feet.standing() == 0
                ? MetricValue.undefined("no obstacle stands on the road within 50 m")
                : MetricValue.of((double) feet.matched() / feet.standing()))
        .with("ghosts", MetricValue.of(scores.ghosts()))
        .with("ghostsPerKm", perKilometre(scores, sum, pool.frames().size()));
  }

  private static MetricValue perKilometre(ComponentScores scores, Counts sum, int frames) {
    if (sum.number(FRAMES) < frames) {
      return MetricValue.undefined("how fast the car drove, and until when, is not known");
    }
    long driven = sum.number(DRIVEN);
    return driven == 0
        ? MetricValue.undefined("the car did not drive")
        : MetricValue.of(scores.ghosts() * MILLIMETRES_OF_KILOMETRE / driven);
  }
}
