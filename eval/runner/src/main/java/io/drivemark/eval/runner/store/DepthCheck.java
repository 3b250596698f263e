package io.drivemark.eval.runner.store;

import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.derive.DepthAccuracies;
import io.drivemark.eval.runner.evidence.DepthEvidence;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Derives the distances of a recorded cell from the errors of its frames again. Stateless. */
final class DepthCheck {
  private DepthCheck() {}

  /**
   * Insists that the record is what the errors of its frames give.
   *
   * @return what is shown as it was stored because today's program derives it otherwise
   * @throws io.drivemark.problem.BadInputException if it is not
   */
  static Optional<String> require(Path folder, Entry entry) {
    DepthAccuracy recorded = entry.depth().orElseThrow();
    Map<String, Optional<DepthScores>> frames = DepthEvidence.read(folder);
    if (frames.size() != entry.dataset().images()) {
      throw CellStore.refused(
          folder,
          "it says " + entry.dataset().images() + " images, its errors are of " + frames.size());
    }
    Map<String, Map<String, String>> attributes = new HashMap<>();
    recorded.frames().forEach(f -> attributes.put(f.id(), f.attributes()));
    DepthAccuracy derived = DepthAccuracies.of(recorded.rule().rule(), frames, attributes);
    if (!derived.mean().equals(recorded.mean())) {
      throw CellStore.refused(
          folder,
          "it says absRel "
              + absRel(recorded)
              + ", the errors of its frames give "
              + absRel(derived));
    }
    Optional<Integer> later =
        recorded
            .confidence()
            .map(DepthAccuracy.Intervals::derivation)
            .filter(version -> version > DepthAccuracies.DERIVATION);
    DepthAccuracy expected =
        new DepthAccuracy(
            derived.rule(),
            derived.mean(),
            derived.frames(),
            derived.unjudged(),
            later.isPresent() ? recorded.confidence() : derived.confidence(),
            derived.slices(),
            recorded.worstFrames(),
            recorded.differences());
    if (!expected.equals(recorded)) {
      throw CellStore.refused(folder, "its distances are not what the errors of its frames give");
    }
    GaugeReading reading = DepthAccuracies.reading(recorded);
    List<GaugeReading> kept = entry.readings();
    if (kept.size() != 1 || !kept.get(0).agrees(reading)) {
      throw CellStore.refused(
          folder, "its figures of gauge depth are not what the errors of its frames give");
    }
    return later.map(version -> CellCheck.asStored("interval", version));
  }

  private static String absRel(DepthAccuracy accuracy) {
    return accuracy.mean().map(m -> Double.toString(m.absRel())).orElse("undefined");
  }
}
