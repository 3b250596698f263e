package io.drivemark.eval.runner.store;

import io.drivemark.datasets.Task;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.evidence.DepthEvidence;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.FramePrints;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.Prints;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cell counted on each of its frames, for whoever compares cells. Maps are by sample id, in
 * sample order. Immutable.
 *
 * @param labels confusion counts; empty for networks of depth and random weights
 * @param distances errors, absent of frames without a judged pixel; empty for networks of labels
 * @param prints empty in cells of older programs
 * @param attributes what else is known of a frame, its sequence for example
 */
public record CellCounts(
    Map<String, ConfusionMatrix> labels,
    Map<String, Optional<DepthScores>> distances,
    Map<String, Print> prints,
    Map<String, Map<String, String>> attributes) {
  public CellCounts {
    labels = ordered(labels);
    distances = ordered(distances);
    prints = ordered(prints);
    attributes = ordered(attributes);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * Reads the counts of an entry. Whether they are those of its record has been checked where the
   * entry was read, see {@link RunStore#readWithCells}.
   *
   * @param out the output folder
   * @param entry of its results, with a folder
   * @throws BadInputException if a file is missing or damaged
   */
  public static CellCounts of(Path out, Entry entry) {
    Path folder = out.resolve(entry.folder());
    Map<String, Print> prints =
        entry.prints().flatMap(Prints::frames).isPresent() ? FramePrints.read(folder) : Map.of();
    if (entry.task() == Task.DEPTH) {
      List<DepthAccuracy.Frame> frames = entry.depth().orElseThrow().frames();
      Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
      frames.forEach(frame -> attributes.put(frame.id(), frame.attributes()));
      return new CellCounts(Map.of(), DepthEvidence.read(folder), prints, attributes);
    }
    if (entry.accuracy().isEmpty()) {
      return new CellCounts(Map.of(), Map.of(), prints, Map.of());
    }
    Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
    for (ImageScore image : entry.perImage()) {
      attributes.put(image.id(), image.attributes());
    }
    return new CellCounts(
        Evidence.readCounts(
            folder.resolve(Evidence.CONFUSION), Accuracies.space(entry.accuracy().get())),
        Map.of(),
        prints,
        attributes);
  }
}
