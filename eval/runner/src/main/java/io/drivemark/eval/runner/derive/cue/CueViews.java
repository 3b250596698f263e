package io.drivemark.eval.runner.derive.cue;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Mix;
import io.drivemark.eval.runner.record.cue.CueFacts.Timing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What cues cost and what key frames at other offsets come to, from evidence in the cells of a
 * study: of the network with cues and of the one inside. Stateless.
 */
public final class CueViews {
  private CueViews() {}

  /**
   * The same entries; those with cues have what can be said of them.
   *
   * @param out the folder that their cells' folders are relative to
   * @throws io.drivemark.problem.BadInputException if evidence is damaged
   */
  public static List<Entry> added(List<Entry> entries, Path out) {
    return entries.stream()
        .map(
            entry ->
                entry.cues().isEmpty()
                    ? entry
                    : entry.withCues(
                        entry
                            .cues()
                            .map(c -> c.with(timing(entry, c, out), mix(entry, entries, out)))))
        .toList();
  }

  private static Optional<Timing> timing(Entry entry, CueFacts cues, Path out) {
    if (entry.speed().isEmpty()) {
      return Optional.empty();
    }
    Path folder = out.resolve(entry.folder());
    return Optional.of(
        CueTimes.of(
            TimedRuns.read(folder.resolve(Evidence.LATENCY)), PathRuns.read(folder), cues.rate()));
  }

  private static Optional<Mix> mix(Entry entry, List<Entry> entries, Path out) {
    Optional<KeyframeMix> mix = KeyframeMix.of(entry.cues().orElseThrow());
    Optional<Entry> inside = entries.stream().filter(other -> isInside(other, entry)).findFirst();
    if (mix.isEmpty() || inside.isEmpty()) {
      return Optional.empty();
    }
    Path folder = out.resolve(inside.get().folder());
    if (!DelayEvidence.isThere(folder)) {
      return Optional.empty();
    }
    LabelSpace space = Accuracies.space(inside.get().accuracy().orElseThrow());
    return mix.get()
        .come(
            DelayEvidence.read(folder, space),
            entry.dataset().images(),
            Protocols.named(entry.protocol().name()));
  }

  /** Whether one entry is of the network inside another's cues, judged on the same frames. */
  private static boolean isInside(Entry other, Entry entry) {
    return entry.model().parent().equals(Optional.of(other.model().name()))
        && !other.folder().isEmpty()
        && other.accuracy().isPresent()
        && other.dataset().equals(entry.dataset())
        && other.engine().equals(entry.engine())
        && other.input().equals(entry.input())
        && other.protocol().digest().equals(entry.protocol().digest());
  }
}
