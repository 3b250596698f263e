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
    List<OperatorTime> operators) {

  /**
   * A summary of timed runs in milliseconds; percentiles by nearest rank.
   *
   * @param count runs
   * @param mean arithmetic mean
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

  /** Without a rotation and operators. */
  public Speed(
      Latency endToEnd,
      Latency model,
      OptionalDouble imageDecodeMs,
      Optional<Control> control,
      List<Double> endToEndSamplesMs,
      List<Double> modelSamplesMs,
      String environment,
      OptionalDouble loadBefore,
      OptionalDouble loadAfter) {
    this(
        endToEnd,
        model,
        imageDecodeMs,
        control,
        Optional.empty(),
        endToEndSamplesMs,
        modelSamplesMs,
        environment,
        loadBefore,
        loadAfter,
        List.of());
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
  }

  /** The same, timed in this rotation. */
  public Speed withRotation(Rotation other) {
    return new Speed(
        endToEnd,
        model,
        imageDecodeMs,
        control,
        Optional.of(other),
        endToEndSamplesMs,
        modelSamplesMs,
        environment,
        loadBefore,
        loadAfter,
        operators);
  }

  /** The same with these operators' times. */
  public Speed withOperators(List<OperatorTime> others) {
    return new Speed(
        endToEnd,
        model,
        imageDecodeMs,
        control,
        rotation,
        endToEndSamplesMs,
        modelSamplesMs,
        environment,
        loadBefore,
        loadAfter,
        others);
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
        operators);
  }

  /** Frames a second end to end: 1 / mean latency. */
  public double fps() {
    return 1000 / endToEnd.mean();
  }
}
