package io.drivemark.reports.board;

import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One entry as it stands among the others of its board. Immutable.
 *
 * @param number its place on the board, from 0, in the study's order
 * @param label a name no other contender of the board has: the model, its engine, and whatever else
 *     is needed to tell them apart
 * @param entry what was measured
 */
public record Contender(int number, String label, Entry entry) {
  public Contender {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(entry, "entry");
  }

  /** The model's name. */
  public String model() {
    return entry.model().name();
  }

  /** Its label as sentences use it: {@code enet-camvid on onnxruntime}. */
  public String phrase() {
    String plain = model() + " · " + entry.engine().name();
    return label.startsWith(plain)
        ? model() + " on " + entry.engine().name() + label.substring(plain.length())
        : label;
  }

  /** mIoU as a fraction; empty if nothing was judged or it is undefined. */
  public OptionalDouble miou() {
    return entry.accuracy().map(Accuracy::miou).orElse(OptionalDouble.empty());
  }

  /** Whether its weights were learned; random weights have no accuracy. */
  public boolean trained() {
    return entry.model().trained();
  }

  /** Mean end-to-end latency in milliseconds; empty if speed was not measured. */
  public OptionalDouble meanMs() {
    return entry
        .speed()
        .map(Speed::endToEnd)
        .map(latency -> OptionalDouble.of(latency.mean()))
        .orElse(OptionalDouble.empty());
  }

  /** Whether both accuracy and speed are known, so that it can be on the front. */
  public boolean rated() {
    return miou().isPresent() && meanMs().isPresent();
  }

  /**
   * Whether the means of two contenders' end-to-end latencies cannot be told apart: their ratio
   * lies within the band in which one model differed from itself. Of different rotations the ratio
   * is that of their ratios to the model both rotations had, and both bands count. False where no
   * control was measured, or they ran on different machines.
   */
  public boolean ties(Contender other) {
    if (meanMs().isEmpty() || other.meanMs().isEmpty()) {
      return false;
    }
    Speed speed = entry.speed().orElseThrow();
    Speed otherSpeed = other.entry.speed().orElseThrow();
    if (speed.control().isEmpty() || !speed.environment().equals(otherSpeed.environment())) {
      return false;
    }
    double band = halfBand(speed.control().get());
    if (!speed.inTurnWith(otherSpeed)) {
      band += otherSpeed.control().map(Contender::halfBand).orElse(0.0);
    }
    double mean = speed.endToEnd().mean();
    double otherMean = speed.meanHere(otherSpeed);
    double slower = Math.max(mean, otherMean);
    double faster = Math.min(mean, otherMean);
    return slower - faster <= band * faster;
  }

  /** Whether it is faster than another on the same machine, or as fast as the controls can tell. */
  public boolean isAsFastAs(Contender other) {
    if (meanMs().isEmpty() || other.meanMs().isEmpty()) {
      return false;
    }
    Speed speed = entry.speed().orElseThrow();
    Speed otherSpeed = other.entry.speed().orElseThrow();
    return speed.environment().equals(otherSpeed.environment())
        && (speed.endToEnd().mean() <= speed.meanHere(otherSpeed) || ties(other));
  }

  /** How far, as a share, a model measured against itself strayed from 1. */
  public static double halfBand(Speed.Control control) {
    return Math.max(Math.abs(control.bandLow() - 1), Math.abs(control.bandHigh() - 1));
  }
}
