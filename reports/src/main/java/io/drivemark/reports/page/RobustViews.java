package io.drivemark.reports.page;

import io.drivemark.eval.decide.robust.CalibrationStanding;
import io.drivemark.eval.decide.robust.RobustStanding;
import io.drivemark.eval.decide.robust.RobustStanding.Row;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import io.drivemark.eval.runner.store.FolderBelow;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.RobustWords;
import io.drivemark.reports.page.RobustView.ShotView;
import io.drivemark.reports.table.RobustTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The section "In bad light and weather" of a board. Stateless. */
final class RobustViews {
  private RobustViews() {}

  /** Empty where no network was judged on corrupted frames. */
  static Optional<RobustView> of(Board board, Path folder, Map<String, String> colors) {
    return RobustWords.standing(board).map(standing -> view(standing, board, folder, colors));
  }

  private static RobustView view(
      RobustStanding standing, Board board, Path folder, Map<String, String> colors) {
    return new RobustView(
        RobustWords.lead(standing, board),
        TextTables.view(RobustTable.of(standing, board), colors, true),
        RobustWords.verdicts(standing, board),
        CalibrationStanding.of(standing)
            .map(c -> TextTables.view(RobustTable.calibration(c, board), colors, true)),
        CalibrationStanding.of(standing)
            .map(c -> RobustWords.calibration(c, board))
            .orElse(List.of()),
        caption(standing, board),
        shots(standing, folder));
  }

  private static String caption(RobustStanding standing, Board board) {
    Row first = standing.rows().get(0);
    return first.robustness().shots().stream()
        .findFirst()
        .map(
            shot ->
                "Frame "
                    + shot.id()
                    + " in all states, of each corruption the worst, and what "
                    + board.contenders().get(first.number()).label()
                    + " makes of it")
        .orElse("");
  }

  private static List<ShotView> shots(RobustStanding standing, Path folder) {
    Row first = standing.rows().get(0);
    Path cell = FolderBelow.resolve(RunStore.RESULTS, folder, first.entry().folder());
    List<ShotView> out = new ArrayList<>();
    for (Shot shot : first.robustness().shots()) {
      out.add(
          new ShotView(
              shot.state(),
              PictureCoding.photograph(FolderBelow.resolve(RunStore.RESULTS, cell, shot.image()))
                  .orElse(""),
              PictureCoding.labels(FolderBelow.resolve(RunStore.RESULTS, cell, shot.prediction()))
                  .orElse("")));
    }
    return out;
  }
}
