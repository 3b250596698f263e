package io.drivemark.reports.page;

import io.drivemark.eval.decide.Contest;
import io.drivemark.eval.decide.FrameCostVerdict;
import io.drivemark.eval.decide.FrameCostVerdict.Answer;
import io.drivemark.eval.decide.StaticTwins;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.store.FolderBelow;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.Counted;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.DynamicWords;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.page.DynamicView.ExtremeView;
import io.drivemark.reports.page.DynamicView.SpreadView;
import io.drivemark.reports.page.PageView.Kept;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The networks of a board that choose by the frame. Stateless. */
final class DynamicViews {
  private DynamicViews() {}

  static List<DynamicView> of(Board board, Path folder, Map<String, String> colors) {
    List<StaticTwins.Row> rows =
        StaticTwins.of(
            new Contest(
                board.standing(), board.contenders().stream().map(Contender::entry).toList()));
    return board.contenders().stream()
        .filter(c -> c.entry().cost().flatMap(Cost::gated).isPresent())
        .map(c -> view(board, c, row(rows, c), folder, colors))
        .toList();
  }

  private static Optional<StaticTwins.Row> row(List<StaticTwins.Row> rows, Contender c) {
    return rows.stream().filter(r -> r.dynamic().number() == c.number()).findFirst();
  }

  private static DynamicView view(
      Board board,
      Contender contender,
      Optional<StaticTwins.Row> row,
      Path folder,
      Map<String, String> colors) {
    Entry entry = contender.entry();
    Cost.Gated gated = entry.cost().flatMap(Cost::gated).orElseThrow();
    String color = colors.get(entry.model().architecture());
    return new DynamicView(
        contender.number(),
        contender.label(),
        color,
        DynamicWords.about(entry),
        DynamicWords.clock(entry),
        times(board, contender),
        spreads(entry, gated),
        FrameCostVerdict.of(entry).filter(v -> v.answer() != Answer.SAME_COST).isPresent(),
        extremes(entry, gated, folder),
        DynamicTables.sites(gated.sites()),
        DynamicTables.slices(entry),
        DynamicTables.sequences(entry),
        DynamicTables.twins(board, contender, row, colors),
        row.map(r -> DynamicWords.summary(contender.model(), r)).orElse(""));
  }

  /** The engine's time: in the mean, of the slowest frame, at worst, and of the parent. */
  private static List<Kept> times(Board board, Contender contender) {
    Optional<Speed> speed = contender.entry().speed();
    Optional<Speed.ByFrame> byFrame = speed.flatMap(Speed::byFrame);
    if (byFrame.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    List<Double> ms = new ArrayList<>();
    names.add("Mean of all runs");
    ms.add(speed.get().model().mean());
    names.add("Slowest frame");
    ms.add(byFrame.get().worstMs());
    names.add("All units live");
    ms.add(byFrame.get().allLiveModel().mean());
    byFrame
        .get()
        .maskedModel()
        .ifPresent(
            masked -> {
              names.add("Masked form: all computed");
              ms.add(masked.mean());
            });
    Family.parent(board, contender)
        .flatMap(parent -> parent.entry().speed())
        .ifPresent(
            parent -> {
              names.add("Network without gates");
              ms.add(parent.model().mean());
            });
    List<String> bars = Bar.lengths(ms.stream().mapToDouble(v -> v).toArray());
    List<Kept> out = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      out.add(new Kept(names.get(i), Numbers.milliseconds(ms.get(i)) + " ms", bars.get(i)));
    }
    return out;
  }

  private static List<SpreadView> spreads(Entry entry, Cost.Gated gated) {
    List<SpreadView> out = new ArrayList<>();
    gated
        .work()
        .filter(work -> gated.least().isPresent()) // else all frames are alike
        .ifPresent(
            work ->
                out.add(
                    Histogram.of(
                        "Multiply-accumulates of a frame",
                        work.frames().stream()
                            .mapToDouble(f -> 100.0 * f.strict() / work.dense())
                            .toArray(),
                        "%.1f\u00a0%%",
                        Counted.of(work.frames().size(), "frame")
                            + ", share of the network without gates")));
    entry
        .speed()
        .filter(speed -> speed.byFrame().isPresent())
        .ifPresent(
            speed ->
                out.add(
                    Histogram.of(
                        "Time of a run",
                        speed.modelSamplesMs().stream().mapToDouble(ms -> ms).toArray(),
                        "%.2f\u00a0ms",
                        Counted.of(speed.modelSamplesMs().size(), "run") + ", the engine alone")));
    return out;
  }

  private static List<ExtremeView> extremes(Entry entry, Cost.Gated gated, Path folder) {
    List<ExtremeView> out = new ArrayList<>();
    gated
        .work()
        .ifPresent(
            work -> {
              gated.least().ifPresent(p -> out.add(extreme("least", p, entry, work, folder)));
              gated.most().ifPresent(p -> out.add(extreme("most", p, entry, work, folder)));
            });
    return out;
  }

  private static ExtremeView extreme(
      String word, Picture picture, Entry entry, Cost.Work work, Path folder) {
    Path cell = FolderBelow.resolve(RunStore.RESULTS, folder, entry.folder());
    long macs = word.equals("least") ? work.strict().min() : work.strict().max();
    return new ExtremeView(
        String.format(
            Locale.ROOT,
            "Costs %s: %.1f %% of the network without gates",
            word,
            100.0 * macs / work.dense()),
        picture.id(),
        PictureCoding.photograph(below(cell, picture.image())).orElse(""),
        PictureCoding.labels(below(cell, picture.prediction())).orElse(""),
        PictureCoding.errors(below(cell, picture.error())).orElse(""));
  }

  private static Path below(Path cell, String picture) {
    return FolderBelow.resolve(RunStore.RESULTS, cell, picture);
  }
}
