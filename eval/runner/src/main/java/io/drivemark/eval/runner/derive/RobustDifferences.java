package io.drivemark.eval.runner.derive;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.StateEvidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Difference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How networks differ under corruption from those that they are held against clean: a pruned one
 * from its parent and its siblings, another from the most accurate. Stateless.
 */
public final class RobustDifferences {
  private RobustDifferences() {}

  /**
   * The same entries with these differences, where both were judged on the same frames in the same
   * states.
   *
   * @param entries with their differences in mIoU
   * @param out the folder their cells' folders are relative to
   */
  public static List<Entry> added(List<Entry> entries, Path out) {
    return entries.stream().map(entry -> added(entry, entries, out)).toList();
  }

  private static Entry added(Entry entry, List<Entry> entries, Path out) {
    if (entry.robustness().filter(r -> !r.levels().isEmpty()).isEmpty()) {
      return entry;
    }
    List<Difference> found = new ArrayList<>();
    entry
        .differences()
        .forEach(
            d ->
                other(entry, d.from(), entries)
                    .ifPresent(other -> found.add(difference(entry, other, out))));
    return entry.withRobustness(entry.robustness().map(r -> r.withDifferences(found)));
  }

  private static Optional<Entry> other(Entry entry, String name, List<Entry> entries) {
    return entries.stream()
        .filter(
            e ->
                e.model().name().equals(name)
                    && e.dataset().digest().equals(entry.dataset().digest())
                    && e.dataset().name().equals(entry.dataset().name())
                    && e.dataset().split().equals(entry.dataset().split())
                    && e.engine().equals(entry.engine())
                    && e.input().equals(entry.input())
                    && e.protocol().digest().equals(entry.protocol().digest())
                    && e.robustness().map(Robustness::states).equals(states(entry))
                    && e.robustness().map(Robustness::frames).equals(frames(entry)))
        .findFirst();
  }

  private static Optional<List<String>> states(Entry entry) {
    return entry.robustness().map(Robustness::states);
  }

  private static Optional<Integer> frames(Entry entry) {
    return entry.robustness().map(Robustness::frames);
  }

  private static Difference difference(Entry entry, Entry other, Path out) {
    Protocol protocol = Protocols.named(entry.protocol().name());
    Map<String, Map<String, ConfusionMatrix>> states = read(entry, out);
    Map<String, Map<String, String>> attributes = new HashMap<>();
    for (ImageScore image : entry.perImage()) {
      attributes.put(image.id(), image.attributes());
    }
    Robustness mine = entry.robustness().orElseThrow();
    Robustness others = other.robustness().orElseThrow();
    Clusters clusters = Robustnesses.clusters(states, attributes);
    Difference found =
        Robustnesses.difference(
            other.model().name(),
            protocol,
            mine,
            Robustnesses.counts(clean(entry, out), states),
            Robustnesses.counts(clean(other, out), read(other, out)),
            clusters,
            others);
    boolean sibling =
        entry.model().parent().filter(p -> !p.equals(other.model().name())).isPresent();
    if (sibling || mine.calibration().isEmpty() || others.calibration().isEmpty()) {
      return found;
    }
    List<String> samples = List.copyOf(states.values().iterator().next().keySet());
    return found.withCalibration(
        RobustCalibrations.difference(
            mine, calibrations(entry, samples, out), calibrations(other, samples, out), clusters));
  }

  private static RobustCalibrations.Counts calibrations(
      Entry entry, List<String> samples, Path out) {
    return RobustCalibrations.Counts.read(
        out.resolve(entry.folder()),
        space(entry),
        entry.robustness().orElseThrow().states(),
        samples,
        entry.perImage().stream().map(ImageScore::id).toList());
  }

  private static Map<String, Map<String, ConfusionMatrix>> read(Entry entry, Path out) {
    return StateEvidence.read(out.resolve(entry.folder()), space(entry));
  }

  private static Map<String, ConfusionMatrix> clean(Entry entry, Path out) {
    return Evidence.readCounts(
        out.resolve(entry.folder()).resolve(Evidence.CONFUSION), space(entry));
  }

  private static LabelSpace space(Entry entry) {
    return Accuracies.space(entry.accuracy().orElseThrow());
  }
}
