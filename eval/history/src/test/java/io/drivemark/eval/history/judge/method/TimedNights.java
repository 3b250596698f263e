package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Measurement;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Timing;
import io.drivemark.eval.history.judge.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;

/** Nights of a small study by hand: what a test does not set is noise of half a percent. */
final class TimedNights {
  final List<Night> nights = new ArrayList<>();
  final Map<String, Event> events = new LinkedHashMap<>();
  final Map<String, String> conditions =
      new TreeMap<>(
          Map.of(Night.DRIVEMARK, "d1", Night.JAVA, "17", Night.ENGINE + "onnxruntime", "1.29"));
  final double[] slower;

  /** By how much neighbouring processes of a cell differ, in turn; 0 for noise. */
  final double[] apart;

  final Random random;
  private final List<Series> series = new ArrayList<>();
  Optional<String> pinned = Optional.empty();
  Optional<String> unquiet = Optional.empty();
  double band = 0.01;
  double ruler;
  boolean hasRulers = true;
  String model = "model-1";
  String option = "";
  double miou = 0.5;
  int forks = 1;
  double night;
  JudgeRules rules = JudgeRules.defaults();

  /** Cells by turns of two engines, or of one. */
  TimedNights(int cells, boolean twoEngines, long seed) {
    random = new Random(seed);
    slower = new double[cells];
    apart = new double[cells];
    for (int c = 0; c < cells; c++) {
      String engine = twoEngines && c % 2 == 1 ? "pytorch" : "onnxruntime";
      series.add(new Series("c" + c, "cell " + c, "net-" + c, "camvid/val", engine));
    }
  }

  Series series(int cell) {
    return series.get(cell);
  }

  Night measure(String uid, int order, int ofForks) {
    List<SeriesNight> all = new ArrayList<>();
    List<Night.Rotation> rotations = new ArrayList<>();
    for (int f = 0; f < ofForks; f++) {
      rotations.add(new Night.Rotation("r" + f, f, band, List.of()));
    }
    for (int c = 0; c < slower.length; c++) {
      List<Timing> timings = new ArrayList<>();
      for (int f = 0; f < ofForks; f++) {
        double log =
            Math.log(20 + c)
                + night
                + Math.log1p(slower[c])
                + (apart[c] > 0 ? (f - 1) * apart[c] : 0.005 * random.nextGaussian());
        timings.add(new Timing("latencyMs", f, "r" + f, log));
      }
      Optional<CellAccuracy> accuracy =
          c > 0
              ? Optional.empty()
              : Optional.of(
                  new CellAccuracy(
                      "key-" + model + option,
                      model,
                      "data",
                      "1.29",
                      Optional.of("prints-" + model + miou),
                      Optional.of("canary-" + model),
                      true,
                      List.of(new Measurement("miou", Optional.empty(), OptionalDouble.of(miou)))));
      all.add(new SeriesNight(series.get(c), Optional.empty(), timings, accuracy));
    }
    List<Night.Ruler> rulers =
        hasRulers
            ? List.of(
                new Night.Ruler("java", 2 + ruler + 0.002 * random.nextGaussian()),
                new Night.Ruler("onnxruntime", 3 + ruler + 0.002 * random.nextGaussian()))
            : List.of();
    return new Night(
        new Night.Ref(
            uid, order, Instant.parse("2026-01-01T02:00:00Z").plus(order, ChronoUnit.DAYS)),
        "a",
        conditions,
        rotations,
        all,
        rulers,
        unquiet,
        Optional.empty());
  }

  void remember(int count) {
    for (int i = 0; i < count; i++) {
      nights.add(measure("n" + (nights.size() + 1), nights.size() + 1, forks));
    }
  }

  JudgeInput input() {
    int n = nights.size() + 1;
    return new JudgeInput(
        nights,
        measure("n" + n, n, forks),
        Optional.empty(),
        List.copyOf(events.values()),
        Map.of(),
        pinned,
        rules);
  }

  /** The verdict of the next night, everything timed again where it is needed. */
  Verdict next() {
    JudgeInput input = input();
    Verdict verdict = Judge.judge(input);
    if (verdict.confirm().isPresent()) {
      int n = nights.size() + 1;
      verdict = Judge.judge(input.withConfirmation(measure("n" + n + "-again", n, 2)));
    }
    nights.add(input.tonight());
    verdict.events().forEach(event -> events.put(event.uid(), event));
    return verdict;
  }

  Verdict next(int count) {
    for (int i = 1; i < count; i++) {
      next();
    }
    return next();
  }

  List<Event> open() {
    return events.values().stream().filter(Event::isOpen).toList();
  }
}
