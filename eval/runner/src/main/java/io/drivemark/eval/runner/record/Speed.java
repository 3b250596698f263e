package io.drivemark.eval.runner.record;

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
   */
  public record Control(String model, double ratio, double bandLow, double bandHigh) {
    public Control {
      Objects.requireNonNull(model, "model");
    }
  }

  /** Without operators. */
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
    endToEndSamplesMs = List.copyOf(endToEndSamplesMs);
    modelSamplesMs = List.copyOf(modelSamplesMs);
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(loadBefore, "loadBefore");
    Objects.requireNonNull(loadAfter, "loadAfter");
    operators = List.copyOf(operators);
  }

  /** The same with these operators' times. */
  public Speed withOperators(List<OperatorTime> others) {
    return new Speed(
        endToEnd,
        model,
        imageDecodeMs,
        control,
        endToEndSamplesMs,
        modelSamplesMs,
        environment,
        loadBefore,
        loadAfter,
        others);
  }

  /** Frames a second end to end: 1 / mean latency. */
  public double fps() {
    return 1000 / endToEnd.mean();
  }
}
