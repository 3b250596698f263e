package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.road.DistanceGauge;
import io.drivemark.eval.gauge.road.FreespaceGauge;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.derive.Readings;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.driving.Danger;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Age;
import io.drivemark.eval.runner.record.driving.Driving.Deadline;
import io.drivemark.eval.runner.record.driving.Driving.Delay;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.Driving.Sight;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.RoadFault;
import io.drivemark.eval.runner.record.driving.Soak;
import io.drivemark.eval.runner.record.robust.RobustCalibration;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Condition;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Robustness.Plain;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Made-up figures of late answers and of corrupted frames, that follow from a few numbers. */
final class RoadScenes {
  static final List<Double> FACTORS = List.of(1.0, 2.0, 4.0);
  private static final List<Double> CAMERAS = List.of(30.0, 10.0);

  private RoadScenes() {}

  private static OptionalDouble of(double value) {
    return OptionalDouble.of(value);
  }

  /** What answers of this age are worth: a point of mIoU is lost with each 20 ms. */
  static double late(double onTime, double ms) {
    return Math.max(0.01, onTime - ms / 2000);
  }

  /** Answers of a network with this mean latency, at 30 and 10 pictures a second. */
  static Driving driving(double onTime, double ms) {
    List<Delay> curve = new ArrayList<>();
    for (int d = 0; d <= 16; d++) {
      curve.add(new Delay(d, d * 100.0 / 3, of(late(onTime, d * 100.0 / 3)), of(1 - d * 0.03)));
    }
    List<Road> roads = new ArrayList<>();
    for (double camera : CAMERAS) {
      for (double factor : FACTORS) {
        roads.add(road(camera, factor, onTime, ms * factor + 500 / camera));
      }
    }
    return new Driving(1, 30, 1, 2, 0.5, 0, 1, List.of(30.0, 50.0), 0.2, 6, curve, roads);
  }

  private static Road road(double camera, double factor, double onTime, double age) {
    double miou = late(onTime, age);
    boolean measured = factor == FACTORS.get(0);
    return new Road(
        camera,
        "latest",
        factor,
        of(miou),
        measured ? of(miou - 0.01) : OptionalDouble.empty(),
        measured ? of(miou + 0.01) : OptionalDouble.empty(),
        of(miou),
        of(miou),
        of(onTime),
        100,
        0,
        0,
        Optional.empty(),
        Optional.of(new Age(50, of(age), age, age + 10, of(age + 20), age + 30)),
        new Deadline(1000 / camera, 200, 3, 0.0031, 0.0432, 2, 2),
        0,
        Optional.of(new Sight(4, 3, List.of(), of(250), OptionalDouble.empty())),
        Optional.empty());
  }

  private static Span span(double value) {
    return new Span(of(value), of(value - 0.02), of(value + 0.02));
  }

  /**
   * A network on fog, in the dark and under a condition.
   *
   * @param condition what the condition is called
   */
  static Robustness robustness(double clean, String condition) {
    double fog = clean - 0.1;
    double dark = clean - 0.2;
    double mean = (fog + dark) / 2;
    return new Robustness(
        "key",
        1,
        8,
        "8 clusters: sequences",
        of(clean),
        List.of(new Level("fog", 3, of(fog), span(0.1)), new Level("dark", 3, of(dark), span(0.2))),
        span(mean),
        span(mean / clean),
        Optional.of(new Plain("light=day weather=clear", of(clean + 0.01))),
        List.of(new Condition(condition, condition, of(clean - 0.15), span(0.15))),
        List.of(),
        List.of(
            new Shot("made_up_001", "fog-3", "made_up_001-image.png", "made_up_001-prediction.png"),
            new Shot("made_up_001", condition, "missing.jpg", "missing.png")));
  }

  /** The same entries, each with both. */
  static List<Entry> on(List<Entry> entries, String condition) {
    return entries.stream()
        .map(
            e ->
                e.withDriving(Optional.of(driving(miou(e), ms(e))))
                    .withRobustness(Optional.of(robustness(miou(e), condition))))
        .toList();
  }

  /** The same entries with all that a study can ask of the road. */
  static List<Entry> whole(List<Entry> entries, String condition) {
    List<Entry> out = new ArrayList<>();
    for (Entry entry : on(entries, condition)) {
      Driving driving = entry.driving().orElseThrow();
      List<GaugeReading> readings = new ArrayList<>(entry.readings());
      readings.add(
          reading(
              new DistanceGauge(),
              Map.of("people 8 m", 20L, "people found 8 m", 18L, "people 44 m", 7L)));
      readings.add(
          reading(
              new FreespaceGauge(),
              Map.of(
                  "corridor 10-15 m columns",
                  40L,
                  "corridor 10-15 m dangerous",
                  9L,
                  "corridor 10-15 m a row mm",
                  40L * 590,
                  "corridor 10-15 m error mm",
                  40L * 1250)));
      out.add(
          entry
              .withDriving(Optional.of(whole(driving, entries.get(0))))
              .withRobustness(
                  entry.robustness().map(r -> r.withCalibration(Optional.of(calibration(r)))))
              .withReadings(readings));
    }
    return out;
  }

  private static Driving whole(Driving d, Entry first) {
    RoadDifference from =
        new RoadDifference(
            first.model().name(),
            first.folder(),
            RoadDifference.Role.BEST,
            span(-0.05),
            of(0.125),
            Optional.of(4));
    RoadFault fault =
        new RoadFault(
            "dropped", 0.05, 400, 24, of(0.4488), span(0.05), of(120), 0, 0, Optional.empty());
    List<Road> roads = new ArrayList<>();
    for (Road r : d.roads()) {
      roads.add(
          r.hardware() == FACTORS.get(0)
              ? new Road(
                  r.camera(),
                  r.policy(),
                  r.hardware(),
                  r.miou(),
                  r.low(),
                  r.high(),
                  r.tieLow(),
                  r.tieHigh(),
                  r.onTime(),
                  r.queries(),
                  r.unanswered(),
                  r.tooOld(),
                  r.reason(),
                  r.age(),
                  r.deadline(),
                  r.queueGrowth(),
                  r.people(),
                  r.others(),
                  List.of(from),
                  List.of(fault))
              : r);
    }
    List<Delay> curve = new ArrayList<>();
    for (Delay delay : d.curve()) {
      long late = delay.pictures();
      curve.add(
          new Delay(
              delay.pictures(),
              delay.ms(),
              delay.miou(),
              delay.perfect(),
              Optional.of(new Danger(40, 36 - late, 1000, 10 * late)),
              Optional.of(new Danger(40, 40 - late, 1000, 5 * late))));
    }
    Soak.Pace pace = new Soak.Pace(41.5, 0.125, 0.015, of(65), of(74), of(100), of(110));
    return new Driving(
        d.version(),
        d.rate(),
        d.between(),
        d.clips(),
        d.warmUp(),
        d.captureMs(),
        d.served(),
        d.speeds(),
        d.actuation(),
        d.brake(),
        curve,
        roads,
        Optional.of(new Soak(30, "latest", 60, 1800, pace, pace, of(0.987), true)));
  }

  /** Errors that grow as accuracy falls. */
  static RobustCalibration calibration(Robustness r) {
    double clean = (1 - r.clean().orElseThrow()) / 10;
    List<RobustCalibration.OfState> errors = new ArrayList<>();
    List<RobustCalibration.Rise> rises = new ArrayList<>();
    for (Level level : r.levels()) {
      double error = clean + level.loss().value().orElseThrow() / 2;
      errors.add(new RobustCalibration.OfState(level.state(), of(error), of(error - 0.01)));
      rises.add(new RobustCalibration.Rise(level.corruption(), of(error), span(error - clean)));
    }
    r.plain()
        .ifPresent(p -> errors.add(new RobustCalibration.OfState(p.state(), of(clean), of(clean))));
    for (Condition c : r.conditions()) {
      double error = clean + c.loss().value().orElseThrow() / 2;
      errors.add(new RobustCalibration.OfState(c.state(), of(error), of(error)));
      rises.add(new RobustCalibration.Rise(c.name(), of(error), span(error - clean)));
    }
    return new RobustCalibration(of(clean), errors, span(clean + 0.075), span(0.075), rises);
  }

  /** A gauge's reading of these counts by name, the others 0. */
  static GaugeReading reading(Gauge gauge, Map<String, Long> counts) {
    LabelSpace space = LabelSpaces.named("camvid-11");
    List<String> names = gauge.columns(space).counts();
    assertTrue(names.containsAll(counts.keySet()), names + " has " + counts.keySet());
    long[] numbers = names.stream().mapToLong(n -> counts.getOrDefault(n, 0L)).toArray();
    Pool pool =
        new Pool(
            space,
            Protocols.cityscapes(),
            Map.of(),
            List.of(),
            List.of(Counts.of(gauge.columns(space), numbers)));
    return Readings.of(gauge, pool, List.of(Map.of()));
  }

  private static double miou(Entry entry) {
    return entry.accuracy().orElseThrow().miou().orElseThrow();
  }

  private static double ms(Entry entry) {
    return entry.speed().orElseThrow().endToEnd().mean();
  }
}
