package io.drivemark.eval.gauge.road;

import io.drivemark.datasets.Dataset;
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
import io.drivemark.eval.metrics.driving.BirdsEye;
import io.drivemark.eval.metrics.driving.Freespace;
import io.drivemark.eval.metrics.driving.FreespaceErrors;
import io.drivemark.eval.metrics.driving.FreespaceErrors.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where the drivable ground ends in each column of pixels, in metres of flat road, and how much of
 * it is seen from above; on request. Needs classes that can be driven on and the camera of each
 * frame.
 */
public final class FreespaceGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "freespace";

  private static final Freespace RULE = Freespace.defaults();
  private static final List<Integer> EDGES = List.of(0, 10, 20, 30, 50);
  private static final int ALL = FreespaceErrors.FARTHEST_METRES;
  private static final double MILLIMETRES = 1000;
  private static final List<String> CELLS = List.of("cell hits", "cell alarms", "cell misses");
  private static final Columns COLUMNS = Columns.of(names());

  private static List<String> names() {
    List<String> out = new ArrayList<>(FreespaceErrors.names());
    out.addAll(CELLS);
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
    List<Figure> out = new ArrayList<>();
    out.add(
        metres(
            "freespaceError",
            "Freespace error",
            "How far the predicted end of the drivable ground is off, the mean over columns of"
                + " pixels; on a flat road, 50 m at most."));
    out.add(
        Figure.error(
            "freespaceDangerous",
            "Freespace too far",
            "Share of the columns whose predicted ground goes on for more than 1 m, and more than a"
                + " tenth of the distance, behind where it ends."));
    out.add(
        Figure.error(
            "freespaceTimid",
            "Freespace too near",
            "Share of the columns whose predicted ground ends as much too early."));
    out.add(
        Figure.error(
            "corridorDangerous",
            "Own way too far",
            "The share of too far ones of the columns whose true end is within 1.5 m of the own"
                + " way's middle."));
    out.add(
        Figure.error(
                "corridorTimid",
                "Own way too near",
                "The share of too near ones of the same columns.")
            .hidden());
    out.add(
        Figure.share(
            "freespaceIou",
            "Freespace IoU",
            "Area of ground that truth and prediction share, seen from above, over that of either."));
    out.add(
        Figure.share(
            "birdsEyeF",
            "Ground F, from above",
            "F-measure of cells of 5 cm from 6 to 46 m ahead, 10 m to both sides, as KITTI's road"
                + " benchmark has it; of one label map, without its thresholds."));
    for (String band : bandIds()) {
      String where = "of columns whose ground ends from " + band + " m";
      out.add(metres("freespaceError_" + band, "Freespace error, " + band + " m", where).hidden());
      out.add(
          Figure.error("freespaceDangerous_" + band, "Freespace too far, " + band + " m", where)
              .hidden());
      out.add(
          Figure.error("freespaceTimid_" + band, "Freespace too near, " + band + " m", where)
              .hidden());
      out.add(
          new Figure(
              "rowMetres_" + band,
              "A row of pixels, " + band + " m",
              Unit.METRES,
              Better.NEITHER,
              false,
              "How many metres of road one row of pixels is in the middle of each 5 m of the band."));
    }
    return List.copyOf(out);
  }

  /**
   * What ids of figures by band end with, from near to far: {@code freespaceDangerous_0-10} is the
   * share of columns that end too far, {@code rowMetres_0-10} what one row of pixels is worth.
   */
  public static List<String> bandIds() {
    return IntStream.range(0, EDGES.size() - 1)
        .mapToObj(b -> EDGES.get(b) + "-" + EDGES.get(b + 1))
        .toList();
  }

  private static Figure metres(String id, String title, String about) {
    return new Figure(id, title, Unit.METRES, Better.LOWER, true, about);
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
    boolean[] drivable = RoadNeeds.requireDrivable(NAME, subject.dataset());
    RoadNeeds.requireCamera(NAME, subject.dataset());
    return Optional.of(
        (frame, sink) ->
            RoadNeeds.unseenRoad(NAME, frame, ALL)
                .ifPresentOrElse(
                    problem -> sink.problem(frame.index(), problem),
                    () -> sink.add(frame.index(), count(frame, drivable))));
  }

  private static Counts count(JudgedFrame frame, boolean[] drivable) {
    RoadPlane road = frame.road().orElseThrow();
    FreespaceErrors.Tally tally = new FreespaceErrors.Tally(rowMillimetres(road));
    RULE.columns(frame.truth(), frame.prediction(), drivable, road, tally);
    BirdsEye cells = BirdsEye.count(frame.truth(), frame.prediction(), drivable, road);
    long[] numbers = Arrays.copyOf(tally.numbers(), COLUMNS.counts().size());
    int at = numbers.length - CELLS.size();
    numbers[at++] = cells.hits();
    numbers[at++] = cells.falseAlarms();
    numbers[at] = cells.misses();
    return Counts.of(COLUMNS, numbers);
  }

  private static long[] rowMillimetres(RoadPlane road) {
    return FreespaceErrors.middles().stream()
        .mapToLong(m -> Math.round(MILLIMETRES * Math.min(1e6, Freespace.rowMetres(road, m))))
        .toArray();
  }

  /** The errors of summed counts. */
  public static FreespaceErrors errors(Counts sum) {
    long[] numbers = sum.numbers();
    return FreespaceErrors.of(Arrays.copyOf(numbers, numbers.length - CELLS.size()));
  }

  /** The cells of summed counts. */
  public static BirdsEye cells(Counts sum) {
    return new BirdsEye(
        sum.number(CELLS.get(0)), sum.number(CELLS.get(1)), sum.number(CELLS.get(2)));
  }

  @Override
  public Reading read(Pool pool) {
    Counts sum = pool.sum(COLUMNS);
    FreespaceErrors errors = errors(sum);
    Reading reading =
        Reading.empty()
            .with("freespaceError", errors.meanMetres(Where.EVERYWHERE, 0, ALL))
            .with("freespaceDangerous", errors.dangerous(Where.EVERYWHERE, 0, ALL))
            .with("freespaceTimid", errors.timid(Where.EVERYWHERE, 0, ALL))
            .with("corridorDangerous", errors.dangerous(Where.CORRIDOR, 0, ALL))
            .with("corridorTimid", errors.timid(Where.CORRIDOR, 0, ALL))
            .with("freespaceIou", errors.birdsEyeIou(Where.EVERYWHERE))
            .with("birdsEyeF", cells(sum).fMeasure());
    for (int b = 0; b + 1 < EDGES.size(); b++) {
      int from = EDGES.get(b);
      int to = EDGES.get(b + 1);
      String band = from + "-" + to;
      reading =
          reading
              .with("freespaceError_" + band, errors.meanMetres(Where.EVERYWHERE, from, to))
              .with("freespaceDangerous_" + band, errors.dangerous(Where.EVERYWHERE, from, to))
              .with("freespaceTimid_" + band, errors.timid(Where.EVERYWHERE, from, to))
              .with("rowMetres_" + band, errors.rowMetres(from, to));
    }
    return reading;
  }
}
