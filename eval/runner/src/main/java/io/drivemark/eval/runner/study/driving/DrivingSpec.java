package io.drivemark.eval.runner.study.driving;

import io.drivemark.eval.streaming.CameraFault;
import io.drivemark.eval.streaming.Policy;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What shall be said of answers that come late. Only {@code between} and {@code delays} decide what
 * a cell counts; all else is joined with its counts and its latency, without the network.
 * Immutable.
 *
 * @param cameras pictures a second of the cameras to ask about, the first of them first; empty = as
 *     many as the dataset has
 * @param captureMs from the exposure of a picture until it is in memory
 * @param policies when a free worker begins with which picture; at least one
 * @param served how many cameras one worker serves, at least 1
 * @param warmUp seconds of each sequence in which nothing is judged
 * @param speeds of the car in km/h, at least one
 * @param brake deceleration of the braking car, m/s²
 * @param actuation seconds from an answer until the brakes act
 * @param hardware by how much latencies are multiplied; at least one, the first of them first
 * @param deadlineMs what a run may take; empty = the camera's period
 * @param between how often truth is asked from one picture to the next; empty = 4 where the dataset
 *     knows the truth between pictures, else 1
 * @param delays the most pictures that an answer may be late to be counted; empty = a second of
 *     them, at least 16
 * @param faults of the camera to ask about besides, each by itself
 * @param soakSeconds how long each network is run alone at the first camera's pace, by the first
 *     policy; empty = not at all
 */
public record DrivingSpec(
    List<Double> cameras,
    double captureMs,
    List<Policy> policies,
    int served,
    double warmUp,
    List<Double> speeds,
    double brake,
    double actuation,
    List<Double> hardware,
    OptionalDouble deadlineMs,
    OptionalInt between,
    OptionalInt delays,
    List<CameraFault> faults,
    OptionalDouble soakSeconds) {
  /** Where a study says {@code driving: {}}. */
  public static final DrivingSpec DEFAULT =
      new DrivingSpec(
          List.of(),
          0,
          List.of(Policy.LATEST),
          1,
          1,
          List.of(30.0, 50.0, 100.0),
          6,
          0.2,
          List.of(1.0),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());

  /** One of a camera without faults, and without a paced run. */
  public DrivingSpec(
      List<Double> cameras,
      double captureMs,
      List<Policy> policies,
      int served,
      double warmUp,
      List<Double> speeds,
      double brake,
      double actuation,
      List<Double> hardware,
      OptionalDouble deadlineMs,
      OptionalInt between,
      OptionalInt delays) {
    this(
        cameras,
        captureMs,
        policies,
        served,
        warmUp,
        speeds,
        brake,
        actuation,
        hardware,
        deadlineMs,
        between,
        delays,
        List.of(),
        OptionalDouble.empty());
  }

  public DrivingSpec {
    cameras = List.copyOf(cameras);
    policies = List.copyOf(policies);
    speeds = List.copyOf(speeds);
    hardware = List.copyOf(hardware);
    Objects.requireNonNull(deadlineMs, "deadlineMs");
    Objects.requireNonNull(between, "between");
    Objects.requireNonNull(delays, "delays");
    faults = List.copyOf(faults);
    Objects.requireNonNull(soakSeconds, "soakSeconds");
    if (policies.isEmpty() || speeds.isEmpty() || hardware.isEmpty()) {
      throw new IllegalArgumentException("driving: a policy, a speed and a factor are needed");
    }
  }
}
