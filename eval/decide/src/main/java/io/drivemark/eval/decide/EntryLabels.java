package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A name for each of some entries that no other of them has: the model's name alone where that
 * suffices, else with engine, size, threads and what else is needed to tell them apart. Stateless.
 */
public final class EntryLabels {
  private EntryLabels() {}

  /** The labels, in the order of the entries; equals get a number behind them. */
  public static List<String> of(List<Entry> entries) {
    List<Function<Entry, String>> parts =
        List.of(
            e -> e.model().name(),
            e -> e.engine().name(),
            e -> e.input().toString(),
            e -> e.engine().threads() + (e.engine().threads() == 1 ? " thread" : " threads"),
            e -> "gates " + e.engine().form().orElse("auto"),
            e -> e.engine().precision(),
            EntryLabels::weights,
            e -> e.protocol().mapping(),
            e -> "version " + e.engine().version().orElse("unknown"));
    List<Function<Entry, String>> used = new ArrayList<>();
    for (Function<Entry, String> part : parts) {
      boolean first = used.isEmpty();
      boolean differs = distinct(entries, List.of(part)) > 1;
      if (first || (differs && distinct(entries, used) < entries.size())) {
        used.add(part);
      }
    }
    List<String> labels = new ArrayList<>();
    TreeSet<String> taken = new TreeSet<>();
    for (Entry entry : entries) {
      String base = label(entry, used);
      String label = base;
      for (int twin = 2; !taken.add(label); twin++) {
        label = base + " #" + twin;
      }
      labels.add(label);
    }
    return labels;
  }

  private static String weights(Entry entry) {
    return entry
        .model()
        .storedPrecision()
        .map(
            stored ->
                stored.equals("unknown") ? "weights of unknown precision" : stored + " weights")
        .orElse("precision of weights not recorded");
  }

  private static int distinct(List<Entry> entries, List<Function<Entry, String>> parts) {
    return (int) entries.stream().map(e -> label(e, parts)).distinct().count();
  }

  private static String label(Entry entry, List<Function<Entry, String>> parts) {
    return String.join(" · ", parts.stream().map(p -> p.apply(entry)).toList());
  }
}
