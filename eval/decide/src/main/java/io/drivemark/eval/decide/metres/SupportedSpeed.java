package io.drivemark.eval.decide.metres;

import io.drivemark.eval.gauge.road.DistanceGauge;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.streaming.Braking;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast a car may go that has nothing but a network: it must stand within the distance up to
 * which people are found reliably, though answers are late and brakes take time. It says nothing of
 * what else a car needs, and compares networks timed on one machine alone. Immutable.
 *
 * @param reliableMetres up to where nine of ten people are found in every band; absent where not
 *     even in the first one
 * @param sureMetres the same where the lower end of each band's interval has to reach it
 * @param reactionSeconds from the moment somebody appears until the brakes act
 * @param kilometresPerHour the speed from which it stands within {@code reliableMetres}
 * @param sureKilometresPerHour within {@code sureMetres}
 */
public record SupportedSpeed(
    OptionalDouble reliableMetres,
    OptionalDouble sureMetres,
    double reactionSeconds,
    OptionalDouble kilometresPerHour,
    OptionalDouble sureKilometresPerHour) {

  private static final double MILLISECONDS = 1000;

  /**
   * That of an entry at the longest blindness that the study asks for first.
   *
   * @return empty where the distance at which people are found, or the age of answers, is not known
   */
  public static Optional<SupportedSpeed> of(Entry entry) {
    return entry
        .driving()
        .flatMap(
            driving ->
                driving
                    .first()
                    .flatMap(Driving.Road::age)
                    .flatMap(
                        age ->
                            of(
                                entry.readings(),
                                age.peakMaxMs() / MILLISECONDS,
                                new Braking(driving.actuation(), driving.brake()))));
  }

  /**
   * That of an entry's readings.
   *
   * @param readings of the entry
   * @param blindSeconds the longest that somebody who appears stays unanswered: the largest peak of
   *     the age of answers
   * @return empty where the distance at which people are found was not judged
   */
  public static Optional<SupportedSpeed> of(
      List<GaugeReading> readings, double blindSeconds, Braking braking) {
    return readings.stream()
        .filter(reading -> reading.gauge().equals(DistanceGauge.NAME))
        .findFirst()
        .map(
            reading -> {
              OptionalDouble reliable = figure(reading, DistanceGauge.RELIABLE_METRES);
              OptionalDouble sure = figure(reading, DistanceGauge.SURE_METRES);
              return new SupportedSpeed(
                  reliable,
                  sure,
                  blindSeconds + braking.actuation(),
                  speed(reliable, blindSeconds, braking),
                  speed(sure, blindSeconds, braking));
            });
  }

  private static OptionalDouble figure(GaugeReading reading, String id) {
    return reading.figures().stream()
        .filter(figure -> figure.id().equals(id))
        .map(GaugeReading.Figure::value)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble speed(OptionalDouble metres, double blindSeconds, Braking braking) {
    return metres.isPresent()
        ? OptionalDouble.of(
            Braking.kilometresPerHour(braking.supported(metres.getAsDouble(), blindSeconds)))
        : OptionalDouble.empty();
  }
}
