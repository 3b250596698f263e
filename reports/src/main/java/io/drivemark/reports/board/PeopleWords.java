package io.drivemark.reports.board;

import io.drivemark.eval.decide.metres.SupportedSpeed;
import io.drivemark.eval.gauge.road.DistanceGauge;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.problem.Counted;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Up to which distance one can rely on networks to find people, in words. Stateless. */
public final class PeopleWords {
  private PeopleWords() {}

  /** A sentence for each contender whose people were judged by distance. */
  public static List<String> of(Board board) {
    return board.contenders().stream().flatMap(c -> sentence(c).stream()).toList();
  }

  private static Stream<GaugeReading.Figure> figures(Contender contender) {
    return contender.entry().readings().stream()
        .filter(reading -> reading.gauge().equals(DistanceGauge.NAME))
        .flatMap(reading -> reading.figures().stream());
  }

  private static OptionalDouble value(Contender contender, String id) {
    return figures(contender)
        .filter(figure -> figure.id().equals(id))
        .map(GaugeReading.Figure::value)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  private static Optional<String> sentence(Contender contender) {
    if (figures(contender).findAny().isEmpty()) {
      return Optional.empty();
    }
    String label = contender.label();
    OptionalDouble reliable = value(contender, DistanceGauge.RELIABLE_METRES);
    if (reliable.isPresent()) {
      OptionalDouble sure = value(contender, DistanceGauge.SURE_METRES);
      return Optional.of(
          label
              + " finds nine of ten people in every band up to "
              + metres(reliable)
              + (sure.isPresent() ? "; surely up to " + metres(sure) : "; surely at no distance")
              + "."
              + SupportedSpeed.of(contender.entry()).map(PeopleWords::speed).orElse(""));
    }
    String band = DistanceGauge.bandIds().get(0);
    OptionalDouble share = value(contender, "peopleFound_" + band);
    OptionalDouble people = value(contender, "people_" + band);
    String near = " within " + DistanceGauge.BANDS.get(0) + " m";
    return Optional.of(
        share.isPresent() && people.isPresent()
            ? String.format(
                Locale.ROOT,
                "%s finds %.1f %% of the %s%s: no distance at which one can rely on it.",
                label,
                100 * share.getAsDouble(),
                Counted.of(Math.round(people.getAsDouble()), "person", "people"),
                near)
            : label
                + ": nobody is"
                + near
                + ", so nothing is known of how far one can rely on it.");
  }

  private static String speed(SupportedSpeed speed) {
    return speed.kilometresPerHour().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            " It takes %.2f s at the most until the brakes act, so a car stands"
                + " within that distance from %.0f km/h%s.",
            speed.reactionSeconds(),
            speed.kilometresPerHour().getAsDouble(),
            speed.sureKilometresPerHour().isPresent()
                ? String.format(
                    Locale.ROOT,
                    ", surely from %.0f km/h",
                    speed.sureKilometresPerHour().getAsDouble())
                : "");
  }

  private static String metres(OptionalDouble value) {
    return String.format(Locale.ROOT, "%.0f m", value.getAsDouble());
  }
}
