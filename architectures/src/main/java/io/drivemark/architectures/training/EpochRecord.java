package io.drivemark.architectures.training;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one epoch came to. Immutable.
 *
 * @param epoch from 1
 * @param loss mean training loss of its steps
 * @param miou mean IoU on val after it, where it was evaluated and defined
 * @param rate learning rate of its last step
 * @param seconds training time up to its end, over all runs
 * @param gates what the gates did, where the network has some
 */
public record EpochRecord(
    int epoch,
    double loss,
    OptionalDouble miou,
    double rate,
    double seconds,
    Optional<GateProgress> gates) {
  /** An epoch of a network without gates. */
  public EpochRecord(int epoch, double loss, OptionalDouble miou, double rate, double seconds) {
    this(epoch, loss, miou, rate, seconds, Optional.empty());
  }

  /** One line of JSON; {@code miou} is null where it was not measured. */
  public String json() {
    return String.format(
            Locale.ROOT,
            "{\"epoch\":%d,\"loss\":%.6f,\"miou\":%s,\"rate\":%.3e,\"seconds\":%.1f",
            epoch,
            loss,
            miou.isPresent() ? String.format(Locale.ROOT, "%.6f", miou.getAsDouble()) : "null",
            rate,
            seconds)
        + gates.map(g -> ",\"gates\":" + g.json()).orElse("")
        + "}";
  }
}
