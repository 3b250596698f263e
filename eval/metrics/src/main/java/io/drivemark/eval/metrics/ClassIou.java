package io.drivemark.eval.metrics;

import io.drivemark.eval.metrics.Protocol.AbsentClass;
import java.util.Optional;

/**
 * The IoU of a class under a protocol: its value, if it has one, and its part in the mean.
 * Immutable.
 *
 * @param value the value, if it is defined
 * @param inMean whether it enters the mean
 * @param poisons whether it makes the mean undefined
 */
record ClassIou(Optional<Fraction> value, boolean inMean, boolean poisons) {

  static ClassIou of(Protocol protocol, Tally tally, int c) {
    if (tally.inTruth(c)) {
      return new ClassIou(tally.iou(c), true, false);
    }
    AbsentClass rule = tally.isPredicted(c) ? protocol.predictedOnly() : protocol.absent();
    return switch (rule) {
      case ZERO -> new ClassIou(Optional.of(Fraction.ZERO), true, false);
      case ZERO_OUTSIDE_MEAN -> new ClassIou(Optional.of(Fraction.ZERO), false, false);
      case ONE -> new ClassIou(Optional.of(Fraction.ONE), true, false);
      case UNDEFINED -> new ClassIou(Optional.empty(), false, false);
      case POISONS_MEAN -> new ClassIou(Optional.empty(), false, true);
    };
  }
}
