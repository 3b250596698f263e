package io.drivemark.reports.page;

import io.drivemark.eval.history.compare.CellComparison;
import io.drivemark.eval.history.compare.CellComparison.FrameChange;
import io.drivemark.eval.history.compare.Comparison;
import io.drivemark.eval.history.compare.Side;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.store.FolderBelow;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.reports.board.CompareWords;
import io.drivemark.reports.board.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Frames that are predicted otherwise in two results, with what was kept of them. Stateless. */
public final class MovedFrames {
  private MovedFrames() {}

  /** A frame, with pictures where a result kept some. */
  record View(
      String id,
      String moved,
      String fragile,
      String a,
      String b,
      String difference,
      String image,
      String truth,
      String pictureA,
      String pictureB) {}

  static View view(Comparison comparison, CellComparison cell, FrameChange frame) {
    Optional<Picture> a = picture(cell.a(), frame.id());
    Optional<Picture> b = picture(cell.b(), frame.id());
    Path cellA = folder(comparison.a(), cell.a());
    Path cellB = folder(comparison.b(), cell.b());
    Optional<Path> image =
        a.map(p -> below(cellA, p.image())).or(() -> b.map(p -> below(cellB, p.image())));
    Optional<Path> truth =
        a.map(p -> below(cellA, p.truth())).or(() -> b.map(p -> below(cellB, p.truth())));
    return new View(
        frame.id(),
        CompareWords.moved(frame),
        frame.fragile().isPresent() ? Numbers.grouped(frame.fragile().getAsLong()) : "–",
        ComparePage.value(cell.measure(), frame.a()),
        ComparePage.value(cell.measure(), frame.b()),
        ComparePage.difference(cell.measure(), frame.difference()),
        image.flatMap(PictureCoding::photograph).orElse(""),
        truth.flatMap(PictureCoding::labels).orElse(""),
        a.flatMap(p -> PictureCoding.labels(below(cellA, p.prediction()))).orElse(""),
        b.flatMap(p -> PictureCoding.labels(below(cellB, p.prediction()))).orElse(""));
  }

  private static Path folder(Side side, Entry entry) {
    return FolderBelow.resolve(RunStore.RESULTS, side.folder(), entry.folder());
  }

  private static Path below(Path cell, String picture) {
    return FolderBelow.resolve(RunStore.RESULTS, cell, picture);
  }

  /** Of the gallery, or of the worst frames. */
  private static Optional<Picture> picture(Entry entry, String id) {
    return Stream.of(
            entry.pictures(),
            entry.diagnosis().map(Diagnosis::worstFrames).orElse(List.of()),
            entry.depth().map(DepthAccuracy::worstFrames).orElse(List.of()))
        .flatMap(List::stream)
        .filter(picture -> picture.id().equals(id))
        .findFirst();
  }
}
