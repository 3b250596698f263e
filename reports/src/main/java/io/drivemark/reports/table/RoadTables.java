package io.drivemark.reports.table;

import io.drivemark.eval.gauge.road.DistanceGauge;
import io.drivemark.eval.gauge.road.FreespaceGauge;
import io.drivemark.eval.gauge.road.RoadGauges;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Columns in metres of road: figures of the gauges that know it, and by bands of distance. */
public final class RoadTables {
  private static final String PREFIX = "metres_";

  private RoadTables() {}

  /** The figures that at least one contender has; empty if no such gauge was asked. */
  public static List<Field> fields(Board board) {
    return withContenders(
        board, FigureTables.fields(board.contenders(), PREFIX, RoadGauges.NAMES::contains));
  }

  /** The share of people that is found, by distance, with how many there are. */
  public static List<Field> people(Board board) {
    return found(board, "people");
  }

  /** The same of other objects. */
  public static List<Field> objects(Board board) {
    return found(board, "objects");
  }

  private static List<Field> found(Board board, String group) {
    List<Field> fields = new ArrayList<>();
    for (String band : DistanceGauge.bandIds()) {
      String count =
          same(board, DistanceGauge.NAME, group + "_" + band)
              .map(n -> String.format(Locale.ROOT, " (%.0f)", n))
              .orElse("");
      FigureTables.hidden(
              board.contenders(),
              DistanceGauge.NAME,
              group + "Found_" + band,
              PREFIX,
              words(band) + count)
          .ifPresent(fields::add);
    }
    return withContenders(board, fields);
  }

  /** The share of columns of pixels whose ground ends too far, by distance. */
  public static List<Field> freespace(Board board) {
    List<Field> fields = new ArrayList<>();
    for (String band : FreespaceGauge.bandIds()) {
      String worth =
          same(board, FreespaceGauge.NAME, "rowMetres_" + band)
              .map(m -> String.format(Locale.ROOT, " (a row is %.2f m)", m))
              .orElse("");
      FigureTables.hidden(
              board.contenders(),
              FreespaceGauge.NAME,
              "freespaceDangerous_" + band,
              PREFIX,
              words(band) + worth)
          .ifPresent(fields::add);
    }
    return withContenders(board, fields);
  }

  private static String words(String band) {
    return switch (band) {
      case "unknown" -> "unknown";
      case "beyond" -> "farther";
      default -> band.replace("-", " to ") + " m";
    };
  }

  private static List<Field> withContenders(Board board, List<Field> figures) {
    if (figures.isEmpty()) {
      return List.of();
    }
    List<Field> fields = new ArrayList<>(BoardTables.contenderFields(board.measure()));
    fields.addAll(figures);
    return List.copyOf(fields);
  }

  /** What all contenders that have it agree on. */
  private static Optional<Double> same(Board board, String gauge, String id) {
    List<Double> all =
        board.contenders().stream()
            .map(Contender::entry)
            .flatMap(entry -> entry.readings().stream())
            .filter(reading -> reading.gauge().equals(gauge))
            .flatMap(reading -> reading.figures().stream())
            .filter(figure -> figure.id().equals(id))
            .map(GaugeReading.Figure::value)
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .distinct()
            .collect(Collectors.toList());
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }
}
