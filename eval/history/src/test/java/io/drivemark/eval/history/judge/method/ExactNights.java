package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.ExactDifference;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Measurement;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Nights of accuracies alone, each as the one before but for what a test changes. */
final class ExactNights {
  final List<Night> nights = new ArrayList<>();
  final Map<String, Event> events = new LinkedHashMap<>();
  final Map<String, ExactDifference> differences = new HashMap<>();
  final Map<Series, CellAccuracy> cells = new LinkedHashMap<>();
  final Map<Series, String> unmeasured = new HashMap<>();
  final Map<String, String> conditions =
      new TreeMap<>(
          Map.of(Night.DRIVEMARK, "d1", Night.JAVA, "17", Night.ENGINE + "onnxruntime", "1.29"));
  String machine = "a";
  Optional<String> excluded = Optional.empty();
  Optional<String> pinned = Optional.empty();

  /** Names of nights that accuracies are taken over from, by keys of series. */
  final Map<String, String> taken = new HashMap<>();

  JudgeRules rules = JudgeRules.defaults();

  ExactNights(int count) {
    for (int i = 0; i < count; i++) {
      cells.put(World.series(i), cell("p1", 0.5, 0.6, 0.4));
    }
  }

  static CellAccuracy cell(String prints, double miou, double road, double pole) {
    return new CellAccuracy(
        "key",
        "model-1",
        "data-1",
        "1.29",
        Optional.of(prints),
        Optional.of("canary-1"),
        true,
        List.of(
            new Measurement("miou", Optional.empty(), OptionalDouble.of(miou)),
            new Measurement("iou", Optional.of("Road"), OptionalDouble.of(road)),
            new Measurement("iou", Optional.of("Pole"), OptionalDouble.of(pole))));
  }

  /** Other label maps and figures of a cell; everything declared as it was. */
  void predict(int cell, String prints, double miou, double road, double pole) {
    CellAccuracy was = cells.get(World.series(cell));
    cells.put(
        World.series(cell),
        new CellAccuracy(
            was.cellKey(),
            was.model(),
            was.data(),
            was.engineVersion(),
            Optional.of(prints),
            was.canary(),
            was.complete(),
            cell(prints, miou, road, pole).values()));
  }

  /** Another cell key, model, data, engine or canary. */
  void declare(
      int cell, String key, String model, String data, String engine, Optional<String> canary) {
    CellAccuracy was = cells.get(World.series(cell));
    cells.put(
        World.series(cell),
        new CellAccuracy(
            key, model, data, engine, was.prints(), canary, was.complete(), was.values()));
  }

  void incomplete(int cell) {
    CellAccuracy was = cells.get(World.series(cell));
    cells.put(
        World.series(cell),
        new CellAccuracy(
            was.cellKey(),
            was.model(),
            was.data(),
            was.engineVersion(),
            was.prints(),
            was.canary(),
            false,
            was.values()));
  }

  /** What moved against the night before. */
  void moved(int cell, int frames, long pixels, boolean withinFragile, String... names) {
    differences.put(
        World.series(cell).key(),
        new ExactDifference("n" + nights.size(), frames, pixels, withinFragile, List.of(names)));
  }

  Verdict next() {
    int n = nights.size() + 1;
    List<SeriesNight> series = new ArrayList<>();
    cells.forEach(
        (one, cell) ->
            series.add(
                unmeasured.containsKey(one)
                    ? SeriesNight.unmeasured(one, unmeasured.get(one))
                    : new SeriesNight(one, Optional.empty(), List.of(), Optional.of(cell))));
    Night night =
        new Night(
            new Night.Ref(
                "n" + n, n, Instant.parse("2026-01-01T02:00:00Z").plus(n, ChronoUnit.DAYS)),
            machine,
            conditions,
            List.of(),
            series,
            List.of(),
            Optional.empty(),
            excluded);
    Verdict verdict =
        Judge.judge(
            new JudgeInput(
                nights,
                night,
                Optional.empty(),
                List.copyOf(events.values()),
                differences,
                taken,
                pinned,
                rules));
    nights.add(night);
    differences.clear();
    verdict.events().forEach(event -> events.put(event.uid(), event));
    return verdict;
  }

  Verdict next(int count) {
    for (int i = 1; i < count; i++) {
      next();
    }
    return next();
  }
}
