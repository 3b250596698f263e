package io.drivemark.architectures.training;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one epoch came to. Immutable.
 *
 * @param epoch from 1
 * @param loss mean training loss of its steps
 * @param figure what is measured on val
 * @param value of the figure after it, where it was evaluated and defined
 * @param rate learning rate of its last step
 * @param seconds training time up to its end, over all runs
 * @param gates what the gates did, where the network has some
 * @param masks what its masks came to, where it has some
 */
public record EpochRecord(
    int epoch,
    double loss,
    ValFigure figure,
    OptionalDouble value,
    double rate,
    double seconds,
    Optional<GateProgress> gates,
    Optional<MaskProgress> masks) {
  public EpochRecord {
    Objects.requireNonNull(figure, "figure");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(gates, "gates");
    Objects.requireNonNull(masks, "masks");
  }

  /** An epoch of a network without masks. */
  public EpochRecord(
      int epoch,
      double loss,
      ValFigure figure,
      OptionalDouble value,
      double rate,
      double seconds,
      Optional<GateProgress> gates) {
    this(epoch, loss, figure, value, rate, seconds, gates, Optional.empty());
  }

  /** One line of JSON; the figure is null where it was not measured. */
  public String json() {
    return String.format(
            Locale.ROOT,
            "{\"epoch\":%d,\"loss\":%.6f,\"%s\":%s,\"rate\":%.3e,\"seconds\":%.1f",
            epoch,
            loss,
            figure.key(),
            value.isPresent() ? String.format(Locale.ROOT, "%.6f", value.getAsDouble()) : "null",
            rate,
            seconds)
        + gates.map(g -> ",\"gates\":" + g.json()).orElse("")
        + masks.map(m -> ",\"masks\":" + m.json()).orElse("")
        + "}";
  }
}
