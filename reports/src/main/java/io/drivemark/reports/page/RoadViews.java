package io.drivemark.reports.page;

import io.drivemark.eval.decide.road.RoadLadder;
import io.drivemark.eval.decide.road.RoadLadder.Place;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.RoadWords;
import io.drivemark.reports.page.PageView.Key;
import io.drivemark.reports.page.PageView.StepView;
import io.drivemark.reports.page.RoadView.FactorView;
import io.drivemark.reports.table.RoadFurtherTables;
import io.drivemark.reports.table.StreamingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    List<Key> switches = new ArrayList<>();
    for (Rung rung : RoadWords.asMeasured(ladder)) {
      switches.add(new Key(RoadWords.camera(rung), Integer.toString(switches.size())));
    }
    return new RoadView(
        RoadWords.sentences(board, ladder),
        switches,
        ladder.factors().stream().map(f -> factor(board, f, ladder.at(f), colors)).toList(),
        RoadFurtherTables.of(board, ladder).stream()
            .map(table -> TextTables.view(table, colors, false))
            .toList(),
        RoadWords.paced(board),
        RoadWords.method(any.get()));
  }

  private static FactorView factor(
      Board board, double factor, List<Rung> rungs, Map<String, String> colors) {
    return new FactorView(
        RoadWords.hardware(factor),
        steps(board, rungs, colors),
        TextTables.view(StreamingTable.of(board, rungs), colors, false));
  }

  private static List<StepView> steps(Board board, List<Rung> rungs, Map<String, String> colors) {
    List<StepView> out = new ArrayList<>();
    for (Rung rung : rungs) {
      if (rung.order().isEmpty()) {
        continue;
      }
      Place best = rung.order().get(0);
      Contender c = board.contenders().get(best.entry());
      double percent = 100 * best.road().miou().getAsDouble();
      out.add(
          new StepView(
              RoadWords.camera(rung),
              c.label(),
              colors.get(c.entry().model().architecture()),
              String.format(Locale.ROOT, "%.1f\u00a0%% mIoU", percent),
              best.road()
                  .age()
                  .filter(age -> age.seenMs().isPresent())
                  .map(age -> Numbers.milliseconds(age.seenMs().getAsDouble()) + "\u00a0ms old")
                  .orElse(""),
              Numbers.names(
                  rung.ties().stream().map(p -> board.contenders().get(p.entry()).label()).toList(),
                  MOST_TIES),
              String.format(Locale.ROOT, "%.1f%%", percent)));
    }
    return out;
  }
}
