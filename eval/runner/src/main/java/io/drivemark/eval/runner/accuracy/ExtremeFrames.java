package io.drivemark.eval.runner.accuracy;

import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.runner.accuracy.AccuracyPass.Judged;
import java.util.List;
import java.util.Optional;

/**
 * The frames for which a gated network computed least and most; of equals the first. Frames come in
 * sample order. For one thread.
 */
final class ExtremeFrames {
  private Optional<Judged> least = Optional.empty();
  private Optional<Judged> most = Optional.empty();

  void take(Judged judged) {
    if (judged.macs().isEmpty()) {
      return;
    }
    long macs = strict(judged);
    if (least.isEmpty() || macs < strict(least.get())) {
      least = Optional.of(judged);
    }
    if (most.isEmpty() || macs > strict(most.get())) {
      most = Optional.of(judged);
    }
  }

  private static long strict(Judged judged) {
    return judged.macs().map(GatedMacs::strict).orElseThrow();
  }

  /** The least, then the most; empty where all are alike or nothing is known. */
  List<Judged> both() {
    return least.isPresent() && strict(least.get()) < strict(most.orElseThrow())
        ? List.of(least.get(), most.get())
        : List.of();
  }
}
