package io.drivemark.eval.streaming;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ten pictures a second in milliseconds, and a bar of three pixels that moves by one a picture. */
final class Goldens {
  static final long MS = 1_000_000;
  static final CameraClock TEN = CameraClock.of(10);
  static final LabelSpace SPACE = Maps.space(2);

  private Goldens() {}

  /** Runs of these milliseconds, over and over. */
  static RunTimes runs(long... ms) {
    return RunTimes.of(IntStream.range(0, ms.length).mapToLong(i -> ms[i] * MS).toArray());
  }

  static Schedule schedule(int pictures, Policy policy, RunTimes runs) {
    return Schedule.of(Feed.of(TEN, pictures), policy, runs, 1);
  }

  /** Answers as {@code picture:milliseconds}. */
  static List<String> written(Schedule schedule, int most) {
    return schedule.answers().stream()
        .limit(most)
        .map(a -> a.picture() + ":" + a.finish() / MS)
        .toList();
  }

  /** How many pictures the newest answer is behind at each picture; -1 without an answer. */
  static List<Integer> delays(Schedule schedule, CameraClock clock, int pictures) {
    List<Integer> out = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      int newest = schedule.newestAt(clock.exposure(i));
      out.add(newest == Schedule.NONE ? -1 : i - schedule.answers().get(newest).picture());
    }
    return out;
  }

  static LatencySamples samples(int blockRuns, long... nanos) {
    return new LatencySamples(
        nanos,
        IntStream.range(0, nanos.length).map(i -> i / blockRuns).toArray(),
        IntStream.range(0, nanos.length).toArray());
  }

  private static LabelMap bar(int picture) {
    byte[] pixels = new byte[10];
    for (int i = picture; i < Math.min(10, picture + 3); i++) {
      pixels[i] = 1;
    }
    return LabelMap.of(SPACE, 1, 10, pixels);
  }

  private static ConfusionMatrix confusion(LabelMap truth, LabelMap prediction) {
    ConfusionAccumulator accumulator = new ConfusionAccumulator(SPACE);
    accumulator.add(truth, prediction);
    return accumulator.matrix();
  }

  /** What a perfect network is worth on so many pictures of the bar. */
  static DelayCounts perfect(int pictures, int most) {
    DelayCounts.Builder out = new DelayCounts.Builder(1, most);
    for (int i = 0; i < pictures; i++) {
      for (int d = 0; d <= Math.min(i, most); d++) {
        out.add(new Instant(i, 0), d, confusion(bar(i), bar(i - d)));
      }
    }
    return out.build();
  }
}
