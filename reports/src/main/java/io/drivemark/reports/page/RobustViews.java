package io.drivemark.reports.page;

import io.drivemark.eval.decide.robust.RobustStanding;
import io.drivemark.eval.decide.robust.RobustStanding.Row;
import io.drivemark.eval.decide.robust.RobustStanding.Value;
import io.drivemark.eval.decide.robust.RobustStanding.Verdict;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.eval.runner.store.FolderBelow;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.page.PageView.Cell;
import io.drivemark.reports.page.PageView.Head;
import io.drivemark.reports.page.PageView.TableView;
import io.drivemark.reports.page.RobustView.ShotView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The section "In bad light and weather" of a board. Stateless. */
final class RobustViews {
  private static final String NONE = "–";

  private RobustViews() {}

  /** Empty where no network was judged on corrupted frames. */
  static Optional<RobustView> of(Board board, Path folder, Map<String, String> colors) {
    return RobustStanding.of(board.contenders().stream().map(Contender::entry).toList())
        .map(standing -> view(standing, board, folder, colors));
  }

  private static RobustView view(
      RobustStanding standing, Board board, Path folder, Map<String, String> colors) {
    Robustness reference = standing.rows().get(0).robustness();
    return new RobustView(
        lead(standing, reference),
        table(standing, board, colors),
        standing.verdicts().stream().map(v -> verdict(v, board)).toList(),
        caption(standing, board),
        shots(standing, folder));
  }

  private static String lead(RobustStanding standing, Robustness reference) {
    String left =
        standing.leftOut().isEmpty()
            ? ""
            : " Not shown, because judged in other states: "
                + String.join(", ", standing.leftOut())
                + ".";
    return standing.frames()
        + (standing.frames() == 1 ? " frame" : " frames")
        + ", each as it is and in "
        + standing.states().size()
        + " other states; the truth is the same in all. Figures are mIoU in percent, of a corruption"
        + " the mean over its severities ("
        + severities(reference)
        + "). Intervals of 95 % and tests draw "
        + reference.clusters()
        + ", clean and corrupted together."
        + left;
  }

  private static String severities(Robustness reference) {
    String all =
        reference.levels().stream()
            .map(Robustness.Level::severity)
            .distinct()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "none" : all;
  }

  private static TableView table(RobustStanding standing, Board board, Map<String, String> colors) {
    Row first = standing.rows().get(0);
    boolean corrupted = !first.corruptions().isEmpty();
    List<Head> heads = new ArrayList<>();
    heads.add(head("Model", "", "", false));
    heads.add(head("Clean", "", "mIoU on the same frames as they are", true));
    if (corrupted) {
      heads.add(
          head(
              "mPC",
              "",
              "Mean over corruptions of the mean over severities, with its interval of 95 %",
              true));
      heads.add(
          head("rPC", "%", "mPC as a share of the clean mIoU; it flatters a poor network", true));
      heads.add(
          head(
              "CD",
              "",
              "How much more is wrong than with "
                  + standing.reference()
                  + ", mean over corruptions; below 1 is better",
              true));
      heads.add(
          head(
              "rCD",
              "",
              "How much more is lost to corruption than by "
                  + standing.reference()
                  + "; below 1 is better",
              true));
    }
    first.corruptions().keySet().forEach(c -> heads.add(head(c, "", "mIoU under " + c, true)));
    first
        .robustness()
        .plain()
        .ifPresent(
            p -> heads.add(head("Plain", "", "mIoU of the same scenes under " + p.state(), true)));
    first
        .conditions()
        .keySet()
        .forEach(c -> heads.add(head(c, "", "mIoU of the same scenes under " + c, true)));
    return new TableView(
        "What corruptions, weather and light cost",
        heads,
        standing.rows().stream().map(row -> row(row, board, colors, corrupted)).toList());
  }

  private static Head head(String title, String note, String meaning, boolean number) {
    return new Head(title, note, meaning, number, number, false);
  }

  private static PageView.Row row(
      Row row, Board board, Map<String, String> colors, boolean corrupted) {
    Contender contender = board.contenders().get(row.number());
    Robustness r = row.robustness();
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(contender.label(), "", false, "", "", false));
    cells.add(percent(r.clean(), ""));
    if (corrupted) {
      cells.add(span(r.mean()));
      cells.add(span(r.share()));
      cells.add(ratio(row.degradation()));
      cells.add(ratio(row.relativeDegradation()));
    }
    row.corruptions().values().forEach(value -> cells.add(shaded(value)));
    r.plain().ifPresent(p -> cells.add(percent(p.miou(), "")));
    row.conditions().values().forEach(value -> cells.add(shaded(value)));
    return new PageView.Row(
        false,
        !contender.entry().complete(),
        false,
        contender.entry().model().parent().isPresent(),
        colors.get(contender.entry().model().architecture()),
        cells);
  }

  private static Cell shaded(Value value) {
    return percent(
        value.miou(), value.shade().isPresent() ? Palette.heat(value.shade().getAsDouble()) : "");
  }

  private static Cell percent(OptionalDouble miou, String heat) {
    return miou.isPresent()
        ? new Cell(
            Numbers.percent(miou.getAsDouble()),
            Double.toString(miou.getAsDouble()),
            true,
            heat,
            "",
            false)
        : new Cell(NONE, "", true, "", "", false);
  }

  private static Cell span(Span span) {
    Cell cell = percent(span.value(), "");
    return span.low().isEmpty() || span.high().isEmpty()
        ? cell
        : new Cell(cell.text() + " (" + range(span) + ")", cell.sort(), true, "", "", false);
  }

  private static String range(Span span) {
    return Numbers.percent(span.low().orElseThrow())
        + " to "
        + Numbers.percent(span.high().orElseThrow());
  }

  private static Cell ratio(OptionalDouble ratio) {
    return ratio.isPresent()
        ? new Cell(
            String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()),
            Double.toString(ratio.getAsDouble()),
            true,
            "",
            "",
            false)
        : new Cell(NONE, "", true, "", "", false);
  }

  private static String verdict(Verdict verdict, Board board) {
    Contender contender = board.contenders().get(verdict.number());
    Robustness.Difference d = verdict.difference();
    String share = d.share().value().stream().mapToObj(Numbers::points).findFirst().orElse(NONE);
    String between =
        d.share().low().isPresent() && d.share().high().isPresent()
            ? " (95 %: "
                + Numbers.points(d.share().low().getAsDouble())
                + " to "
                + Numbers.points(d.share().high().getAsDouble())
                + ")"
            : "";
    String mean = d.mean().value().stream().mapToObj(Numbers::points).findFirst().orElse(NONE);
    String claim =
        switch (verdict.finding()) {
          case KEEPS_MORE -> " keeps more of its clean mIoU than ";
          case KEEPS_LESS -> " keeps less of its clean mIoU than ";
          case OPEN -> " cannot be told from ";
        };
    String what =
        verdict.finding() == RobustStanding.Finding.OPEN ? " by what it keeps: rPC " : ": rPC ";
    return contender.label()
        + claim
        + d.from()
        + what
        + share
        + between
        + ", mPC "
        + mean
        + verdict.adjustedP().stream()
            .mapToObj(p -> "; " + Numbers.probability(p) + " by the swap test, adjusted")
            .findFirst()
            .orElse("; too few clusters for a test")
        + ".";
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
