package io.drivemark.reports.page;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.store.FolderBelow;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.page.PageView.FrameView;
import io.drivemark.reports.page.PageView.PredictionView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The gallery: each frame once, with its truth, and what each model made of it. A model that ran on
 * several engines is shown as the first of them saw it. Stateless.
 */
final class Gallery {
  private Gallery() {}

  /**
   * The frames any contender kept pictures of; a picture that is missing is an empty text.
   *
   * @throws io.drivemark.problem.BadInputException if a record names a picture outside of its cell
   */
  static List<FrameView> frames(Board board, Path folder) {
    return frames(board, folder, Entry::pictures);
  }

  /**
   * The frames that are among the worst of any model, with what those models made of them; those
   * that most models fail on first.
   */
  static List<FrameView> worstFrames(Board board, Path folder) {
    return frames(board, folder, Gallery::worst).stream()
        .sorted(Comparator.comparingInt(frame -> -frame.predictions().size()))
        .toList();
  }

  private static List<FrameView> frames(
      Board board, Path folder, Function<Entry, List<Picture>> pictures) {
    Map<String, FrameView> frames = new LinkedHashMap<>();
    for (Contender contender : firstOfEachModel(board)) {
      Entry entry = contender.entry();
      Path cell = FolderBelow.resolve(RunStore.RESULTS, folder, entry.folder());
      for (Picture picture : pictures.apply(entry)) {
        FrameView frame =
            frames.computeIfAbsent(
                picture.id(),
                id ->
                    new FrameView(
                        id,
                        PictureCoding.photograph(below(cell, picture.image())).orElse(""),
                        PictureCoding.labels(below(cell, picture.truth())).orElse(""),
                        new ArrayList<>()));
        frame
            .predictions()
            .add(
                new PredictionView(
                    contender.model(),
                    figure(entry, picture.id()).orElse(""),
                    PictureCoding.labels(below(cell, picture.prediction())).orElse(""),
                    PictureCoding.errors(below(cell, picture.error())).orElse("")));
      }
    }
    return List.copyOf(frames.values());
  }

  private static Path below(Path cell, String picture) {
    return FolderBelow.resolve(RunStore.RESULTS, cell, picture);
  }

  private static List<Contender> firstOfEachModel(Board board) {
    Map<String, Contender> first = new LinkedHashMap<>();
    board.contenders().stream()
        .filter(c -> !c.entry().pictures().isEmpty())
        .forEach(c -> first.putIfAbsent(c.model() + " " + c.entry().input(), c));
    return List.copyOf(first.values());
  }

  private static List<Picture> worst(Entry entry) {
    return switch (entry.task()) {
      case SEGMENTATION -> entry.diagnosis().map(Diagnosis::worstFrames).orElse(List.of());
      case DEPTH -> entry.depth().map(DepthAccuracy::worstFrames).orElse(List.of());
    };
  }

  /** A frame's own value of the measure. */
  private static Optional<String> figure(Entry entry, String id) {
    return switch (entry.task()) {
      case SEGMENTATION ->
          entry.perImage().stream()
              .filter(score -> score.id().equals(id) && score.miou().isPresent())
              .map(score -> MeasureWords.brief(Measure.MIOU, score.miou().getAsDouble()))
              .findFirst();
      case DEPTH ->
          entry.depth().stream()
              .flatMap(depth -> depth.frames().stream())
              .filter(frame -> frame.id().equals(id))
              .map(frame -> MeasureWords.brief(Measure.ABS_REL, frame.scores().absRel()))
              .findFirst();
    };
  }

  /** A colour 0xRRGGBB as CSS. */
  static String css(int color) {
    return String.format(Locale.ROOT, "#%06x", color);
  }
}
