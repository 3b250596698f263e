package io.drivemark.architectures.training;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a training says of itself after a step. Stateless. */
final class StepText {
  private StepText() {}

  /**
   * Where it stands.
   *
   * @param epoch from 0
   * @param loss mean of the epoch so far
   * @param history the epochs before
   * @param best the score that its best weights have, if any were evaluated
   */
  static String of(
      int epoch, int epochs, double loss, List<EpochRecord> history, Optional<ValScore> best) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "epoch %d/%d, loss %.4f", epoch + 1, epochs, loss));
    best.ifPresent(
        score ->
            text.append(", val ")
                .append(score.figure().title())
                .append(' ')
                .append(ValFigure.text(lastValue(history)))
                .append(" (best ")
                .append(ValFigure.text(score.value()))
                .append(')'));
    if (!history.isEmpty()) {
      EpochRecord last = history.get(history.size() - 1);
      last.gates().ifPresent(gates -> text.append(", gates ").append(gates));
      last.masks().ifPresent(masks -> text.append(", masks ").append(masks));
    }
    return text.toString();
  }

  /** The time that is left. */
  static String left(double seconds) {
    return ", " + Math.round(seconds / 60) + " min left";
  }

  private static OptionalDouble lastValue(List<EpochRecord> history) {
    return history.stream()
        .map(EpochRecord::value)
        .filter(OptionalDouble::isPresent)
        .reduce(OptionalDouble.empty(), (a, b) -> b);
  }
}
