package io.drivemark.eval.history.compare;

import io.drivemark.datasets.Task;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ProtocolFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which cells of two results are the same series; what cannot be paired has a reason. Immutable.
 *
 * @param pairs in A's order
 * @param unpaired all others
 */
record Pairing(List<Pair> pairs, List<Unpaired> unpaired) {
  /** Two entries of one series, both measured, on the same data by the same rules. */
  record Pair(SeriesKey series, Entry a, Entry b) {}

  private static final String HAS = "measured";
  private static final String LACKS = "not there";

  /** Pairs the entries of two results. */
  static Pairing of(Read a, Read b) {
    List<Pair> pairs = new ArrayList<>();
    List<Unpaired> unpaired = new ArrayList<>();
    Set<SeriesKey> twice = new HashSet<>();
    Map<SeriesKey, Entry> first = bySeries(a, twice, unpaired);
    Map<SeriesKey, Entry> second = bySeries(b, twice, unpaired);
    first.keySet().removeAll(twice);
    second.keySet().removeAll(twice);
    Set<SeriesKey> left = new HashSet<>(second.keySet());
    left.removeAll(first.keySet());
    first.forEach(
        (series, entry) -> {
          Entry other = second.get(series);
          if (other != null) {
            Optional<Unpaired> against = against(series, entry, other);
            against.ifPresentOrElse(unpaired::add, () -> pairs.add(new Pair(series, entry, other)));
            return;
          }
          List<SeriesKey> near = left.stream().filter(s -> butRules(s, series)).toList();
          if (near.size() == 1) {
            left.remove(near.get(0));
            unpaired.add(
                new Unpaired(
                    series.label(),
                    Unpaired.Reason.PROTOCOL,
                    rules(series.protocol(), near.get(0).protocol())));
          } else {
            unpaired.add(
                new Unpaired(
                    series.label(), Unpaired.Reason.ONLY_A, new Changed("series", HAS, LACKS)));
          }
        });
    second.keySet().stream()
        .filter(left::contains)
        .forEach(
            series ->
                unpaired.add(
                    new Unpaired(
                        series.label(),
                        Unpaired.Reason.ONLY_B,
                        new Changed("series", LACKS, HAS))));
    return new Pairing(pairs, unpaired);
  }

  private static Map<SeriesKey, Entry> bySeries(
      Read read, Set<SeriesKey> twice, List<Unpaired> unpaired) {
    Map<SeriesKey, Entry> out = new LinkedHashMap<>();
    for (Entry entry : read.result().entries()) {
      SeriesKey series = SeriesKey.of(entry);
      Entry before = out.put(series, entry);
      if (before != null) {
        twice.add(series);
        unpaired.add(
            new Unpaired(
                series.label(),
                Unpaired.Reason.TWICE,
                new Changed("cells in " + read.side().name(), cell(before), cell(entry))));
      }
    }
    return out;
  }

  private static String cell(Entry entry) {
    return entry.folder().isEmpty() ? "not measured" : entry.folder();
  }

  /** Whether two series are the same but for the rules of accuracy. */
  private static boolean butRules(SeriesKey a, SeriesKey b) {
    return a.model().equals(b.model())
        && a.task() == b.task()
        && a.dataset().equals(b.dataset())
        && a.split().equals(b.split())
        && a.engine().equals(b.engine())
        && a.threads() == b.threads()
        && a.precision().equals(b.precision())
        && a.form().equals(b.form())
        && a.input().equals(b.input());
  }

  private static Changed rules(ProtocolFacts a, ProtocolFacts b) {
    if (a.digest().equals(b.digest())) {
      return a.mapping().equals(b.mapping())
          ? new Changed("grid", a.grid(), b.grid())
          : new Changed("mapping", a.mapping(), b.mapping());
    }
    return new Changed("protocol", protocol(a), protocol(b));
  }

  private static String protocol(ProtocolFacts facts) {
    return facts.name() + " " + facts.digest();
  }

  /** What stands against comparing two entries of a series, before their frames are looked at. */
  private static Optional<Unpaired> against(SeriesKey series, Entry a, Entry b) {
    if (!a.dataset().digest().equals(b.dataset().digest())) {
      return refused(
          series,
          Unpaired.Reason.DATASET,
          new Changed("dataset's digest", a.dataset().digest(), b.dataset().digest()));
    }
    if (a.folder().isEmpty() || b.folder().isEmpty() || judged(a) != judged(b)) {
      return refused(
          series, Unpaired.Reason.NOT_MEASURED, new Changed("result", result(a), result(b)));
    }
    if (!classes(a).equals(classes(b))) {
      return refused(
          series,
          Unpaired.Reason.CLASSES,
          new Changed("classes", String.join(", ", classes(a)), String.join(", ", classes(b))));
    }
    return Optional.empty();
  }

  static Optional<Unpaired> refused(SeriesKey series, Unpaired.Reason reason, Changed what) {
    return Optional.of(new Unpaired(series.label(), reason, what));
  }

  /** Whether its predictions were judged; random weights are measured without. */
  static boolean judged(Entry entry) {
    return entry.task() == Task.DEPTH
        ? entry.depth().flatMap(DepthAccuracy::mean).isPresent()
        : entry.accuracy().isPresent();
  }

  private static String result(Entry entry) {
    if (!entry.folder().isEmpty()) {
      return judged(entry) ? HAS : "measured without an accuracy";
    }
    return entry.issues().isEmpty() ? "not measured" : String.join("; ", entry.issues());
  }

  private static List<String> classes(Entry entry) {
    return entry
        .accuracy()
        .map(a -> a.classes().stream().map(c -> c.name()).toList())
        .orElse(List.of());
  }
}
