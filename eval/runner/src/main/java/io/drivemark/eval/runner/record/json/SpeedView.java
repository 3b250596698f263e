package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drivemark.eval.runner.record.Speed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The field {@code latency} of an entry: of a {@link Speed} what is not beside it. Immutable. */
record SpeedView(
    Optional<Speed.Control> control,
    Optional<Speed.Rotation> rotation,
    List<Double> endToEndSamplesMs,
    List<Double> modelSamplesMs,
    String environment,
    OptionalDouble loadBefore,
    OptionalDouble loadAfter,
    List<Speed.OperatorTime> operators,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Speed.ByFrame> byFrame) {
  static SpeedView of(Speed speed) {
    return new SpeedView(
        speed.control(),
        speed.rotation(),
        speed.endToEndSamplesMs(),
        speed.modelSamplesMs(),
        speed.environment(),
        speed.loadBefore(),
        speed.loadAfter(),
        speed.operators(),
        speed.byFrame());
  }

  Speed speed(Speed.Latency endToEnd, Speed.Latency model, OptionalDouble imageDecodeMs) {
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
        operators,
        byFrame);
  }
}
