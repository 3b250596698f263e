package io.drivemark.eval.runner.record.driving;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What late answers of a network are worth where the camera fails on some of its pictures. Figures
 * are over all repetitions. Immutable.
 *
 * @param kind what happens to such a picture: {@code dropped} or {@code frozen}
 * @param share of pictures that fail on average
 * @param pictures how many the camera took
 * @param failed how many of them failed
 * @param miou streaming mean IoU; absent where it is undefined, which {@code reason} says
 * @param loss the mean IoU of the camera without faults less that, with its interval
 * @param peakMaxMs the longest blindness, milliseconds; absent where there are no two answers
 * @param unanswered how often the truth was asked before the first answer
 * @param tooOld how often the answer was later than was counted
 * @param reason why there is no mean IoU
 */
public record RoadFault(
    String kind,
    double share,
    long pictures,
    long failed,
    OptionalDouble miou,
    Span loss,
    OptionalDouble peakMaxMs,
    long unanswered,
    long tooOld,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reason) {
  public RoadFault {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(miou, "miou");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(peakMaxMs, "peakMaxMs");
    Objects.requireNonNull(reason, "reason");
  }

  /** The same with this reason. */
  RoadFault withReason(Optional<String> words) {
    return new RoadFault(
        kind, share, pictures, failed, miou, loss, peakMaxMs, unanswered, tooOld, words);
  }
}
