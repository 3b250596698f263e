package io.drivemark.eval.runner.study;

import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.standard.DepthGauge;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.study.driving.DrivingKeys;
import io.drivemark.eval.runner.study.robust.RobustnessKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A number of an entry that can be bounded: accuracy, speed, cost, or a figure of any gauge.
 * Immutable.
 *
 * @param word as study files write it: one of the fixed ones, else the id of a figure
 */
public record Quantity(String word) {
  private static final Map<String, Function<Entry, OptionalDouble>> FIXED = fixed();

  private static final Set<String> ACCURACIES =
      Set.of("miou", "pixelAccuracy", "meanAccuracy", "frequencyWeightedIou", RobustnessKeys.SHARE);

  private static final Set<String> DISTANCES =
      new DepthGauge().figures().stream().map(Figure::id).collect(Collectors.toSet());

  /** The mean IoU. */
  public static final Quantity MIOU = new Quantity("miou");

  private static Map<String, Function<Entry, OptionalDouble>> fixed() {
    Map<String, Function<Entry, OptionalDouble>> out = new LinkedHashMap<>();
    out.put("miou", accuracy(Accuracy::miou));
    out.put("pixelAccuracy", accuracy(Accuracy::pixelAccuracy));
    out.put("meanAccuracy", accuracy(Accuracy::meanAccuracy));
    out.put("frequencyWeightedIou", accuracy(Accuracy::frequencyWeightedIou));
    out.put("fps", speed(s -> OptionalDouble.of(s.fps())));
    out.put("latencyMs", speed(s -> OptionalDouble.of(s.endToEnd().mean())));
    out.put("latencyP50Ms", speed(s -> OptionalDouble.of(s.endToEnd().p50())));
    out.put("latencyP95Ms", speed(s -> OptionalDouble.of(s.endToEnd().p95())));
    out.put("latencyP99Ms", speed(s -> s.endToEnd().p99()));
    out.put("params", cost(c -> widen(c.params())));
    out.put("macs", cost(c -> widen(c.macsPerFrame())));
    out.put("streamingMiou", driving((d, road) -> road.miou()));
    out.put("blindMetres", driving(Driving::blindMetres));
    out.put("deadlineMisses", driving((d, r) -> OptionalDouble.of(r.deadline().share())));
    out.put(
        RobustnessKeys.SHARE,
        e -> e.robustness().map(r -> r.share().value()).orElse(OptionalDouble.empty()));
    return out;
  }

  private static Function<Entry, OptionalDouble> accuracy(Function<Accuracy, OptionalDouble> f) {
    return e -> e.accuracy().map(f).orElse(OptionalDouble.empty());
  }

  private static Function<Entry, OptionalDouble> speed(Function<Speed, OptionalDouble> f) {
    return e -> e.speed().map(f).orElse(OptionalDouble.empty());
  }

  private static Function<Entry, OptionalDouble> cost(Function<Cost, OptionalDouble> f) {
    return e -> e.cost().map(f).orElse(OptionalDouble.empty());
  }

  /** Of the camera rate, policy and hardware that the study names first. */
  private static Function<Entry, OptionalDouble> driving(
      BiFunction<Driving, Driving.Road, OptionalDouble> f) {
    return e ->
        e.driving()
            .flatMap(d -> d.first().map(road -> f.apply(d, road)))
            .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble widen(OptionalLong value) {
    return value.isPresent() ? OptionalDouble.of(value.getAsLong()) : OptionalDouble.empty();
  }

  /** All that can be bounded with these gauges, the fixed ones first. */
  public static List<Quantity> all(Gauges gauges) {
    List<Quantity> out = new ArrayList<>();
    FIXED.keySet().forEach(word -> out.add(new Quantity(word)));
    for (Figure figure : gauges.figures()) {
      if (!FIXED.containsKey(figure.id())) {
        out.add(new Quantity(figure.id()));
      }
    }
    return out;
  }

  /** Records a problem for each bound of a gauge on request that nobody asks for. */
  static void requireAsked(
      ConfigMap require, List<Requirement> bounds, Gauges installed, List<String> asked) {
    List<Gauge> judging = installed.on(Gauge.Occasion.RUN, asked);
    for (Requirement bound : bounds) {
      String word = bound.metric().word;
      Optional<Gauge> gauge = FIXED.containsKey(word) ? Optional.empty() : installed.ofFigure(word);
      gauge
          .filter(g -> !judging.contains(g))
          .map(Gauge::name)
          .ifPresent(
              name ->
                  require.problem(
                      word,
                      "is a figure of gauge "
                          + name
                          + ", which judges on request: add gauges: ["
                          + name
                          + "]"));
    }
  }

  /**
   * Whether an entry can have it at all: errors of distances are of networks that answer some,
   * other figures of accuracy of networks of labels, speed and cost of both; what is asked of
   * networks alone is not asked where cues are around them.
   */
  public boolean concerns(Entry entry) {
    boolean alone = DrivingKeys.WORDS.contains(word) || word.equals(RobustnessKeys.SHARE);
    if (alone && entry.model().hasCues()) {
      return false;
    }
    if (ACCURACIES.contains(word) || DrivingKeys.WORDS.contains(word)) {
      return entry.task() == Task.SEGMENTATION && isAsked(entry);
    }
    boolean ofDistances = DISTANCES.contains(word);
    boolean distances =
        entry.task() == Task.DEPTH
            || entry.readings().stream().anyMatch(r -> r.gauge().equals(DepthGauge.NAME));
    return FIXED.containsKey(word)
        || (ofDistances ? distances : entry.task() != Task.DEPTH) && isAsked(entry);
  }

  /**
   * Whether the entry's dataset was used for what this is of. What a section of a study asks for is
   * in every entry of its datasets, or there are issues in its place.
   */
  private boolean isAsked(Entry entry) {
    if (entry.accuracy().isEmpty() || !entry.issues().isEmpty()) {
      return true;
    }
    if (DrivingKeys.WORDS.contains(word)) {
      return entry.driving().isPresent();
    }
    if (word.equals(RobustnessKeys.SHARE)) {
      return entry.robustness().isPresent();
    }
    return FIXED.containsKey(word)
        || Gauges.installed()
            .ofFigure(word)
            .filter(gauge -> gauge.occasions().isEmpty())
            .map(Gauge::name)
            .map(name -> entry.readings().stream().anyMatch(r -> r.gauge().equals(name)))
            .orElse(true);
  }

  /**
   * What an entry has there; empty if undefined or not measured. Of a figure that follows by two
   * derivations, the later one.
   */
  public OptionalDouble of(Entry entry) {
    if (FIXED.containsKey(word)) {
      return FIXED.get(word).apply(entry);
    }
    int derivation = 0;
    OptionalDouble value = OptionalDouble.empty();
    for (GaugeReading reading : entry.readings()) {
      for (GaugeReading.Figure figure : reading.figures()) {
        if (figure.id().equals(word) && reading.derivation() > derivation) {
          derivation = reading.derivation();
          value = figure.value();
        }
      }
    }
    return value;
  }
}
