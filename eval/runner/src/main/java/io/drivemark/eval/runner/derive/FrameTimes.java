package io.drivemark.eval.runner.derive;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.Speed.FrameTime;
import io.drivemark.eval.statistics.Correlation;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Percentiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Joins the timed runs of a gated network with what their frames cost. Stateless. */
public final class FrameTimes {
  private static final double NANOS_PER_MS = 1e6;

  /** The standard error of a median of normal values, in those of the mean: √(π/2). */
  private static final double MEDIAN_ERROR = Math.sqrt(Math.PI / 2);

  private FrameTimes() {}

  /**
   * The times of single frames.
   *
   * @param form how the engine ran the network
   * @param engine runs of the engine alone
   * @param frames the id of the frame of each run
   * @param work what frames cost
   * @param allLive runs end to end with all units live
   * @param allLiveEngine the same, the engine alone
   * @param maskedEngine runs of the engine alone in masked form
   * @return empty if of no timed frame it is known what it costs
   */
  public static Optional<Speed.ByFrame> of(
      String form,
      LatencySamples engine,
      List<String> frames,
      Cost.Work work,
      LatencySamples allLive,
      LatencySamples allLiveEngine,
      Optional<LatencySamples> maskedEngine) {
    Map<String, Long> macs = new HashMap<>();
    work.frames().forEach(f -> macs.put(f.id(), f.strict()));
    Map<String, List<Double>> runs = new LinkedHashMap<>();
    for (int i = 0; i < frames.size(); i++) {
      if (macs.containsKey(frames.get(i))) {
        runs.computeIfAbsent(frames.get(i), f -> new ArrayList<>())
            .add(engine.nanos(i) / NANOS_PER_MS);
      }
    }
    List<FrameTime> times =
        runs.entrySet().stream()
            .map(
                e ->
                    new FrameTime(
                        e.getKey(),
                        e.getValue().size(),
                        Percentiles.median(e.getValue().stream().mapToDouble(ms -> ms).toArray()),
                        macs.get(e.getKey())))
            .toList();
    if (times.isEmpty()) {
      return Optional.empty();
    }
    Correlation found =
        Correlation.of(
            times.stream().mapToDouble(FrameTime::macs).toArray(),
            times.stream().mapToDouble(FrameTime::ms).toArray());
    return Optional.of(
        new Speed.ByFrame(
            form,
            times,
            worst(times),
            noise(runs.values().stream().toList()),
            found.r(),
            end(found.interval().map(Interval::low)),
            end(found.interval().map(Interval::high)),
            Speeds.summary(allLive),
            Speeds.summary(allLiveEngine),
            maskedEngine.map(Speeds::summary)));
  }

  private static OptionalDouble end(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static String worst(List<FrameTime> times) {
    FrameTime worst = times.get(0);
    for (FrameTime time : times) {
      worst = time.ms() > worst.ms() ? time : worst;
    }
    return worst.id();
  }

  /** How far the medians of frames are off, root mean square; empty if a frame has one run. */
  private static OptionalDouble noise(List<List<Double>> runs) {
    double squares = 0;
    for (List<Double> ofFrame : runs) {
      int n = ofFrame.size();
      if (n < 2) {
        return OptionalDouble.empty();
      }
      double mean = ofFrame.stream().mapToDouble(ms -> ms).sum() / n;
      double sum = ofFrame.stream().mapToDouble(ms -> (ms - mean) * (ms - mean)).sum();
      squares += MEDIAN_ERROR * MEDIAN_ERROR * sum / (n - 1) / n;
    }
    return OptionalDouble.of(Math.sqrt(squares / runs.size()));
  }
}
