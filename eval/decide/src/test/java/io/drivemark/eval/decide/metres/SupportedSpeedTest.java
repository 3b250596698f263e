package io.drivemark.eval.decide.metres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.road.DistanceGauge;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.derive.Readings;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.streaming.Braking;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SupportedSpeedTest {
  private static final LabelSpace SPACE = LabelSpaces.named("camvid-11");
  private static final Braking BRAKING = new Braking(0.2, 6);

  private static GaugeReading reading(Map<String, Long> counts) {
    DistanceGauge gauge = new DistanceGauge();
    long[] numbers =
        gauge.columns(SPACE).counts().stream().mapToLong(n -> counts.getOrDefault(n, 0L)).toArray();
    Pool pool =
        new Pool(
            SPACE,
            Protocols.cityscapes(),
            Map.of(),
            List.of(),
            List.of(Counts.of(gauge.columns(SPACE), numbers)));
    return Readings.of(gauge, pool, List.of(Map.of()));
  }

  /** The figures of another program: 40, 38 and 30 of 40 found up to 10, 20 and 30 m. */
  @Test
  void aCarStandsWithinWhatItReliablySees() {
    GaugeReading reading =
        reading(
            Map.of(
                "people 5 m",
                40L,
                "people found 5 m",
                40L,
                "people 15 m",
                40L,
                "people found 15 m",
                38L,
                "people 25 m",
                40L,
                "people found 25 m",
                30L));
    SupportedSpeed speed = SupportedSpeed.of(List.of(reading), 0.15, BRAKING).orElseThrow();
    assertEquals(OptionalDouble.of(20), speed.reliableMetres());
    assertEquals(OptionalDouble.of(10), speed.sureMetres());
    assertEquals(0.35, speed.reactionSeconds(), 1e-12);
    assertEquals(48.72, speed.kilometresPerHour().orElseThrow(), 0.005);
    assertEquals(32.59, speed.sureKilometresPerHour().orElseThrow(), 0.005);
  }

  @Test
  void whoIsNotFoundNearbySupportsNoSpeed() {
    GaugeReading reading = reading(Map.of("people 5 m", 40L, "people found 5 m", 20L));
    SupportedSpeed speed = SupportedSpeed.of(List.of(reading), 0.15, BRAKING).orElseThrow();
    assertEquals(OptionalDouble.empty(), speed.reliableMetres());
    assertEquals(OptionalDouble.empty(), speed.kilometresPerHour());
    assertEquals(Optional.empty(), SupportedSpeed.of(List.of(), 0.15, BRAKING), "nobody asked");
  }
}
