package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.Speed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Entries of networks with gates, and of others made of the same parent. */
final class GatedEntries {
  private GatedEntries() {}

  /** What was made of {@code parent}, of so many MACs. */
  static Entry variant(String model, String technique, long macs, Map<String, String> facts) {
    Entry plain = Entries.of(model, 1, OptionalLong.of(macs), Optional.empty());
    ModelFacts m = plain.model();
    return plain.withModel(
        new ModelFacts(
            model,
            m.architecture(),
            technique,
            Optional.of("parent"),
            Optional.empty(),
            m.labels(),
            m.digest(),
            m.options(),
            facts));
  }

  /** A network whose frames took these MACs and times. */
  static Entry gated(String form, long dense, long[] macs, double[] ms, double noiseMs) {
    List<Cost.FrameWork> work = new ArrayList<>();
    List<Speed.FrameTime> times = new ArrayList<>();
    for (int i = 0; i < macs.length; i++) {
      work.add(new Cost.FrameWork("f" + i, macs[i], macs[i]));
      times.add(new Speed.FrameTime("f" + i, 5, ms[i], macs[i]));
    }
    Cost.Spread any = new Cost.Spread(macs[0], 0, macs[0], macs[0]);
    Cost.Gated gated =
        new Cost.Gated(
            List.of(),
            Optional.of(new Cost.Work(dense, 0, any, any, work)),
            Optional.empty(),
            Optional.empty());
    Speed.Latency allLive =
        new Speed.Latency(
            5,
            10,
            10,
            10,
            OptionalDouble.empty(),
            10,
            10,
            OptionalDouble.empty(),
            OptionalDouble.empty());
    var found =
        io.drivemark.eval.statistics.Correlation.of(
            times.stream().mapToDouble(Speed.FrameTime::macs).toArray(), ms);
    Speed.ByFrame byFrame =
        new Speed.ByFrame(
            form,
            times,
            "f0",
            OptionalDouble.of(noiseMs),
            found.r(),
            found.interval().map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty()),
            found.interval().map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty()),
            allLive,
            allLive,
            Optional.empty());
    Speed speed = Entries.speed(20, Optional.empty(), Optional.empty()).withByFrame(byFrame);
    return Entries.of("gated", 1, OptionalLong.of(dense), Optional.of(speed), Optional.of(gated));
  }
}
