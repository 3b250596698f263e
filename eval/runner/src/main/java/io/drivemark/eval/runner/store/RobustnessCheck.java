package io.drivemark.eval.runner.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.standard.CalibrationGauge;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.derive.RobustCalibrations;
import io.drivemark.eval.runner.derive.Robustnesses;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.GaugeEvidence;
import io.drivemark.eval.runner.evidence.StateCalibrationEvidence;
import io.drivemark.eval.runner.evidence.StateEvidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.robust.Robustness;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what a record says of corrupted frames is what their counts give. Stateless. */
final class RobustnessCheck {
  /** What older programs called a single sequence. */
  private static final String ONE_CLUSTER =
      "1 clusters (few: intervals come out narrow): sequences";

  private RobustnessCheck() {}

  /**
   * Derives it again; nothing to do for records without.
   *
   * @throws io.drivemark.problem.BadInputException if a count is missing or changed, or gives
   *     another figure
   */
  static void require(Path folder, Entry entry, CellCheck check, JsonNode digests) {
    if (entry.robustness().isEmpty()) {
      return;
    }
    Robustness recorded = entry.robustness().get();
    if (entry.accuracy().isEmpty()) {
      throw CellStore.refused(folder, "it has corrupted frames and no accuracy of clean ones");
    }
    check.digest(StateEvidence.FILE, digests);
    if (recorded.derivation() != Robustnesses.DERIVATION) {
      check.notes.add(CellCheck.asStored("robustness", recorded.derivation()));
      return;
    }
    LabelSpace space = Accuracies.space(entry.accuracy().get());
    Map<String, Map<String, ConfusionMatrix>> states = StateEvidence.read(folder, space);
    Map<String, ConfusionMatrix> clean =
        Evidence.readCounts(folder.resolve(Evidence.CONFUSION), space);
    for (String sample : states.values().iterator().next().keySet()) {
      if (!clean.containsKey(sample)) {
        throw CellStore.refused(
            folder, "sample " + sample + " has counts of corrupted frames and no clean ones");
      }
    }
    Map<String, Map<String, String>> attributes = new HashMap<>();
    for (ImageScore image : entry.perImage()) {
      attributes.put(image.id(), image.attributes());
    }
    Robustness derived =
        Robustnesses.of(
            Robustnesses.Asked.of(recorded),
            Protocols.named(entry.protocol().name()),
            clean,
            states,
            attributes);
    if (recorded.calibration().isPresent()) {
      check.digest(StateCalibrationEvidence.FILE, digests);
      check.digest(GaugeEvidence.file(CalibrationGauge.NAME), digests);
      derived =
          derived.withCalibration(
              Optional.of(
                  RobustCalibrations.of(
                      folder,
                      space,
                      derived,
                      List.copyOf(states.values().iterator().next().keySet()),
                      List.copyOf(clean.keySet()),
                      attributes)));
    }
    if (!agree(derived, recorded)) {
      throw CellStore.refused(folder, "its robustness is not what its counts give");
    }
  }

  /** Whether they are the same; older programs called one cluster otherwise. */
  private static boolean agree(Robustness derived, Robustness recorded) {
    return derived.equals(recorded)
        || recorded.clusters().equals(ONE_CLUSTER)
            && derived.withClusters(ONE_CLUSTER).equals(recorded);
  }
}
