package io.drivemark.eval.runner.derive;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.latency.LatencySummary;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.statistics.Bootstrap;
import io.drivemark.eval.statistics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * From timed runs to the numbers of a record: the one place where the runner does so. Stateless.
 */
public final class Speeds {
  private static final double NANOS_PER_MS = 1e6;

  private Speeds() {}

  /** Summary of timed runs; the mean's interval resamples whole blocks. */
  public static Speed.Latency summary(LatencySamples samples) {
    LatencySummary s = LatencySummary.of(samples);
    OptionalDouble low = OptionalDouble.empty();
    OptionalDouble high = OptionalDouble.empty();
    Map<Integer, long[]> blocks = new TreeMap<>(); // block → sum and count
    for (int i = 0; i < samples.size(); i++) {
      long[] block = blocks.computeIfAbsent(samples.block(i), b -> new long[2]);
      block[0] += samples.nanos(i);
      block[1]++;
    }
    if (blocks.size() >= 2) {
      long[][] sums = blocks.values().toArray(long[][]::new);
      Interval interval =
          Bootstrap.seeded(1).interval(sums.length, drawn -> mean(sums, drawn) / NANOS_PER_MS);
      low = OptionalDouble.of(interval.low());
      high = OptionalDouble.of(interval.high());
    }
    return new Speed.Latency(
        s.count(),
        s.meanNanos() / NANOS_PER_MS,
        s.p50Nanos() / NANOS_PER_MS,
        s.p95Nanos() / NANOS_PER_MS,
        s.p99Nanos().isPresent()
            ? OptionalDouble.of(s.p99Nanos().getAsLong() / NANOS_PER_MS)
            : OptionalDouble.empty(),
        s.minNanos() / NANOS_PER_MS,
        s.maxNanos() / NANOS_PER_MS,
        low,
        high);
  }

  /**
   * The same of runs along sequences, whose pictures take different times and are not timed equally
   * often: the mean is one over pictures of the means of their runs. Percentiles are of all runs.
   *
   * @param pictures the picture of each run
   */
  public static Speed.Latency byPicture(LatencySamples samples, List<String> pictures) {
    Speed.Latency all = summary(samples);
    PictureMeans means = new PictureMeans(samples, pictures);
    OptionalDouble low = OptionalDouble.empty();
    OptionalDouble high = OptionalDouble.empty();
    if (means.blocks() >= 2) {
      Interval interval = Bootstrap.seeded(1).interval(means.blocks(), means::ms);
      low = OptionalDouble.of(interval.low());
      high = OptionalDouble.of(interval.high());
    }
    return new Speed.Latency(
        all.count(), means.ms(), all.p50(), all.p95(), all.p99(), all.min(), all.max(), low, high);
  }

  /** What timed runs say end to end. */
  public static Speed.Latency endToEnd(TimedRuns runs) {
    return runs.byPicture() ? byPicture(runs.endToEnd(), runs.frames()) : summary(runs.endToEnd());
  }

  /** What timed runs say of the engine alone. */
  public static Speed.Latency engine(TimedRuns runs) {
    return runs.byPicture() ? byPicture(runs.engine(), runs.frames()) : summary(runs.engine());
  }

  /** Every run in milliseconds, in the order measured. */
  public static List<Double> millis(LatencySamples samples) {
    return Arrays.stream(samples.allNanos()).mapToObj(n -> n / NANOS_PER_MS).toList();
  }

  private static double mean(long[][] sums, int[] drawn) {
    long nanos = 0;
    long count = 0;
    for (int block : drawn) {
      nanos += sums[block][0];
      count += sums[block][1];
    }
    return (double) nanos / count;
  }
}
