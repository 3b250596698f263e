package io.drivemark.reports.page;

import io.drivemark.eval.decide.road.RoadLadder;
import io.drivemark.eval.decide.road.RoadLadder.Place;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.RoadWords;
import io.drivemark.reports.page.PageView.Cell;
import io.drivemark.reports.page.PageView.Head;
import io.drivemark.reports.page.PageView.Key;
import io.drivemark.reports.page.PageView.Row;
import io.drivemark.reports.page.PageView.StepView;
import io.drivemark.reports.page.PageView.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What late answers of a board's networks are worth. Stateless. */
final class RoadViews {
  private static final int MOST_TIES = 3;

  private RoadViews() {}

  static RoadView of(Board board, Map<String, String> colors) {
    Optional<Driving> any =
        board.contenders().stream().flatMap(c -> c.entry().driving().stream()).findFirst();
    if (any.isEmpty()) {
      return RoadView.NONE;
    }
    RoadLadder ladder = RoadWords.ladder(board);
    List<Rung> rungs = RoadWords.asMeasured(ladder);
    List<Key> switches = new ArrayList<>();
    for (Rung rung : rungs) {
      switches.add(
          new Key(
              RoadWords.plain(rung.camera()) + " fps, " + rung.policy(),
              Integer.toString(switches.size())));
    }
    return new RoadView(
        RoadWords.sentences(board, ladder),
        switches,
        ladder.rungs().stream().map(Rung::hardware).distinct().map(RoadWords::plain).toList(),
        steps(board, rungs, colors),
        table(board, rungs, colors),
        RoadWords.method(any.get()));
  }

  private static List<StepView> steps(Board board, List<Rung> rungs, Map<String, String> colors) {
    List<StepView> out = new ArrayList<>();
    for (Rung rung : rungs) {
      if (rung.order().isEmpty()) {
        continue;
      }
      Place best = rung.order().get(0);
      Contender c = board.contenders().get(best.entry());
      double miou = best.road().miou().getAsDouble();
      out.add(
          new StepView(
              RoadWords.plain(rung.camera()) + " fps, " + rung.policy(),
              c.label(),
              colors.get(c.entry().model().architecture()),
              percent(best.road().miou()) + "\u00a0% mIoU",
              best.road().age().map(a -> ms(a.seenMs()) + "\u00a0ms old").orElse(""),
              Numbers.names(
                  rung.ties().stream().map(p -> board.contenders().get(p.entry()).label()).toList(),
                  MOST_TIES),
              String.format(Locale.ROOT, "%.1f%%", 100 * miou)));
    }
    return out;
  }

  private static TableView table(Board board, List<Rung> rungs, Map<String, String> colors) {
    List<Row> rows = new ArrayList<>();
    for (Rung rung : rungs) {
      for (Place place : Stream.concat(rung.order().stream(), rung.without().stream()).toList()) {
        Contender c = board.contenders().get(place.entry());
        rows.add(
            new Row(
                false,
                false,
                false,
                false,
                colors.get(c.entry().model().architecture()),
                cells(c, rung, place.road())));
      }
    }
    return new TableView(
        "Late answers, by camera rate and policy",
        List.of(
            head("Network", "Its name and engine.", false),
            head("Camera", "Pictures a second and policy.", false),
            head("On time %", "mIoU of the same truths against their own predictions.", true),
            head("Streaming %", "mIoU against the newest answer that was there.", true),
            head("Lost", "How many points of mIoU lateness costs.", true),
            head("Age ms", "Mean age of answers when the truth is asked.", true),
            head("Peak p99 ms", "Age right before the next answer, 99th percentile.", true),
            head("Blind m", "Metres driven at the highest speed during the largest peak.", true),
            head("Misses %", "Runs longer than the deadline, with the upper end of 95 %.", true),
            head("In a row", "The most misses in a row.", true),
            head("People %", "People who appear and are answered while they are there.", true),
            head("People ms", "Median time until they are answered.", true)),
        rows);
  }

  private static List<Cell> cells(Contender c, Rung rung, Road road) {
    Driving driving = c.entry().driving().orElseThrow();
    OptionalDouble none = OptionalDouble.empty();
    Driving.Deadline d = road.deadline();
    return List.of(
        new Cell(c.label(), "", false, "", "", false),
        new Cell(
            RoadWords.plain(rung.camera()) + " fps, " + rung.policy(), "", false, "", "", false),
        number(road.onTime(), percent(road.onTime())),
        number(road.miou(), percent(road.miou())),
        number(road.cost(), percent(road.cost())),
        number(
            road.age().map(Driving.Age::seenMs).orElse(none),
            ms(road.age().map(Driving.Age::seenMs).orElse(none))),
        number(
            road.age().map(Driving.Age::peakP99Ms).orElse(none),
            ms(road.age().map(Driving.Age::peakP99Ms).orElse(none))),
        number(driving.blindMetres(road), metres(driving.blindMetres(road))),
        number(
            OptionalDouble.of(d.share()),
            String.format(Locale.ROOT, "%.1f (≤ %.1f)", 100 * d.share(), 100 * d.high())),
        number(OptionalDouble.of(d.longest()), Integer.toString(d.longest())),
        sight(road.people().map(s -> OptionalDouble.of((double) s.found() / s.objects())), true),
        sight(road.people().map(Driving.Sight::medianMs), false));
  }

  private static Cell sight(Optional<OptionalDouble> value, boolean share) {
    OptionalDouble v = value.orElse(OptionalDouble.empty());
    return number(v, share ? percent(v) : ms(v));
  }

  private static Cell number(OptionalDouble value, String text) {
    return new Cell(
        text, value.isPresent() ? Double.toString(value.getAsDouble()) : "", true, "", "", false);
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * share.getAsDouble()) : "–";
  }

  private static String ms(OptionalDouble ms) {
    return ms.isPresent() ? Numbers.milliseconds(ms.getAsDouble()) : "–";
  }

  private static String metres(OptionalDouble metres) {
    return metres.isPresent() ? String.format(Locale.ROOT, "%.2f", metres.getAsDouble()) : "–";
  }

  private static Head head(String title, String meaning, boolean number) {
    return new Head(title, "", meaning, number, number, false);
  }
}
