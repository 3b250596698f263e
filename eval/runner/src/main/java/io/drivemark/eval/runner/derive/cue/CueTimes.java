package io.drivemark.eval.runner.derive.cue;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.cue.CueFacts.Deadline;
import io.drivemark.eval.runner.record.cue.CueFacts.Mode;
import io.drivemark.eval.runner.record.cue.CueFacts.Timing;
import io.drivemark.eval.streaming.Deadlines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Joins timed runs along a sequence with whether a network ran for the pictures. Stateless. */
final class CueTimes {
  private static final double NANOS_PER_MS = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private CueTimes() {}

  /**
   * What pictures took; of one that is not known to the paths it is not said what ran for it.
   *
   * @param timed runs along a sequence
   * @param paths what ran for which picture; those that are timed see the same
   * @param rate pictures a second; absent where frames stood apart
   */
  static Timing of(TimedRuns timed, List<PathRuns.Run> paths, OptionalDouble rate) {
    Map<String, Integer> runs = new HashMap<>();
    paths.forEach(run -> runs.put(run.picture(), run.runs()));
    LatencySamples samples = timed.endToEnd();
    Map<String, long[]> sums = new LinkedHashMap<>(); // picture → sum and count
    for (int i = 0; i < samples.size(); i++) {
      long[] sum = sums.computeIfAbsent(timed.frames().get(i), f -> new long[2]);
      sum[0] += samples.nanos(i);
      sum[1]++;
    }
    Map<Integer, List<Double>> byRuns = new TreeMap<>();
    sums.forEach(
        (picture, sum) -> {
          if (runs.containsKey(picture)) {
            byRuns
                .computeIfAbsent(runs.get(picture), r -> new ArrayList<>())
                .add(sum[0] / NANOS_PER_MS / sum[1]);
          }
        });
    return new Timing(
        sums.size(),
        byRuns.entrySet().stream().map(e -> mode(e.getKey(), e.getValue())).toList(),
        rate.isPresent() ? Optional.of(deadline(samples, rate.getAsDouble())) : Optional.empty());
  }

  private static Mode mode(int runs, List<Double> ms) {
    double sum = ms.stream().mapToDouble(m -> m).sum();
    return new Mode(runs, ms.size(), sum / ms.size());
  }

  private static Deadline deadline(LatencySamples samples, double rate) {
    long period = (long) Math.floor(NANOS_PER_SECOND / rate);
    Deadlines kept = Deadlines.of(samples, 1, period);
    return new Deadline(period / NANOS_PER_MS, kept.runs(), kept.misses(), kept.longest());
  }
}
