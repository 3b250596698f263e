package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.Speed.FrameTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the time that a gated network takes for a frame follows what it computes for it, and why
 * not. Immutable.
 *
 * @param answer the verdict
 * @param frames how many frames were timed
 * @param expectedMs by how much frames' times would differ (standard deviation) if they followed
 *     the calculation: that of their multiply-accumulates, at the pace of the network with all
 *     units live
 */
public record FrameCostVerdict(Answer answer, int frames, double expectedMs) {
  /** What can be said; the first that is true. */
  public enum Answer {
    /** So few frames were timed that nothing can be said. */
    TOO_FEW,
    /** All timed frames cost the same. */
    SAME_COST,
    /** The interval of the correlation lies above 0. */
    FOLLOWS,
    /** The engine computed everything, whatever the gates said. */
    MASKED,
    /** What frames cost differs by less time than their times are off. */
    BELOW_NOISE,
    /** None of these is the reason. */
    DOES_NOT
  }

  /** Under so many frames a correlation has no interval. */
  public static final int LEAST_FRAMES = 4;

  private static final String MASKED_FORM = "masked";

  public FrameCostVerdict {
    Objects.requireNonNull(answer, "answer");
  }

  /** The verdict on an entry; empty if its frames were not timed one by one. */
  public static Optional<FrameCostVerdict> of(Entry entry) {
    Optional<Cost.Work> work = entry.cost().flatMap(Cost::work);
    Optional<Speed.ByFrame> times = entry.speed().flatMap(Speed::byFrame);
    return work.isPresent() && times.isPresent()
        ? Optional.of(of(work.get(), times.get()))
        : Optional.empty();
  }

  private static FrameCostVerdict of(Cost.Work work, Speed.ByFrame times) {
    double pace = times.allLiveModel().mean() / (work.dense() + work.heads());
    double expectedMs = pace * deviation(times.frames());
    return new FrameCostVerdict(answer(times, expectedMs), times.frames().size(), expectedMs);
  }

  private static Answer answer(Speed.ByFrame times, double expectedMs) {
    if (times.frames().size() < LEAST_FRAMES) {
      return Answer.TOO_FEW;
    }
    if (expectedMs == 0) {
      return Answer.SAME_COST;
    }
    if (times.correlationLow().orElse(-1) > 0) {
      return Answer.FOLLOWS;
    }
    if (times.form().equals(MASKED_FORM)) {
      return Answer.MASKED;
    }
    return times.noiseMs().isEmpty() || expectedMs < times.noiseMs().getAsDouble()
        ? Answer.BELOW_NOISE
        : Answer.DOES_NOT;
  }

  private static double deviation(List<FrameTime> frames) {
    double mean = frames.stream().mapToDouble(FrameTime::macs).average().orElse(0);
    double squares = frames.stream().mapToDouble(f -> (f.macs() - mean) * (f.macs() - mean)).sum();
    return frames.size() < 2 ? 0 : Math.sqrt(squares / (frames.size() - 1));
  }
}
