package io.drivemark.reports;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Age;
import io.drivemark.eval.runner.record.driving.Driving.Deadline;
import io.drivemark.eval.runner.record.driving.Driving.Delay;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.Driving.Sight;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Condition;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Robustness.Plain;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.ArrayList;
import java.util.List;
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

  private static double miou(Entry entry) {
    return entry.accuracy().orElseThrow().miou().orElseThrow();
  }

  private static double ms(Entry entry) {
    return entry.speed().orElseThrow().endToEnd().mean();
  }
}
