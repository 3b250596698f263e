package io.drivemark.eval.decide;

import io.drivemark.datasets.Task;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The one figure by which networks of a task are held against each other: what it is, where a
 * record has it, and which way the better values lie. Figures of two measures are never compared.
 */
public enum Measure {
  /** Mean intersection over union, a fraction; more is better. */
  MIOU(Task.SEGMENTATION, 1, Standing.SAME_MIOU),
  /**
   * Mean of |truth − prediction| / truth over the pixels of a frame, then frames; less is better.
   */
  ABS_REL(Task.DEPTH, -1, Standing.SAME_ABS_REL);

  /** Its name among the errors of a record of depth. */
  static final String ABS_REL_ERROR = "absRel";

  private final Task task;
  private final int sign;
  private final double same;

  Measure(Task task, int sign, double same) {
    this.task = task;
    this.sign = sign;
    this.same = same;
  }

  /** The measure of an entry's task. */
  public static Measure of(Entry entry) {
    return switch (entry.task()) {
      case SEGMENTATION -> MIOU;
      case DEPTH -> ABS_REL;
    };
  }

  /** The task whose networks it ranks. */
  public Task task() {
    return task;
  }

  /** Whether larger values are better. */
  public boolean isMoreBetter() {
    return sign > 0;
  }

  /** A difference up to this is no advantage: that much rounding alone moves a network. */
  public double same() {
    return same;
  }

  /** A value turned so that more is better, for ordering: of mIoU the value itself. */
  public double merit(double value) {
    return sign * value;
  }

  /** By how much {@code value} is better than {@code other}; below 0 where it is worse. */
  public double gain(double value, double other) {
    return sign * (value - other);
  }

  /** What a record has of it; empty if nothing was judged or it is undefined. */
  public OptionalDouble value(Entry entry) {
    return switch (this) {
      case MIOU -> entry.accuracy().map(Accuracy::miou).orElse(OptionalDouble.empty());
      case ABS_REL -> {
        Optional<DepthScores> mean = entry.depth().flatMap(DepthAccuracy::mean);
        yield mean.isPresent() ? OptionalDouble.of(mean.get().absRel()) : OptionalDouble.empty();
      }
    };
  }

  /** The lower end of its 95 % interval, where the record has one. */
  public OptionalDouble low(Entry entry) {
    return switch (this) {
      case MIOU -> entry.confidence().map(c -> c.miou().low()).orElse(OptionalDouble.empty());
      case ABS_REL -> absRel(entry).map(Confidence.Range::low).orElse(OptionalDouble.empty());
    };
  }

  /** The upper end of it. */
  public OptionalDouble high(Entry entry) {
    return switch (this) {
      case MIOU -> entry.confidence().map(c -> c.miou().high()).orElse(OptionalDouble.empty());
      case ABS_REL -> absRel(entry).map(Confidence.Range::high).orElse(OptionalDouble.empty());
    };
  }

  private static Optional<Confidence.Range> absRel(Entry entry) {
    return entry.depth().flatMap(DepthAccuracy::confidence).map(c -> c.errors().get(ABS_REL_ERROR));
  }
}
