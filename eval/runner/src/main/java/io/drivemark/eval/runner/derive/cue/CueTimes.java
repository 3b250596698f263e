package io.drivemark.eval.runner.derive.cue;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.cue.CueFacts.Deadline;
import io.drivemark.eval.runner.record.cue.CueFacts.Timing;
import io.drivemark.eval.streaming.Deadlines;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Joins timed runs along a sequence with whether a network ran for the pictures. Stateless. */
final class CueTimes {
  private static final double NANOS_PER_MS = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private CueTimes() {}

  /**
   * What pictures took.
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
    double[] ms = new double[2]; // without a run, with one
    int[] pictures = new int[2];
    sums.forEach(
        (picture, sum) -> {
          Integer ran = runs.get(picture);
          if (ran != null) {
            int which = ran > 0 ? 1 : 0;
            ms[which] += sum[0] / NANOS_PER_MS / sum[1];
            pictures[which]++;
          }
        });
    return new Timing(
        sums.size(),
        pictures[1],
        mean(ms[1], pictures[1]),
        mean(ms[0], pictures[0]),
        rate.isPresent() ? Optional.of(deadline(samples, rate.getAsDouble())) : Optional.empty());
  }

  private static OptionalDouble mean(double sum, int count) {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  private static Deadline deadline(LatencySamples samples, double rate) {
    long period = (long) Math.floor(NANOS_PER_SECOND / rate);
    Deadlines kept = Deadlines.of(samples, 1, period);
    return new Deadline(period / NANOS_PER_MS, kept.runs(), kept.misses(), kept.longest());
  }
}
