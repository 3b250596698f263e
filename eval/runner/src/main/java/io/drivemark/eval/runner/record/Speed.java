package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast a model is, batch 1, one stream. Immutable.
 *
 * @param endToEnd from the decoded frame in memory to the label map on the truth's grid
 * @param model the engine alone
 * @param imageDecodeMs mean time to read and decode a frame's photograph, not part of the others
 * @param control what the same model measured against itself in the rotation
 * @param rotation what it was timed in turn with; absent in records of older programs
 * @param endToEndSamplesMs every timed run, in the order measured
 * @param modelSamplesMs likewise
 * @param environment fingerprint of the machine it was measured on
 * @param loadBefore one-minute load average before the measurement
 * @param loadAfter and after it
 * @param operators what takes the time, operator by operator, in the order they run; empty if it
 *     was not looked at
 * @param byFrame what single frames take of a gated network's time; absent for others
 */
public record Speed(
    Latency endToEnd,
    Latency model,
    OptionalDouble imageDecodeMs,
    Optional<Control> control,
    Optional<Rotation> rotation,
    List<Double> endToEndSamplesMs,
    List<Double> modelSamplesMs,
    String environment,
    OptionalDouble loadBefore,
    OptionalDouble loadAfter,
    List<OperatorTime> operators,
    Optional<ByFrame> byFrame) {

  /**
   * A summary of timed runs in milliseconds; percentiles by nearest rank.
   *
   * @param count runs
   * @param mean arithmetic mean; with cues, over pictures of the means of their runs
   * @param p50 median
   * @param p95 95th percentile
   * @param p99 99th; absent under 100 runs
   * @param min fastest
   * @param max slowest
   * @param meanLow lower end of a 95 % interval of the mean, from its blocks; absent if too few
   * @param meanHigh upper end
   */
  public record Latency(
      int count,
      double mean,
      double p50,
      double p95,
      OptionalDouble p99,
      double min,
      double max,
      OptionalDouble meanLow,
      OptionalDouble meanHigh) {
    public Latency {
      Objects.requireNonNull(p99, "p99");
      Objects.requireNonNull(meanLow, "meanLow");
      Objects.requireNonNull(meanHigh, "meanHigh");
    }

    private Latency scaled(double factor) {
      return new Latency(
          count,
          factor * mean,
          factor * p50,
          factor * p95,
          scaled(p99, factor),
          factor * min,
          factor * max,
          scaled(meanLow, factor),
          scaled(meanHigh, factor));
    }

    private static OptionalDouble scaled(OptionalDouble ms, double factor) {
      return ms.isPresent() ? OptionalDouble.of(factor * ms.getAsDouble()) : ms;
    }
  }

  /**
   * The A-A control: one model of the rotation takes part twice. A difference between two models
   * within the band is a tie.
   *
   * @param model which model was its own control
   * @param ratio mean of the second over mean of the first
   * @param bandLow lower end of the band of ratios that mean nothing
   * @param bandHigh upper end
   * @param kind what the second was
   */
  public record Control(
      String model,
      double ratio,
      double bandLow,
      double bandHigh,
      @JsonSetter(nulls = Nulls.AS_EMPTY) ControlKind kind) {
    public Control {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(kind, "kind");
    }
  }

  /** What took part as control. */
  public enum ControlKind {
    /** The same session timed twice, in records of older programs: the noise of the clock alone. */
    @JsonEnumDefaultValue
    SAME_SESSION("same session"),
    /** The model opened a second time: also what differs between two sessions of one network. */
    SECOND_SESSION("second session");

    private final String key;

    ControlKind(String key) {
      this.key = key;
    }

    /** As in records. */
    @JsonValue
    public String key() {
      return key;
    }
  }

  /**
   * Cells that were timed in turn with each other. Of two cells in one rotation the latencies can
   * be compared as they are; of two in different ones the ratios to the reference, which is in
   * both.
   *
   * @param id tells rotations apart; equal for cells of one
   * @param sessions how many were open together
   * @param reference title of the cell that is in every rotation of the dataset
   * @param referenceKey its key, which holds everything that its latency depends on but the
   *     machine; absent in records of older programs
   * @param referenceMs its mean end-to-end latency in this rotation
   * @param referenceModelMs its mean latency of the engine alone
   */
  public record Rotation(
      String id,
      int sessions,
      String reference,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> referenceKey,
      double referenceMs,
      double referenceModelMs) {
    public Rotation {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(reference, "reference");
      Objects.requireNonNull(referenceKey, "referenceKey");
      if (!(referenceMs > 0 && referenceModelMs > 0)) {
        throw new IllegalArgumentException(
            "its reference takes "
                + referenceMs
                + " ms, the engine alone "
                + referenceModelMs
                + " ms; both must be more than 0");
      }
    }
  }

  /**
   * How long one operator takes on its engine, fused ones together, watched apart from the timed
   * runs. Profiling adds overhead: compare shares, not absolute times.
   *
   * @param node the network's node that does most of its work, or what the runtime calls it
   * @param kind what it computes, for people: {@code depthwise convolution}
   * @param ms median over the watched runs, milliseconds
   * @param macs multiply-accumulates of the nodes it stands for
   * @param instead the option of the architecture that avoids it, as {@code tail=bilinear}
   */
  public record OperatorTime(
      String node,
      String kind,
      double ms,
      long macs,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> instead) {
    public OperatorTime {
      Objects.requireNonNull(node, "node");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(instead, "instead");
    }
  }

  /**
   * How long a gated network takes for single frames, the engine alone, and at worst. It was timed
   * on frames spread over the whole split.
   *
   * @param form how the engine ran it: {@code masked} (everything is computed, then multiplied by 0
   *     or 1), {@code gathered} or {@code blocked} (what gates leave out is not computed)
   * @param frames each frame that was timed, in the order in which it was first
   * @param worst the id of the frame with the longest time
   * @param noiseMs the standard error of a frame's time, root mean square over the frames; absent
   *     where a frame has one run
   * @param correlation of the frames' times with their multiply-accumulates (Pearson); absent where
   *     one of them is the same for all, or of fewer than 3 frames
   * @param correlationLow lower end of its 95 % interval; absent of fewer than 4 frames
   * @param correlationHigh upper end
   * @param allLive with all units forced live, end to end: the longest that frames can take
   * @param allLiveModel likewise, the engine alone
   * @param maskedModel in masked form, the engine alone; absent where that is how it ran anyway
   */
  public record ByFrame(
      String form,
      List<FrameTime> frames,
      String worst,
      OptionalDouble noiseMs,
      OptionalDouble correlation,
      OptionalDouble correlationLow,
      OptionalDouble correlationHigh,
      Latency allLive,
      Latency allLiveModel,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Latency> maskedModel) {
    public ByFrame {
      Objects.requireNonNull(form, "form");
      frames = List.copyOf(frames);
      Objects.requireNonNull(worst, "worst");
      Objects.requireNonNull(noiseMs, "noiseMs");
      Objects.requireNonNull(correlation, "correlation");
      Objects.requireNonNull(correlationLow, "correlationLow");
      Objects.requireNonNull(correlationHigh, "correlationHigh");
      Objects.requireNonNull(allLive, "allLive");
      Objects.requireNonNull(allLiveModel, "allLiveModel");
      Objects.requireNonNull(maskedModel, "maskedModel");
      if (frames.stream().noneMatch(f -> f.id().equals(worst))) {
        throw new IllegalArgumentException("the slowest frame " + worst + " was not timed");
      }
    }

    /** The time of the slowest frame. */
    public double worstMs() {
      return frames.stream().filter(f -> f.id().equals(worst)).findFirst().orElseThrow().ms();
    }

    private ByFrame scaled(double factor, double modelFactor) {
      return new ByFrame(
          form,
          frames.stream()
              .map(f -> new FrameTime(f.id(), f.runs(), modelFactor * f.ms(), f.macs()))
              .toList(),
          worst,
          Latency.scaled(noiseMs, modelFactor),
          correlation,
          correlationLow,
          correlationHigh,
          allLive.scaled(factor),
          allLiveModel.scaled(modelFactor),
          maskedModel.map(ms -> ms.scaled(modelFactor)));
    }
  }

  /**
   * The time of one frame.
   *
   * @param id the sample's
   * @param runs how often it was timed
   * @param ms the median of the engine's times
   * @param macs multiply-accumulates that it takes, strictly counted
   */
  public record FrameTime(String id, int runs, double ms, long macs) {
    public FrameTime {
      Objects.requireNonNull(id, "id");
    }
  }

  public Speed {
    Objects.requireNonNull(endToEnd, "endToEnd");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(imageDecodeMs, "imageDecodeMs");
    Objects.requireNonNull(control, "control");
    Objects.requireNonNull(rotation, "rotation");
    endToEndSamplesMs = List.copyOf(endToEndSamplesMs);
    modelSamplesMs = List.copyOf(modelSamplesMs);
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(loadBefore, "loadBefore");
    Objects.requireNonNull(loadAfter, "loadAfter");
    operators = List.copyOf(operators);
    Objects.requireNonNull(byFrame, "byFrame");
  }

  /** The same, timed in this rotation. */
  public Speed withRotation(Rotation other) {
    return copy(Optional.of(other), operators, byFrame);
  }

  /** The same with these operators' times. */
  public Speed withOperators(List<OperatorTime> others) {
    return copy(rotation, others, byFrame);
  }

  /** The same with the times of single frames. */
  public Speed withByFrame(ByFrame other) {
    return copy(rotation, operators, Optional.of(other));
  }

  private Speed copy(
      Optional<Rotation> newRotation,
      List<OperatorTime> newOperators,
      Optional<ByFrame> newByFrame) {
    return new Speed(
        endToEnd,
        model,
        imageDecodeMs,
        control,
        newRotation,
        endToEndSamplesMs,
        modelSamplesMs,
        environment,
        loadBefore,
        loadAfter,
        newOperators,
        newByFrame);
  }

  /**
   * The same with every latency multiplied: as it stands on the scale of another rotation. The
   * rotation and its reference stay as they were measured.
   *
   * @param factor of end-to-end latencies, more than 0
   * @param modelFactor of latencies of the engine alone, more than 0
   */
  public Speed scaled(double factor, double modelFactor) {
    return new Speed(
        endToEnd.scaled(factor),
        model.scaled(modelFactor),
        imageDecodeMs,
        control,
        rotation,
        endToEndSamplesMs.stream().map(ms -> factor * ms).toList(),
        modelSamplesMs.stream().map(ms -> modelFactor * ms).toList(),
        environment,
        loadBefore,
        loadAfter,
        operators,
        byFrame.map(f -> f.scaled(factor, modelFactor)));
  }

  /** Frames a second end to end: 1 / mean latency. */
  public double fps() {
    return 1000 / endToEnd.mean();
  }
}
