package io.drivemark.reports.table;

import io.drivemark.eval.decide.road.RoadLadder;
import io.drivemark.eval.decide.road.RoadLadder.Place;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.runner.record.driving.Danger;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Delay;
import io.drivemark.eval.runner.record.driving.RoadFault;
import io.drivemark.reports.board.Board;
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
import java.util.stream.IntStream;

/**
 * Tables about late answers that only some studies have: what is left where the camera fails, and
 * what old answers mean for people and for the way ahead. Stateless.
 */
public final class RoadFurtherTables {
  private RoadFurtherTables() {}

  /** Those tables that have lines. */
  public static List<TextTable> of(Board board, RoadLadder ladder) {
    List<TextTable> out = new ArrayList<>();
    faults(board, RoadWords.asMeasured(ladder)).ifPresent(out::add);
    danger(
            board,
            "People found in percent, by how old the answer is; in brackets by a perfect answer",
            "Regions of pedestrians and riders found in answers of that age",
            Danger::foundShare)
        .ifPresent(out::add);
    danger(
            board,
            "Obstacles on the own way taken for road in percent, by how old the answer is; in"
                + " brackets by a perfect answer",
            "Pixels of the ego corridor that are no road and taken for it in answers of that age",
            Danger::asRoadShare)
        .ifPresent(out::add);
    return out;
  }

  private static Optional<TextTable> faults(Board board, List<Rung> rungs) {
    List<Line> lines = new ArrayList<>();
    for (Rung rung : rungs) {
      for (Place place : rung.order()) {
        Contender c = board.contenders().get(place.entry());
        place.road().faults().forEach(fault -> lines.add(new Line(c, values(c, rung, fault))));
      }
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TextTable(
                "Where the camera fails on some pictures",
                List.of(
                    new Head("Network", "Its name and engine.", false),
                    new Head("Camera", "Pictures a second and policy.", false),
                    new Head(
                        "Fault",
                        "Dropped pictures never come; in place of frozen ones the picture before"
                            + " comes once more.",
                        false),
                    new Head("Streaming %", "mIoU against the newest answer that was there.", true),
                    new Head(
                        "Lost to it",
                        "Points of mIoU less than without it, with the interval of 95 %.",
                        true),
                    new Head("Longest blindness ms", "The largest age of an answer.", true),
                    new Head("Failed %", "Pictures that failed in the simulation.", true)),
                lines));
  }

  private static List<Value> values(Contender c, Rung rung, RoadFault fault) {
    return List.of(
        Value.words(c.label()),
        Value.words(RoadWords.camera(rung)),
        Value.words(RoadWords.plain(100 * fault.share()) + "\u00a0% " + fault.kind()),
        percent(fault.miou()),
        Value.number(fault.loss().value(), RoadWords.points(fault.loss())),
        Value.number(fault.peakMaxMs(), milliseconds(fault.peakMaxMs())),
        percent(OptionalDouble.of((double) fault.failed() / fault.pictures())));
  }

  private static String milliseconds(OptionalDouble ms) {
    return ms.isPresent() ? Numbers.milliseconds(ms.getAsDouble()) : "";
  }

  private static Optional<TextTable> danger(
      Board board, String caption, String meaning, Function<Danger, OptionalDouble> share) {
    List<Line> lines = new ArrayList<>();
    for (Contender c : board.contenders()) {
      List<OptionalDouble> values = values(c, share, Delay::danger);
      if (values.stream().anyMatch(OptionalDouble::isPresent)) {
        List<Value> cells = new ArrayList<>(List.of(Value.words(c.label())));
        values.forEach(value -> cells.add(percent(value)));
        lines.add(new Line(c, cells));
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Contender first = lines.get(0).contender();
    List<Delay> ages = shown(first);
    List<OptionalDouble> perfect = values(first, share, Delay::perfectDanger);
    List<Head> heads = new ArrayList<>(List.of(new Head("Network", "Its name and engine.", false)));
    for (int i = 0; i < ages.size(); i++) {
      String brackets =
          perfect.get(i).isPresent()
              ? String.format(Locale.ROOT, " (%.1f)", 100 * perfect.get(i).getAsDouble())
              : "";
      String age =
          ages.get(i).pictures() == 0 ? "on time" : Numbers.milliseconds(ages.get(i).ms()) + " ms";
      heads.add(new Head(age + brackets, meaning + ".", true));
    }
    return Optional.of(new TextTable(caption, heads, lines));
  }

  /** What is said at delays 0, 1, 2, 4, 8, ... as far as they were counted. */
  private static List<Delay> shown(Contender c) {
    List<Delay> curve = c.entry().driving().map(Driving::curve).orElse(List.of());
    return IntStream.range(0, curve.size())
        .filter(i -> Integer.bitCount(i) <= 1)
        .mapToObj(curve::get)
        .toList();
  }

  private static List<OptionalDouble> values(
      Contender c,
      Function<Danger, OptionalDouble> share,
      Function<Delay, Optional<Danger>> whose) {
    return shown(c).stream()
        .map(age -> whose.apply(age).map(share).orElse(OptionalDouble.empty()))
        .toList();
  }

  private static Value percent(OptionalDouble share) {
    return Value.number(
        share,
        share.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * share.getAsDouble()) : "");
  }
}
