package io.drivemark.reports.table;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.GaugeReading.Figure;
import io.drivemark.eval.runner.record.GaugeReading.SliceValue;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Columns of the figures that gauges gave, whatever the gauges are: what to show is in the records.
 * Figures of two derivations stand in two columns. Stateless.
 */
public final class FigureTables {
  private FigureTables() {}

  /** A column: a figure by one derivation. */
  private record Key(String gauge, String id, int derivation) {}

  /**
   * A column for each figure that has one and that at least one contender has a value of, in the
   * records' order; where a figure has an interval, its ends follow.
   *
   * @param prefix what the keys of the columns begin with
   */
  public static List<Field> fields(List<Contender> contenders, String prefix) {
    return fields(contenders, prefix, gauge -> true);
  }

  /**
   * The same of some gauges.
   *
   * @param which by a gauge's name, whether it is one of them
   */
  public static List<Field> fields(
      List<Contender> contenders, String prefix, Predicate<String> which) {
    List<Field> fields = new ArrayList<>();
    Map<Key, Figure> shown = shown(contenders);
    shown.keySet().removeIf(key -> !which.test(key.gauge()));
    shown.forEach(
        (key, figure) -> {
          String column = prefix + column(key, shown.keySet());
          String title = title(figure) + derivation(key, shown.keySet());
          fields.add(number(column, title, figure, key, Figure::value));
          if (contenders.stream().anyMatch(c -> has(c, key, Figure::low))) {
            fields.add(
                new Part(column + "_low", "from", "Lower end of its 95 % interval.")
                    .field(figure, key, Figure::low));
            fields.add(
                new Part(column + "_high", "to", "Upper end of its 95 % interval.")
                    .field(figure, key, Figure::high));
          }
        });
    return fields;
  }

  /**
   * A column for a figure that has none in tables of all figures; empty if no contender has a value
   * of it. Of two derivations the later one.
   *
   * @param prefix what the column's key begins with
   * @param title its heading
   */
  public static Optional<Field> hidden(
      List<Contender> contenders, String gauge, String id, String prefix, String title) {
    return contenders.stream()
        .flatMap(c -> c.entry().readings().stream())
        .filter(reading -> reading.gauge().equals(gauge))
        .max(Comparator.comparingInt(GaugeReading::derivation))
        .flatMap(
            latest ->
                latest.figures().stream()
                    .filter(figure -> figure.id().equals(id))
                    .findFirst()
                    .map(
                        figure ->
                            number(
                                prefix + id,
                                title,
                                figure,
                                new Key(gauge, id, latest.derivation()),
                                Figure::value)))
        .filter(field -> contenders.stream().anyMatch(c -> !field.column(List.of(c)).isMissing(0)));
  }

  /** An end of an interval. */
  private record Part(String column, String title, String meaning) {
    Field field(Figure figure, Key key, Function<Figure, OptionalDouble> end) {
      return Field.number(
          column,
          title,
          meaning,
          Field.Better.NEITHER,
          c -> find(c, key).flatMap(f -> Field.boxed(end.apply(f))),
          format(figure.unit()));
    }
  }

  /** Figures with a column, the first words that are found for each. */
  private static Map<Key, Figure> shown(Collection<Contender> contenders) {
    Map<Key, Figure> out = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      for (GaugeReading reading : contender.entry().readings()) {
        for (Figure figure : reading.figures()) {
          if (figure.shown() && figure.value().isPresent()) {
            out.putIfAbsent(new Key(reading.gauge(), figure.id(), reading.derivation()), figure);
          }
        }
      }
    }
    return out;
  }

  private static int latest(Key key, Set<Key> all) {
    return all.stream()
        .filter(k -> k.gauge().equals(key.gauge()) && k.id().equals(key.id()))
        .mapToInt(Key::derivation)
        .max()
        .orElseThrow();
  }

  private static String column(Key key, Set<Key> all) {
    return key.derivation() == latest(key, all) ? key.id() : key.id() + "@" + key.derivation();
  }

  private static String derivation(Key key, Set<Key> all) {
    return key.derivation() == latest(key, all) ? "" : ", derivation " + key.derivation();
  }

  private static Field number(
      String column, String title, Figure figure, Key key, Function<Figure, OptionalDouble> value) {
    return Field.number(
        column,
        title,
        figure.about(),
        better(figure),
        c -> find(c, key).flatMap(f -> Field.boxed(value.apply(f))),
        format(figure.unit()));
  }

  private static boolean has(Contender c, Key key, Function<Figure, OptionalDouble> value) {
    return find(c, key).filter(f -> value.apply(f).isPresent()).isPresent();
  }

  private static Optional<Figure> find(Contender contender, Key key) {
    return figure(contender.entry(), key);
  }

  private static Optional<Figure> figure(Entry entry, Key key) {
    return entry.readings().stream()
        .filter(r -> r.gauge().equals(key.gauge()) && r.derivation() == key.derivation())
        .flatMap(r -> r.figures().stream())
        .filter(f -> f.id().equals(key.id()))
        .findFirst();
  }

  /** Figures by slice: for each that has slices, its name and a column a slice. */
  public static Map<String, List<Field>> slices(Board board) {
    Map<String, List<Field>> out = new LinkedHashMap<>();
    Map<Key, Figure> shown = shown(board.contenders());
    shown.forEach(
        (key, figure) -> {
          Set<Slice> slices = new LinkedHashSet<>();
          board
              .contenders()
              .forEach(
                  c ->
                      find(c, key)
                          .ifPresent(f -> f.slices().forEach(s -> slices.add(Slice.of(s)))));
          if (!slices.isEmpty()) {
            List<Field> fields = new ArrayList<>(BoardTables.contenderFields(board.measure()));
            slices.forEach(slice -> fields.add(slice.field(key, figure)));
            out.put(title(figure) + derivation(key, shown.keySet()), fields);
          }
        });
    return out;
  }

  /** Frames that share an attribute's value. */
  private record Slice(String attribute, String value) {
    static Slice of(SliceValue slice) {
      return new Slice(slice.attribute(), slice.value());
    }

    Field field(Key key, Figure figure) {
      return Field.number(
          key.id() + "_" + attribute + "_" + value,
          attribute + ": " + value,
          figure.title() + " of the frames with this " + attribute + ".",
          better(figure),
          c ->
              find(c, key)
                  .flatMap(f -> f.slices().stream().filter(s -> of(s).equals(this)).findFirst())
                  .flatMap(s -> Field.boxed(s.figure())),
          format(figure.unit()));
    }
  }

  /** A figure's heading, with its unit where that is not per cent. */
  public static String title(io.drivemark.eval.gauge.Figure figure) {
    return title(figure.title(), unit(figure));
  }

  /** A figure's value for people. */
  public static String written(io.drivemark.eval.gauge.Figure figure, double value) {
    return format(unit(figure)).apply(value);
  }

  private static String unit(io.drivemark.eval.gauge.Figure figure) {
    return figure.unit().name().toLowerCase(Locale.ROOT);
  }

  private static Field.Better better(Figure figure) {
    return switch (figure.better()) {
      case "higher" -> Field.Better.HIGHER;
      case "lower" -> Field.Better.LOWER;
      default -> Field.Better.NEITHER;
    };
  }

  private static String title(Figure figure) {
    return title(figure.title(), figure.unit());
  }

  private static String title(String title, String unit) {
    return switch (unit) {
      case "metres" -> title + " (m)";
      case "pixels" -> title + " (px)";
      default -> title;
    };
  }

  private static DoubleFunction<String> format(String unit) {
    Objects.requireNonNull(unit, "unit");
    return switch (unit) {
      case "fraction" -> share -> String.format(Locale.ROOT, "%.1f", 100 * share);
      case "count", "pixels" -> number -> String.format(Locale.ROOT, "%.0f", number);
      case "metres" -> metres -> String.format(Locale.ROOT, "%.2f", metres);
      default -> number -> String.format(Locale.ROOT, "%.4g", number);
    };
  }
}
