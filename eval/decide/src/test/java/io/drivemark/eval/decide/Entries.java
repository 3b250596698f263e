package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.Speed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Entries of tests. */
public final class Entries {
  private Entries() {}

  /** A network that was timed, or not, with 1 000 parameters. */
  public static Entry of(String model, int threads, OptionalLong macs, Optional<Speed> speed) {
    return of(model, threads, macs, speed, Optional.empty());
  }

  /** The same with gates. */
  static Entry of(
      String model,
      int threads,
      OptionalLong macs,
      Optional<Speed> speed,
      Optional<Cost.Gated> gated) {
    return new Entry(
        "",
        new ModelFacts(
            model,
            "enet",
            "dense",
            Optional.empty(),
            Optional.empty(),
            "camvid-11",
            "digest of " + model,
            Map.of(),
            Map.of()),
        true,
        List.of(),
        new EngineFacts("onnxruntime", Optional.of("1"), threads, "fp32"),
        new DatasetFacts("camvid", "val", 3, 360, 480, "d"),
        new FrameSize(360, 480),
        new ProtocolFacts("cityscapes", "p", "identity", "logits-bilinear"),
        Optional.empty(),
        Optional.of(new Cost(OptionalLong.of(1000), macs, macs, OptionalLong.empty(), gated)),
        speed,
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  /** Latencies of a frame and of the engine alone, 0.5 of it, in a rotation or in none. */
  static Speed speed(
      double ms, Optional<Speed.Rotation> rotation, Optional<Speed.Control> control) {
    return new Speed(
        latency(ms),
        latency(ms / 2),
        OptionalDouble.empty(),
        control,
        rotation,
        List.of(),
        List.of(),
        "machine",
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of(),
        Optional.empty());
  }

  /** A control that strayed so far from 1. */
  static Optional<Speed.Control> control(String model, double low, double high) {
    return Optional.of(new Speed.Control(model, 1, low, high, Speed.ControlKind.SECOND_SESSION));
  }

  private static Speed.Latency latency(double ms) {
    OptionalDouble none = OptionalDouble.empty();
    return new Speed.Latency(10, ms, ms, ms, none, ms, ms, none, none);
  }
}
