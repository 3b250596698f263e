package io.drivemark.eval.runner.record;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

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
      String model, double ratio, double bandLow, double bandHigh, ControlKind kind) {
    public Control {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(kind, "kind");
    }
  }

  /** What took part as control. */
  public enum ControlKind {
    /** The same session timed twice, in records of older programs: the noise of the clock alone. */
    SAME_SESSION("same session"),
    /** The model opened a second time: also what differs between two sessions of one network. */
    SECOND_SESSION("second session");

    private final String key;

    ControlKind(String key) {
      this.key = key;
    }

    /** As in records. */
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
   * @param referenceMs its mean end-to-end latency in this rotation
   * @param referenceModelMs its mean latency of the engine alone
   */
  public record Rotation(
      String id, int sessions, String reference, double referenceMs, double referenceModelMs) {
    public Rotation {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(reference, "reference");
      if (!(referenceMs > 0 && referenceModelMs > 0)) {
        throw new IllegalArgumentException(
            "rotation: its reference takes "
                + referenceMs
                + " ms, the engine alone "
                + referenceModelMs
                + " ms; both must be more than 0");
      }
    }

    /**
     * What an end-to-end latency of another rotation is to be multiplied by to stand beside those
     * of this one: by how much slower the reference was here. 1 within a rotation, and where the
     * two have no reference in common.
     *
     * <p>Example: the reference took 22 ms here and 20 ms there, so 10 ms there are 11 ms here.
     */
    public double scale(Rotation other) {
      return scale(other, Rotation::referenceMs);
    }

    /** The same for latencies of the engine alone. */
    public double modelScale(Rotation other) {
      return scale(other, Rotation::referenceModelMs);
    }

    private double scale(Rotation other, ToDoubleFunction<Rotation> stage) {
      return id.equals(other.id) || !reference.equals(other.reference)
          ? 1
          : stage.applyAsDouble(this) / stage.applyAsDouble(other);
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

  /** Whether it was timed in turn with another, as far as the two records tell. */
  public boolean inTurnWith(Speed other) {
    return rotation.map(Rotation::id).equals(other.rotation.map(Rotation::id));
  }

  /**
   * The mean end-to-end latency of another cell, as it would be in this one's rotation: see {@link
   * Rotation#scale}.
   */
  public double meanHere(Speed other) {
    return other.endToEnd.mean() * both(other, Rotation::scale);
  }

  /** The same of the engine alone. */
  public double modelMeanHere(Speed other) {
    return other.model.mean() * both(other, Rotation::modelScale);
  }

  private double both(Speed other, ToDoubleBiFunction<Rotation, Rotation> scale) {
    return rotation.isPresent() && other.rotation.isPresent()
        ? scale.applyAsDouble(rotation.get(), other.rotation.get())
        : 1;
  }

  /** Frames a second end to end: 1 / mean latency. */
  public double fps() {
    return 1000 / endToEnd.mean();
  }
}
