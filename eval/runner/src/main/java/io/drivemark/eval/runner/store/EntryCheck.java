package io.drivemark.eval.runner.store;

import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.cue.CueFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares an entry of a study's results with the entry of its cell. Equal are: engine, dataset,
 * size, protocol, accuracy, cost, scores by image, pictures, time of the pass, prints, what cues
 * made of runs, intervals, slices and diagnosis. The latency is the cell's or left out, and so is
 * what corrupted frames gave. A run may add issues to the cell's; an entry is complete only if its
 * cell is and nothing was added. What each run says anew (facts of the model, methods, notes) is
 * not compared. Stateless.
 */
final class EntryCheck {
  private static final Map<String, Function<Entry, Object>> EQUAL = equal();

  private EntryCheck() {}

  private static Map<String, Function<Entry, Object>> equal() {
    Map<String, Function<Entry, Object>> parts = new LinkedHashMap<>();
    parts.put("accuracy", Entry::accuracy);
    parts.put("accuracy by image", Entry::perImage);
    parts.put("interval", Entry::confidence);
    parts.put("slices", Entry::slices);
    parts.put("diagnosis", Entry::diagnosis);
    parts.put("distances", e -> e.depth().map(d -> d.withDifferences(List.of())));
    parts.put("cost", Entry::cost);
    parts.put("engine", Entry::engine);
    parts.put("dataset", Entry::dataset);
    parts.put("size", Entry::input);
    parts.put("protocol", Entry::protocol);
    parts.put("pictures", Entry::pictures);
    parts.put("time of the pass", Entry::pass);
    parts.put("prints", Entry::prints);
    parts.put("cues", e -> e.cues().map(CueFacts::asCounted));
    return parts;
  }

  /** What of an entry is not what its cell says; empty if all of it is. */
  static Optional<String> difference(Entry entry, Entry cell) {
    for (Map.Entry<String, Function<Entry, Object>> part : EQUAL.entrySet()) {
      if (!part.getValue().apply(entry).equals(part.getValue().apply(cell))) {
        return Optional.of(part.getKey());
      }
    }
    if (!cell.readings().isEmpty() && !entry.readings().isEmpty() && !agree(entry, cell)) {
      return Optional.of("readings");
    }
    if (entry.speed().isPresent() && !entry.speed().equals(cell.speed())) {
      return Optional.of("latency");
    }
    if (entry.robustness().isPresent()
        && !entry
            .robustness()
            .map(r -> r.withDifferences(List.of()))
            .equals(cell.robustness().map(r -> r.withDifferences(List.of())))) {
      return Optional.of("robustness");
    }
    if (!entry.issues().containsAll(cell.issues())) {
      return Optional.of("list of issues");
    }
    boolean complete = cell.complete() && entry.issues().size() == cell.issues().size();
    return entry.complete() == complete ? Optional.empty() : Optional.of("completeness");
  }

  /** Whether an entry has all the readings of its cell, and besides only those derived later. */
  private static boolean agree(Entry entry, Entry cell) {
    boolean all =
        cell.readings().stream()
            .allMatch(stored -> entry.readings().stream().anyMatch(stored::agrees));
    return all
        && entry.readings().stream()
            .allMatch(
                found ->
                    cell.readings().stream()
                        .anyMatch(
                            stored ->
                                stored.agrees(found)
                                    || stored.gauge().equals(found.gauge())
                                        && stored.derivation() != found.derivation()));
  }

  /** Whether an entry that names no cell claims to have been measured. */
  static boolean isMeasured(Entry entry) {
    return entry.complete()
        || entry.accuracy().isPresent()
        || entry.depth().flatMap(DepthAccuracy::mean).isPresent()
        || entry.speed().isPresent()
        || entry.prints().isPresent()
        || entry.robustness().isPresent()
        || entry.cues().isPresent()
        || entry.confidence().isPresent()
        || entry.diagnosis().isPresent()
        || !entry.readings().isEmpty()
        || !entry.perImage().isEmpty()
        || !entry.slices().isEmpty()
        || !entry.pictures().isEmpty();
  }
}
