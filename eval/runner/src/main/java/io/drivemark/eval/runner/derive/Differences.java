package io.drivemark.eval.runner.derive;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * By how much pruned models differ from their parents and siblings, and the others from the most
 * accurate of them, from the counts in their cells. For one thread.
 */
public final class Differences {
  private final List<Entry> entries;
  private final Path out;
  private final Map<String, Map<String, ConfusionMatrix>> read = new HashMap<>();

  private Differences(List<Entry> entries, Path out) {
    this.entries = entries;
    this.out = out;
  }

  /**
   * The same entries; each of a pruned model has its differences from its parent and from those of
   * its siblings that come before it, each other one that from the most accurate of those that are
   * not pruned, as far as they were judged under the same conditions.
   *
   * @param out the folder their cells' folders are relative to
   */
  public static List<Entry> added(List<Entry> entries, Path out) {
    Differences differences = new Differences(entries, out);
    return entries.stream().map(differences::added).toList();
  }

  private Entry added(Entry entry) {
    List<Entry> others = isJudged(entry) ? others(entry) : List.of();
    if (entry.depth().isPresent()) {
      DepthAccuracy depth = entry.depth().get();
      return entry.withDepth(
          depth.withDifferences(
              others.stream()
                  .flatMap(
                      other ->
                          DepthAccuracies.difference(
                              depth, other.model().name(), other.depth().orElseThrow())
                              .stream())
                  .toList()));
    }
    List<MiouDifference> found = new ArrayList<>();
    others.forEach(other -> difference(entry, other).ifPresent(found::add));
    Optional<String> name = Optional.of(entry.model().name());
    if (entry.model().parent().isEmpty()
        && !others.isEmpty()
        && entries.stream().noneMatch(e -> e.model().parent().equals(name))) {
      read.remove(entry.folder()); // nobody else looks at its counts, which may be large
    }
    return entry.withDifferences(found);
  }

  /** What an entry is held against: see {@link #added(List, Path)}. */
  private List<Entry> others(Entry entry) {
    if (entry.model().parent().isEmpty()) {
      return best(entry).stream().toList();
    }
    String parent = entry.model().parent().get();
    List<Entry> found = new ArrayList<>();
    for (Entry other : entries) {
      boolean before = entries.indexOf(other) < entries.indexOf(entry);
      boolean sibling = before && other.model().parent().equals(Optional.of(parent));
      if ((sibling || other.model().name().equals(parent)) && comparable(entry, other)) {
        found.add(other);
      }
    }
    return found;
  }

  /** The most accurate that is not pruned, the first of equals; empty if it is this one. */
  private Optional<Entry> best(Entry entry) {
    Entry best = entry;
    for (Entry other : entries) {
      if (other.model().parent().isEmpty()
          && comparable(entry, other)
          && (merit(other) > merit(best)
              || merit(other) == merit(best) && entries.indexOf(other) < entries.indexOf(best))) {
        best = other;
      }
    }
    return best == entry ? Optional.empty() : Optional.of(best);
  }

  private static boolean isJudged(Entry entry) {
    return !entry.folder().isEmpty()
        && (entry.accuracy().filter(a -> a.miou().isPresent()).isPresent()
            || entry.depth().flatMap(DepthAccuracy::mean).isPresent());
  }

  private static boolean comparable(Entry a, Entry b) {
    return isJudged(b)
        && a.task() == b.task()
        && a.dataset().digest().equals(b.dataset().digest())
        && a.dataset().name().equals(b.dataset().name())
        && a.dataset().split().equals(b.dataset().split())
        && a.engine().equals(b.engine())
        && a.input().equals(b.input())
        && a.protocol().digest().equals(b.protocol().digest());
  }

  private Optional<MiouDifference> difference(Entry entry, Entry other) {
    Map<String, ConfusionMatrix> mine = counts(entry);
    Map<String, ConfusionMatrix> others = counts(other);
    if (!List.copyOf(mine.keySet()).equals(List.copyOf(others.keySet()))) {
      return Optional.empty(); // one of them lacks frames, which its issues say
    }
    Protocol protocol = Protocols.named(entry.protocol().name());
    List<ConfusionMatrix> counts = List.copyOf(mine.values());
    List<ConfusionMatrix> otherCounts = List.copyOf(others.values());
    List<Map<String, String>> attributes =
        entry.perImage().stream().map(ImageScore::attributes).toList();
    try {
      Optional<Estimate> estimate =
          Reliability.difference(protocol, counts, otherCounts, attributes)
              .map(d -> d.miou().estimate());
      Optional<Interval> percentile = estimate.flatMap(Estimate::percentile);
      Optional<Interval> expanded = estimate.flatMap(Estimate::expanded);
      return Optional.of(
          new MiouDifference(
              other.model().name(),
              miou(entry) - miou(other),
              end(percentile, Interval::low),
              end(percentile, Interval::high),
              end(expanded, Interval::low),
              end(expanded, Interval::high),
              Reliability.swapP(protocol, counts, otherCounts, attributes)));
    } catch (BadInputException e) {
      return Optional.empty(); // their mappings leave different pixels out
    }
  }

  private static OptionalDouble end(Optional<Interval> interval, ToDoubleFunction<Interval> which) {
    return interval.isPresent()
        ? OptionalDouble.of(which.applyAsDouble(interval.get()))
        : OptionalDouble.empty();
  }

  /** How accurate it is, more being better. */
  private static double merit(Entry entry) {
    return switch (entry.task()) {
      case SEGMENTATION -> miou(entry);
      case DEPTH -> -entry.depth().flatMap(DepthAccuracy::mean).orElseThrow().absRel();
    };
  }

  private static double miou(Entry entry) {
    return entry.accuracy().orElseThrow().miou().orElseThrow();
  }

  private Map<String, ConfusionMatrix> counts(Entry entry) {
    return read.computeIfAbsent(
        entry.folder(),
        folder -> {
          LabelSpace space = Accuracies.space(entry.accuracy().orElseThrow());
          return Evidence.readCounts(out.resolve(folder).resolve(Evidence.CONFUSION), space);
        });
  }
}
