package io.drivemark.eval.runner.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.derive.Diagnoses;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.derive.Speeds;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.ObjectEvidence;
import io.drivemark.eval.runner.evidence.Tallies;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.files.Digests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Derives a recorded cell's numbers from its evidence again. For one thread. */
final class CellCheck {
  private final Path folder;
  private final Entry entry;

  CellCheck(Path folder, Entry entry) {
    this.folder = folder;
    this.entry = entry;
  }

  /** The evidence file must be the one the record was made from. */
  void digest(String name, JsonNode digests) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw CellStore.refused(folder, name + " is missing");
    }
    if (!digests.path(name).asText().equals(Digests.of(file))) {
      throw CellStore.refused(folder, name + " has been changed since");
    }
  }

  /** Counts must give the recorded accuracy, to the last bit. */
  void accuracy() {
    Accuracy recorded =
        entry.accuracy().orElseThrow(() -> CellStore.refused(folder, "it has no accuracy"));
    LabelSpace space = Accuracies.space(recorded);
    Map<String, ConfusionMatrix> counts =
        Evidence.readCounts(folder.resolve(Evidence.CONFUSION), space);
    if (counts.size() != entry.dataset().images()) {
      throw CellStore.refused(
          folder,
          "it says " + entry.dataset().images() + " images, its counts are of " + counts.size());
    }
    Protocol protocol = Protocols.named(entry.protocol().name());
    Accuracy derived = Accuracies.of(protocol, space, counts);
    if (!derived.miou().equals(recorded.miou())) {
      throw CellStore.refused(
          folder,
          "it says miou " + text(recorded.miou()) + ", its counts give " + text(derived.miou()));
    }
    if (!derived.equals(recorded)) {
      throw CellStore.refused(folder, "its accuracy is not what its counts give");
    }
    Map<String, Map<String, String>> attributes = new HashMap<>();
    entry.perImage().forEach(image -> attributes.put(image.id(), image.attributes()));
    if (!Accuracies.perImage(protocol, counts, attributes).equals(entry.perImage())) {
      throw CellStore.refused(folder, "its accuracy by image is not what its counts give");
    }
    reliability(protocol, List.copyOf(counts.values()));
  }

  /** Counts and attributes must give the recorded intervals and slices, where there are any. */
  private void reliability(Protocol protocol, List<ConfusionMatrix> counts) {
    List<Map<String, String>> attributes =
        entry.perImage().stream().map(ImageScore::attributes).toList();
    boolean expanded = entry.confidence().filter(Confidence::isExpanded).isPresent();
    if (entry.confidence().isPresent()
        && !Reliability.confidence(protocol, counts, attributes)
            .map(anew -> expanded ? anew : anew.withoutExpanded())
            .equals(entry.confidence())) {
      throw CellStore.refused(folder, "its intervals are not what its counts give");
    }
    if (!entry.slices().isEmpty()
        && !Reliability.sliceScores(protocol, counts, attributes).equals(entry.slices())) {
      throw CellStore.refused(folder, "its slices are not what its counts give");
    }
  }

  /** Counts must give the recorded diagnosis, where there is one. */
  void diagnosis(JsonNode digests) {
    if (entry.diagnosis().isEmpty()) {
      return; // of an older program
    }
    Diagnosis recorded = entry.diagnosis().get();
    LabelSpace space = Accuracies.space(entry.accuracy().orElseThrow());
    digest(Tallies.FILE, digests);
    Optional<InstanceCounts> objects = Optional.empty();
    if (recorded.objects().isPresent()) {
      digest(ObjectEvidence.FILE, digests);
      Map<String, Double> meanPixels = new HashMap<>();
      recorded
          .objects()
          .get()
          .classes()
          .forEach(score -> meanPixels.put(score.name(), score.meanPixels()));
      objects =
          Optional.of(
              ObjectEvidence.read(
                  folder.resolve(ObjectEvidence.FILE), InstanceRules.of(space, meanPixels)));
    }
    Tallies tallies = Tallies.read(folder.resolve(Tallies.FILE));
    List<ConfusionMatrix> counts =
        List.copyOf(Evidence.readCounts(folder.resolve(Evidence.CONFUSION), space).values());
    if (tallies.samples() != counts.size()
        || !Diagnoses.of(space, counts, tallies, objects)
            .equals(recorded.withWorstFrames(List.of()))) {
      throw CellStore.refused(folder, "its diagnosis is not what its counts give");
    }
  }

  /** Timed runs must give the recorded latency. */
  void speed() {
    Speed recorded =
        entry.speed().orElseThrow(() -> CellStore.refused(folder, "it has no latency"));
    Evidence.Timings timings = Evidence.readTimings(folder.resolve(Evidence.LATENCY));
    boolean same =
        Speeds.summary(timings.endToEnd()).equals(recorded.endToEnd())
            && Speeds.summary(timings.engine()).equals(recorded.model())
            && Speeds.millis(timings.endToEnd()).equals(recorded.endToEndSamplesMs())
            && Speeds.millis(timings.engine()).equals(recorded.modelSamplesMs());
    if (!same) {
      throw CellStore.refused(folder, "its latency is not what its timed runs give");
    }
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "undefined";
  }
}
