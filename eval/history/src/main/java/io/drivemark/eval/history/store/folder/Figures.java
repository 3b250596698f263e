package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.judge.Timing;
import io.drivemark.eval.history.store.folder.RunFacts.FigureFacts;
import io.drivemark.eval.history.store.folder.RunFacts.TimingFacts;
import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.Speed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The figures of an entry that history follows: accuracy with its intervals, IoU by class, figures
 * of gauges, errors of distances, latencies, cost. A gauge's figure of a later derivation than the
 * first has another id ({@code boundary.2}): figures of two derivations never share a line. For one
 * thread.
 */
final class Figures {
  /** Mean latency from the decoded frame to the label map. */
  static final String LATENCY = "latencyMs";

  private static final String LATENCY_P95 = "latencyP95Ms";
  private static final String MODEL_LATENCY = "modelLatencyMs";
  private static final String ALL = "";

  private final Map<List<String>, FigureFacts> found = new LinkedHashMap<>();

  private Figures() {}

  /** All figures of an entry. */
  static List<FigureFacts> of(Entry entry) {
    Figures figures = new Figures();
    entry.accuracy().ifPresent(accuracy -> figures.add(accuracy, entry.confidence()));
    entry.depth().ifPresent(figures::add);
    entry.readings().forEach(figures::add);
    entry.speed().ifPresent(figures::add);
    entry.cost().ifPresent(figures::add);
    return List.copyOf(figures.found.values());
  }

  /** The latencies alone, of a process that measured nothing else. */
  static List<FigureFacts> of(Speed speed) {
    Figures figures = new Figures();
    figures.add(speed);
    return List.copyOf(figures.found.values());
  }

  private void add(Accuracy accuracy, Optional<Confidence> confidence) {
    add("miou", ALL, accuracy.miou(), confidence.map(Confidence::miou));
    plain("pixelAccuracy", accuracy.pixelAccuracy());
    plain("meanAccuracy", accuracy.meanAccuracy());
    plain("frequencyWeightedIou", accuracy.frequencyWeightedIou());
    for (Accuracy.ClassScore score : accuracy.classes()) {
      Optional<Confidence.Range> range =
          confidence.flatMap(c -> Optional.ofNullable(c.iou().get(score.name())));
      add("iou", score.name(), score.iou(), range);
    }
  }

  private void add(DepthAccuracy depth) {
    Optional<DepthScores> mean = depth.mean();
    if (mean.isEmpty()) {
      return;
    }
    mean.get()
        .byName()
        .forEach(
            (name, value) ->
                add(
                    name,
                    ALL,
                    OptionalDouble.of(value),
                    depth.confidence().flatMap(c -> Optional.ofNullable(c.errors().get(name)))));
  }

  private void add(GaugeReading reading) {
    String suffix = reading.derivation() == 1 ? "" : "." + reading.derivation();
    for (GaugeReading.Figure figure : reading.figures()) {
      put(new FigureFacts(figure.id() + suffix, ALL, figure.value(), figure.low(), figure.high()));
    }
  }

  private void add(Speed speed) {
    Speed.Latency all = speed.endToEnd();
    put(
        new FigureFacts(
            LATENCY, ALL, OptionalDouble.of(all.mean()), all.meanLow(), all.meanHigh()));
    plain("latencyP50Ms", OptionalDouble.of(all.p50()));
    plain(LATENCY_P95, OptionalDouble.of(all.p95()));
    plain("latencyP99Ms", all.p99());
    Speed.Latency model = speed.model();
    put(
        new FigureFacts(
            MODEL_LATENCY,
            ALL,
            OptionalDouble.of(model.mean()),
            model.meanLow(),
            model.meanHigh()));
    plain("imageDecodeMs", speed.imageDecodeMs());
  }

  private void add(Cost cost) {
    plain("params", count(cost.params()));
    plain("macs", count(cost.macsPerFrame()));
    plain("activationBytes", count(cost.activationBytes()));
  }

  private static OptionalDouble count(OptionalLong value) {
    return value.isPresent() ? OptionalDouble.of(value.getAsLong()) : OptionalDouble.empty();
  }

  /** The interval that heeds few clusters where there is one, else the percentile interval. */
  private void add(
      String metric, String ofClass, OptionalDouble value, Optional<Confidence.Range> range) {
    OptionalDouble low =
        range.map(r -> first(r.expandedLow(), r.low())).orElse(OptionalDouble.empty());
    OptionalDouble high =
        range.map(r -> first(r.expandedHigh(), r.high())).orElse(OptionalDouble.empty());
    put(new FigureFacts(metric, ofClass, value, low, high));
  }

  private static OptionalDouble first(OptionalDouble wanted, OptionalDouble other) {
    return wanted.isPresent() ? wanted : other;
  }

  private void plain(String metric, OptionalDouble value) {
    put(new FigureFacts(metric, ALL, value, OptionalDouble.empty(), OptionalDouble.empty()));
  }

  /** The first of one id stays: what an entry itself has goes before a gauge's reading of it. */
  private void put(FigureFacts figure) {
    found.putIfAbsent(List.of(figure.metric(), figure.ofClass()), figure);
  }

  /**
   * What the judge takes of latencies: of the mean the logarithm of the trimmed mean of blocks of
   * {@value LatencyProtocol#BLOCK_RUNS} runs, of percentiles the logarithm.
   */
  static List<TimingFacts> timings(Speed speed) {
    return List.of(
        new TimingFacts(LATENCY, blocks(LATENCY, speed.endToEndSamplesMs())),
        new TimingFacts(LATENCY_P95, Math.log(speed.endToEnd().p95())),
        new TimingFacts(MODEL_LATENCY, blocks(MODEL_LATENCY, speed.modelSamplesMs())));
  }

  private static double blocks(String metric, List<Double> runsMs) {
    int size = LatencyProtocol.BLOCK_RUNS;
    double[] means = new double[(runsMs.size() + size - 1) / size];
    for (int block = 0; block < means.length; block++) {
      List<Double> runs = runsMs.subList(block * size, Math.min(runsMs.size(), (block + 1) * size));
      means[block] = runs.stream().mapToDouble(Double::doubleValue).sum() / runs.size();
    }
    return Timing.ofBlocks(metric, 0, "", means).log();
  }
}
