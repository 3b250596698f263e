package io.drivemark.reports.table;

import io.drivemark.eval.decide.road.RoadLadder.Place;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.decide.road.RoadLadder.Verdict;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.RoadDifference.Role;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.ClusterWords;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.RoadWords;
import io.drivemark.reports.table.TextTable.Head;
import io.drivemark.reports.table.TextTable.Line;
import io.drivemark.reports.table.TextTable.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** What late answers of a board's networks are worth: a line a network and camera. Stateless. */
public final class StreamingTable {
  /** Another network that one is held against, where some of a table are. */
  private record With(Head head, Function<Place, Optional<Verdict>> of) {}

  private static final List<With> COMPARED =
      List.of(
          new With(
              new Head(
                  "From the best",
                  "Points of streaming mIoU less than the best at that camera, with the interval of"
                      + " 95 %; ≈ cannot be told apart.",
                  true),
              Place::best),
          new With(
              new Head(
                  "From its parent",
                  "Points of streaming mIoU more or less than the network it was made from,"
                      + " likewise.",
                  true),
              Place::parent));

  private StreamingTable() {}

  /** The networks of each rung, best first, those without a streaming mIoU last. */
  public static TextTable of(Board board, List<Rung> rungs) {
    List<With> compared =
        COMPARED.stream()
            .filter(
                with ->
                    rungs.stream()
                        .flatMap(rung -> rung.order().stream())
                        .anyMatch(place -> with.of().apply(place).isPresent()))
            .toList();
    List<Head> heads = new ArrayList<>(heads());
    compared.forEach(with -> heads.add(with.head()));
    List<Line> lines = new ArrayList<>();
    for (Rung rung : rungs) {
      for (Place place : Stream.concat(rung.order().stream(), rung.without().stream()).toList()) {
        Contender c = board.contenders().get(place.entry());
        List<Value> values = new ArrayList<>(values(c, rung, place.road()));
        compared.forEach(with -> values.add(difference(with.of().apply(place))));
        lines.add(new Line(c, values));
      }
    }
    return new TextTable("Late answers, by camera rate and policy", heads, lines);
  }

  private static Value difference(Optional<Verdict> verdict) {
    return Value.number(
        verdict.map(v -> v.difference().miou().value()).orElse(OptionalDouble.empty()),
        verdict.map(StreamingTable::written).orElse(""));
  }

  private static String written(Verdict verdict) {
    String points = RoadWords.points(verdict.difference().miou());
    return switch (verdict.finding()) {
      case BETTER, WORSE -> points;
      case OPEN -> "≈ " + points;
      case TOO_FEW -> points + " (" + ClusterWords.tooFew(verdict.difference().clusters()) + ")";
    };
  }

  private static List<Head> heads() {
    return List.of(
        new Head("Network", "Its name and engine.", false),
        new Head("Camera", "Pictures a second and policy.", false),
        new Head("On time %", "mIoU of the same truths against their own predictions.", true),
        new Head(
            "Streaming %",
            "mIoU against the newest answer that was there, with its interval of 95 %.", true),
        new Head("Lost", "How many points of mIoU lateness costs.", true),
        new Head("Age ms", "Mean age of answers when the truth is asked.", true),
        new Head("Peak p99 ms", "Age right before the next answer, 99th percentile.", true),
        new Head("Blind m", "Metres driven at the highest speed during the largest peak.", true),
        new Head("Misses %", "Runs longer than the deadline, with the upper end of 95 %.", true),
        new Head("In a row", "The most misses in a row.", true),
        new Head("People %", "People who appear and are answered while they are there.", true),
        new Head("People ms", "Median time until they are answered.", true));
  }

  private static List<Value> values(Contender c, Rung rung, Road road) {
    Driving.Deadline d = road.deadline();
    OptionalDouble blind = c.entry().driving().orElseThrow().blindMetres(road);
    return List.of(
        Value.words(c.label()),
        Value.words(RoadWords.camera(rung)),
        percent(road.onTime()),
        streaming(road),
        percent(road.cost()),
        ms(age(road, Driving.Age::seenMs)),
        ms(age(road, Driving.Age::peakP99Ms)),
        Value.number(blind, text("%.2f", blind)),
        Value.number(
            OptionalDouble.of(d.share()),
            String.format(Locale.ROOT, "%.1f (≤ %.1f)", 100 * d.share(), 100 * d.high())),
        Value.number(OptionalDouble.of(d.longest()), Integer.toString(d.longest())),
        percent(
            road.people()
                .map(s -> OptionalDouble.of((double) s.found() / s.objects()))
                .orElse(OptionalDouble.empty())),
        ms(road.people().map(Driving.Sight::medianMs).orElse(OptionalDouble.empty())));
  }

  private interface OfAge {
    OptionalDouble of(Driving.Age age);
  }

  private static OptionalDouble age(Road road, OfAge value) {
    return road.age().map(value::of).orElse(OptionalDouble.empty());
  }

  private static Value streaming(Road road) {
    Value plain = percent(road.miou());
    return road.low().isEmpty() || road.high().isEmpty()
        ? plain
        : Value.number(
            road.miou(),
            String.format(
                Locale.ROOT,
                "%s (%.1f to %.1f)",
                plain.text(),
                100 * road.low().getAsDouble(),
                100 * road.high().getAsDouble()));
  }

  private static Value percent(OptionalDouble share) {
    return Value.number(
        share,
        share.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * share.getAsDouble()) : "");
  }

  private static Value ms(OptionalDouble ms) {
    return Value.number(ms, ms.isPresent() ? Numbers.milliseconds(ms.getAsDouble()) : "");
  }

  private static OptionalDouble clusters(RoadDifference difference) {
    return difference.clusters().isPresent()
        ? OptionalDouble.of(difference.clusters().get())
        : OptionalDouble.empty();
  }

  private static String text(String format, OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
  }

  /**
   * Columns of a file for each camera rate, policy and speed of the hardware that some of these
   * were judged at; empty if none was.
   */
  static List<Field> fields(List<Contender> contenders) {
    List<Field> fields = new ArrayList<>();
    contenders.stream()
        .flatMap(c -> c.entry().driving().stream())
        .flatMap(d -> d.roads().stream())
        .map(Camera::of)
        .distinct()
        .forEach(camera -> fields.addAll(camera.fields()));
    return fields;
  }

  /** What an answer is asked at. */
  private record Camera(double rate, String policy, double hardware) {
    static Camera of(Road road) {
      return new Camera(road.camera(), road.policy(), road.hardware());
    }

    private interface OfRoad {
      OptionalDouble of(Driving driving, Road road);
    }

    List<Field> fields() {
      return List.of(
          field("miou", "streaming mIoU", Field.Better.HIGHER, (d, r) -> r.miou()),
          field(
              "miou_low", "lower end of its 95 % interval", Field.Better.HIGHER, (d, r) -> r.low()),
          field(
              "miou_high",
              "upper end of its 95 % interval",
              Field.Better.HIGHER,
              (d, r) -> r.high()),
          field(
              "on_time_miou",
              "mIoU of the same truths against their own predictions",
              Field.Better.HIGHER,
              (d, r) -> r.onTime()),
          field(
              "age_ms",
              "mean age of answers when the truth is asked",
              Field.Better.LOWER,
              (d, r) -> age(r, Driving.Age::seenMs)),
          field(
              "peak_p99_ms",
              "age right before the next answer, 99th percentile",
              Field.Better.LOWER,
              (d, r) -> age(r, Driving.Age::peakP99Ms)),
          field(
              "peak_max_ms",
              "the largest age",
              Field.Better.LOWER,
              (d, r) -> age(r, a -> OptionalDouble.of(a.peakMaxMs()))),
          field(
              "blind_m",
              "metres driven at the highest speed during the largest age",
              Field.Better.LOWER,
              Driving::blindMetres),
          field(
              "misses",
              "share of runs longer than the deadline",
              Field.Better.LOWER,
              (d, r) -> OptionalDouble.of(r.deadline().share())),
          field(
              "misses_low",
              "lower end of its exact 95 % interval",
              Field.Better.LOWER,
              (d, r) -> OptionalDouble.of(r.deadline().low())),
          field(
              "misses_high",
              "upper end of its exact 95 % interval",
              Field.Better.LOWER,
              (d, r) -> OptionalDouble.of(r.deadline().high())),
          field(
              "longest_misses",
              "the most misses in a row",
              Field.Better.LOWER,
              (d, r) -> OptionalDouble.of(r.deadline().longest())),
          field(
              "from_best",
              "streaming mIoU less that of the network that answers best there",
              Field.Better.HIGHER,
              (d, r) -> fromBest(r, Span::value)),
          field(
              "from_best_low",
              "lower end of its 95 % interval",
              Field.Better.HIGHER,
              (d, r) -> fromBest(r, Span::low)),
          field(
              "from_best_high",
              "upper end of its 95 % interval",
              Field.Better.HIGHER,
              (d, r) -> fromBest(r, Span::high)),
          field(
              "from_best_p",
              "p of the swap test, not adjusted; below 2/2^clusters it cannot be",
              Field.Better.NEITHER,
              (d, r) -> ofBest(r, RoadDifference::p)),
          field(
              "from_best_clusters",
              "clusters of pictures that it and its interval rest on",
              Field.Better.NEITHER,
              (d, r) -> ofBest(r, StreamingTable::clusters)));
    }

    private static OptionalDouble fromBest(Road road, Function<Span, OptionalDouble> which) {
      return ofBest(road, difference -> which.apply(difference.miou()));
    }

    private static OptionalDouble ofBest(
        Road road, Function<RoadDifference, OptionalDouble> which) {
      return road.differences().stream()
          .filter(difference -> difference.role() == Role.BEST)
          .findFirst()
          .map(which)
          .orElse(OptionalDouble.empty());
    }

    private Field field(String what, String meaning, Field.Better better, OfRoad value) {
      String key =
          "road_"
              + RoadWords.plain(rate)
              + "fps_"
              + policy
              + "_x"
              + RoadWords.plain(hardware)
              + "_"
              + what;
      return Field.number(
          key,
          key,
          meaning,
          better,
          c -> c.entry().driving().flatMap(d -> road(d).flatMap(r -> Field.boxed(value.of(d, r)))),
          v -> String.format(Locale.ROOT, "%.4g", v));
    }

    private Optional<Road> road(Driving driving) {
      return driving.roads().stream().filter(r -> of(r).equals(this)).findFirst();
    }
  }
}
