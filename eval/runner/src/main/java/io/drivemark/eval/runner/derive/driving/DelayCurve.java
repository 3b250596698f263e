package io.drivemark.eval.runner.derive.driving;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.runner.evidence.driving.ClipSheet;
import io.drivemark.eval.runner.evidence.driving.DangerCounts;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.record.driving.Danger;
import io.drivemark.eval.runner.record.driving.Driving.Delay;
import io.drivemark.eval.streaming.CameraClock;
import io.drivemark.eval.streaming.DelayCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The worth of an answer by its delay in whole pictures, without any latency. Stateless. */
final class DelayCurve {
  private DelayCurve() {}

  /** One point a delay; of the truths after the warm-up, the same for every delay. */
  static List<Delay> of(DelayEvidence evidence, Protocol protocol, double warmUp) {
    ClipSheet sheet = evidence.sheet();
    CameraClock clock = CameraClock.of(sheet.rate());
    int first = 0;
    while (clock.exposure(first) < Math.round(warmUp * 1e9)) {
      first++;
    }
    List<Delay> out = new ArrayList<>();
    for (int delay = 0; delay <= sheet.delays(); delay++) {
      out.add(
          new Delay(
              delay,
              clock.exposure(delay) / 1e6,
              miou(evidence.network(), protocol, delay, first),
              miou(evidence.perfect(), protocol, delay, first),
              danger(evidence.dangers(), delay, first),
              danger(evidence.perfectDangers(), delay, first)));
    }
    return out;
  }

  private static OptionalDouble miou(
      List<DelayCounts> clips, Protocol protocol, int delay, int first) {
    List<ConfusionMatrix> all = new ArrayList<>();
    for (DelayCounts clip : clips) {
      Optional<List<ConfusionMatrix>> some = clip.atDelay(delay, first);
      if (some.isEmpty()) {
        return OptionalDouble.empty();
      }
      all.addAll(some.get());
    }
    return all.isEmpty() ? OptionalDouble.empty() : protocol.evaluate(all).miou().value();
  }

  /** Of all clips together; empty if it was not counted for all truths. */
  private static Optional<Danger> danger(List<DangerCounts> clips, int delay, int first) {
    Optional<Danger> sum = Optional.empty();
    for (DangerCounts clip : clips) {
      Optional<Danger> some = clip.atDelay(delay, first);
      if (some.isEmpty()) {
        return Optional.empty();
      }
      sum = Optional.of(sum.map(some.get()::plus).orElse(some.get()));
    }
    return sum;
  }
}
