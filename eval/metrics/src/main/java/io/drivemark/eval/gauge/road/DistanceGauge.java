package io.drivemark.eval.gauge.road;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Figure.Better;
import io.drivemark.eval.gauge.Figure.Unit;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.driving.FoundByDistance;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.streaming.Braking;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who and what is found, by distance; on request. People are regions as those of {@link
 * io.drivemark.eval.gauge.standard.VulnerableGauge}; other objects are those that the dataset
 * numbers, else regions of its classes with single objects. Both need 25 pixels, and are found if
 * half of these are predicted as any class of the group. Distances as {@link
 * io.drivemark.eval.metrics.driving.RegionDistances} has them.
 *
 * <p>Danger at 50 km/h: half a second until the brakes act at 6 m/s² makes 23.02 m until the car
 * stands. Nearer than that is imminent, nearer than twice that possible, the rest far; all in whole
 * metres, upwards. The half second is the same for all networks, so that all are judged by the same
 * people.
 */
public final class DistanceGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "distance";

  /** Upper edges of the bands in metres; the last band has none. */
  public static final List<Integer> BANDS = List.of(10, 20, 30, 50);

  /** Up to here people are near, in metres. */
  public static final int NEAR = 20;

  /** The share of people that has to be found in every band that one relies on. */
  public static final double RELIABLE = 0.9;

  /** The figure of {@link FoundByDistance#reliableMetres}. */
  public static final String RELIABLE_METRES = "reliableMetres";

  /** The same where intervals have to be above. */
  public static final String SURE_METRES = "reliableMetresSure";

  private static final double SPEED_KMH = 50;
  private static final Braking BRAKING = new Braking(0.2, 6);
  private static final double BLIND_SECONDS = 0.3;
  private static final int ALL = Integer.MAX_VALUE;
  private static final Columns COLUMNS = Columns.of(names());

  /** Who is looked for together. */
  private enum Group {
    PEOPLE("people"),
    OBJECTS("objects");

    private final String word;

    Group(String word) {
      this.word = word;
    }

    boolean has(LabelClass c) {
      return this == PEOPLE ? c.vulnerable() : c.instances() && !c.vulnerable();
    }
  }

  private static List<String> names() {
    List<String> out = new ArrayList<>();
    for (Group group : Group.values()) {
      out.addAll(FoundByDistance.names(group.word));
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
    List<Figure> out = new ArrayList<>();
    out.add(
        Figure.share(
            "peopleFoundNear",
            "People found within " + NEAR + " m",
            "Share of the regions of people at most "
                + NEAR
                + " m away of which at least half the pixels are predicted as people."));
    danger().forEach((rank, band) -> out.add(ofDanger(rank, band)));
    out.add(
        new Figure(
            RELIABLE_METRES,
            "People found reliably up to",
            Unit.METRES,
            Better.HIGHER,
            true,
            "Up to this distance at least nine of ten people are found in every band of distances;"
                + " 50 m at most."));
    out.add(
        new Figure(
            SURE_METRES,
            "People surely found reliably up to",
            Unit.METRES,
            Better.HIGHER,
            false,
            "The same where the lower end of each band's 95 % interval has to reach nine of ten."));
    out.add(
        Figure.share(
            "objectsFoundNear",
            "Objects found within " + NEAR + " m",
            "The same of single objects that are no people, cars for example."));
    for (Group group : Group.values()) {
      bands()
          .forEach(
              (id, band) -> {
                out.add(
                    Figure.share(
                            group.word + "Found_" + id,
                            group.word + " found " + band.words,
                            "Share of those " + band.words + " that are found.")
                        .hidden());
                out.add(count(group.word + "_" + id, group.word + " " + band.words, band.words));
              });
    }
    return List.copyOf(out);
  }

  private static Figure ofDanger(String rank, Band band) {
    Figure figure =
        Figure.share(
            "peopleFound_" + rank,
            "People found, danger " + rank,
            "Share of the people found "
                + band.words
                + ": at 50 km/h, half a second until the brakes act and 6 m/s2, a car stands after"
                + " 23 m.");
    return rank.equals("imminent") ? figure : figure.hidden();
  }

  private static Figure count(String id, String title, String words) {
    return new Figure(
        id, title, Unit.COUNT, Better.NEITHER, false, "How many there are " + words + ".");
  }

  /**
   * Distances from one to another one.
   *
   * @param words for people
   */
  private record Band(int from, int to, String words) {}

  /**
   * What ids of figures by band end with, from near to far: {@code peopleFound_0-10} is the share
   * of people found in the first band, {@code people_0-10} how many there are.
   */
  public static List<String> bandIds() {
    return List.copyOf(bands().keySet());
  }

  /** The bands by the end of their figures' ids; unknown distances are none. */
  private static Map<String, Band> bands() {
    Map<String, Band> out = new LinkedHashMap<>();
    int from = 0;
    for (int to : BANDS) {
      out.put(from + "-" + to, new Band(from, to, "from " + from + " to " + to + " m"));
      from = to;
    }
    out.put("beyond", new Band(from, ALL, "beyond " + from + " m"));
    out.put("unknown", new Band(ALL, ALL, "at an unknown distance"));
    return out;
  }

  private static Map<String, Band> danger() {
    double stop = BRAKING.stopping(Braking.metresPerSecond(SPEED_KMH), BLIND_SECONDS);
    int imminent = (int) Math.ceil(stop);
    int possible = (int) Math.ceil(2 * stop);
    Map<String, Band> out = new LinkedHashMap<>();
    out.put("imminent", new Band(0, imminent, "up to " + imminent + " m"));
    out.put(
        "possible", new Band(imminent, possible, "from " + imminent + " to " + possible + " m"));
    out.put("far", new Band(possible, ALL, "beyond " + possible + " m"));
    return out;
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  @Override
  public Set<FrameCache.Part> parts() {
    return Set.of(FrameCache.Part.DEPTH, FrameCache.Part.OBJECTS);
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
    if (dataset.labels().classes().stream().noneMatch(LabelClass::vulnerable)) {
      throw new BadInputException(
          "gauge distance on "
              + dataset.name()
              + "/"
              + dataset.split()
              + ": none of its classes are people; declare vulnerable: true at the classes of"
              + " pedestrians and riders");
    }
    RoadNeeds.requireDistance(NAME, dataset);
    return Optional.of(
        new DistanceCounter(
            COLUMNS,
            List.of(
                RoadNeeds.labels(dataset, Group.PEOPLE::has),
                RoadNeeds.labels(dataset, Group.OBJECTS::has))));
  }

  /** The people of summed counts. */
  public static FoundByDistance people(Counts sum) {
    return group(sum, Group.PEOPLE);
  }

  /** The other objects of summed counts. */
  public static FoundByDistance objects(Counts sum) {
    return group(sum, Group.OBJECTS);
  }

  private static FoundByDistance group(Counts sum, Group group) {
    long[] all = sum.numbers();
    int size = all.length / Group.values().length;
    int from = group.ordinal() * size;
    return FoundByDistance.of(Arrays.copyOfRange(all, from, from + size));
  }

  @Override
  public Reading read(Pool pool) {
    Counts sum = pool.sum(COLUMNS);
    FoundByDistance people = people(sum);
    FoundByDistance objects = objects(sum);
    Reading reading = with(Reading.empty(), "peopleFoundNear", people.within(0, NEAR));
    for (Map.Entry<String, Band> rank : danger().entrySet()) {
      reading = with(reading, "peopleFound_" + rank.getKey(), in(people, rank.getValue()));
    }
    reading =
        reading
            .with(RELIABLE_METRES, people.reliableMetres(BANDS, RELIABLE, false))
            .with(SURE_METRES, people.reliableMetres(BANDS, RELIABLE, true));
    reading = with(reading, "objectsFoundNear", objects.within(0, NEAR));
    for (Group group : Group.values()) {
      FoundByDistance of = group == Group.PEOPLE ? people : objects;
      for (Map.Entry<String, Band> band : bands().entrySet()) {
        VulnerableRecall.Counts counts =
            band.getKey().equals("unknown") ? of.unknown() : in(of, band.getValue());
        reading = with(reading, group.word + "Found_" + band.getKey(), counts);
        reading = reading.with(group.word + "_" + band.getKey(), MetricValue.of(counts.regions()));
      }
    }
    return reading;
  }

  private static VulnerableRecall.Counts in(FoundByDistance found, Band band) {
    return found.within(band.from, band.to);
  }

  private static Reading with(Reading reading, String id, VulnerableRecall.Counts counts) {
    return reading.with(
        id,
        counts.recall(),
        counts.hasRegions() ? Optional.of(counts.interval(Interval.LEVEL)) : Optional.empty());
  }
}
