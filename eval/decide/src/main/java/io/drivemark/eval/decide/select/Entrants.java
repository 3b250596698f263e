package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.EntryLabels;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.Timings;
import io.drivemark.eval.decide.Yardstick;
import io.drivemark.eval.decide.select.Entrant.Known;
import io.drivemark.eval.decide.select.Entrant.Timed;
import io.drivemark.eval.metrics.DrawnScore;
import io.drivemark.eval.runner.derive.CellEvidence;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.study.Quantity;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * From finished studies to what can be selected from: the entries of one yardstick, those of the
 * same network in several studies joined into one entrant that was timed in several processes.
 *
 * @param yardstick what they have in common
 * @param entrants in the order in which they were first met
 * @param frames how many frames most of them were judged on
 */
public record Entrants(Yardstick yardstick, List<Entrant> entrants, int frames) {
  public Entrants {
    Objects.requireNonNull(yardstick, "yardstick");
    entrants = List.copyOf(entrants);
  }

  /**
   * A study, or what one process of it timed.
   *
   * @param name what the user calls it, for messages
   * @param occasion equal for processes of one night or study
   * @param fingerprint of the machine as the records of this study say it
   * @param machine what that machine is called over studies: another update of the system gives
   *     another fingerprint, and is the same machine
   * @param out the folder that its cells' folders are relative to
   * @param entries as {@code RunStore.read} gave them
   */
  public record Study(
      String name,
      int occasion,
      String fingerprint,
      String machine,
      Path out,
      List<Entry> entries) {
    public Study {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(fingerprint, "fingerprint");
      Objects.requireNonNull(machine, "machine");
      Objects.requireNonNull(out, "out");
      entries = List.copyOf(entries);
    }

    private Timing named(Timing timing) {
      return timing.machine().equals(fingerprint)
          ? new Timing(
              machine, timing.endToEndMs(), timing.engineMs(), timing.rotation(), timing.band())
          : timing;
    }
  }

  /** An entry and where it stands. */
  private record Found(Study study, int process, Entry entry, Optional<Timing> timing) {}

  /** What is read of the first of an entrant's entries. */
  private record Judged(Found found, Optional<CellEvidence> evidence) {
    List<String> frames() {
      return evidence.map(CellEvidence::frames).orElse(List.of());
    }

    List<List<Long>> truth() {
      return evidence.map(CellEvidence::truth).orElse(List.of());
    }
  }

  /**
   * The entrants of each yardstick.
   *
   * @param accuracy the figure that networks are ranked by; empty: that of their task
   * @param words of the figures that budgets bound
   * @throws BadInputException if studies judged one network on the same frames differently, or
   *     evidence is damaged
   */
  public static List<Entrants> of(
      List<Study> studies, Optional<String> accuracy, List<String> words) {
    Map<Yardstick, Map<String, List<Found>>> groups = new LinkedHashMap<>();
    requireOtherRuns(studies);
    for (int p = 0; p < studies.size(); p++) {
      Study study = studies.get(p);
      List<Optional<Timing>> timings = Timings.of(study.entries());
      for (int e = 0; e < study.entries().size(); e++) {
        Entry entry = study.entries().get(e);
        groups
            .computeIfAbsent(Yardstick.of(entry), y -> new LinkedHashMap<>())
            .computeIfAbsent(key(entry, study), k -> new ArrayList<>())
            .add(new Found(study, p, entry, timings.get(e).map(study::named)));
      }
    }
    List<Entrants> out = new ArrayList<>();
    groups.forEach(
        (yardstick, found) -> out.add(of(yardstick, List.copyOf(found.values()), accuracy, words)));
    return out;
  }

  /** A rotation's name is a digest of its times: two studies that have one are copies. */
  private static void requireOtherRuns(List<Study> studies) {
    Map<String, Study> seen = new HashMap<>();
    for (Study study : studies) {
      List<String> rotations =
          study.entries().stream()
              .flatMap(e -> e.speed().stream())
              .flatMap(s -> s.rotation().stream())
              .map(r -> r.id())
              .distinct()
              .toList();
      for (String rotation : rotations) {
        Study before = seen.putIfAbsent(rotation, study);
        if (before != null) {
          throw new BadInputException(
              before.name()
                  + " and "
                  + study.name()
                  + " hold the same timed runs (rotation "
                  + rotation
                  + "): they would count as two; give one of them");
        }
      }
    }
  }

  /** Equal for the same network in several studies; twins of one study are told apart. */
  private static String key(Entry entry, Study study) {
    String base = entry.model().name() + "\n" + identity(entry);
    long before =
        study.entries().subList(0, study.entries().indexOf(entry)).stream()
            .filter(e -> (e.model().name() + "\n" + identity(e)).equals(base))
            .count();
    return base + "\n" + before;
  }

  private static String identity(Entry entry) {
    return String.join(
        "\n",
        entry.model().digest(),
        entry.engine().toString(),
        entry.input().toString(),
        entry.protocol().mapping());
  }

  private static Entrants of(
      Yardstick yardstick, List<List<Found>> found, Optional<String> accuracy, List<String> words) {
    List<Judged> judged = found.stream().map(f -> judged(f.get(0))).toList();
    for (int i = 0; i < found.size(); i++) {
      requireSameCounts(found.get(i), judged.get(i));
    }
    List<String> frames = most(judged.stream().map(Judged::frames).toList());
    List<List<Long>> truth =
        most(judged.stream().filter(j -> j.frames().equals(frames)).map(Judged::truth).toList());
    List<String> labels = EntryLabels.of(judged.stream().map(j -> j.found().entry()).toList());
    String figure = accuracy.orElseGet(() -> word(yardstick.measure()));
    List<Entrant> out = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      out.add(entrant(labels.get(i), judged.get(i), found.get(i), figure, words, frames, truth));
    }
    return new Entrants(yardstick, out, frames.size());
  }

  /** The figure that networks of a task are ranked by where nothing is said. */
  public static String word(Measure measure) {
    return switch (measure) {
      case MIOU -> "miou";
      case ABS_REL -> "absRel";
    };
  }

  private static Judged judged(Found found) {
    Entry entry = found.entry();
    boolean has = isJudged(entry) && CellEvidence.isThere(found.study().out(), entry);
    return new Judged(
        found, has ? Optional.of(CellEvidence.of(found.study().out(), entry)) : Optional.empty());
  }

  private static boolean isJudged(Entry entry) {
    return !entry.folder().isEmpty() && Measure.of(entry).value(entry).isPresent();
  }

  /** The list that occurs most often, the first of equals; empty ones do not count. */
  private static <T> List<T> most(List<List<T>> all) {
    Map<List<T>, Integer> counts = new LinkedHashMap<>();
    all.stream().filter(l -> !l.isEmpty()).forEach(l -> counts.merge(l, 1, Integer::sum));
    return counts.entrySet().stream()
        .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
        .map(Map.Entry::getKey)
        .orElse(List.of());
  }

  private static void requireSameCounts(List<Found> found, Judged first) {
    Entry one = first.found().entry();
    for (Found other : found.subList(1, found.size())) {
      boolean same =
          one.accuracy().equals(other.entry().accuracy())
              && one.perImage().equals(other.entry().perImage())
              && one.depth()
                  .map(d -> d.frames())
                  .equals(other.entry().depth().map(d -> d.frames()));
      if (!same && !other.entry().folder().isEmpty() && first.evidence().isPresent()) {
        throw new BadInputException(
            one.model().name()
                + " with "
                + one.engine().name()
                + ": "
                + first.found().study().name()
                + " and "
                + other.study().name()
                + " judged the same weights on the same frames and found different results; select"
                + " from one of them, and see 'drivemark compare' for what differs");
      }
    }
  }

  private static Entrant entrant(
      String label,
      Judged judged,
      List<Found> found,
      String figure,
      List<String> words,
      List<String> frames,
      List<List<Long>> truth) {
    Entry entry = judged.found().entry();
    List<Timed> timed = new ArrayList<>();
    for (Found f : found) {
      if (f.timing().isPresent()
          && !f.entry().folder().isEmpty()
          && judged.evidence().isPresent()) {
        CellEvidence.roundsMs(f.study().out(), f.entry())
            .ifPresent(
                rounds ->
                    timed.add(
                        new Timed(f.study().occasion(), f.process(), f.timing().get(), rounds)));
      }
    }
    Map<String, Known> figures = new HashMap<>();
    words.forEach(word -> figures.put(word, known(word, entry, judged.evidence())));
    return new Entrant(
        label,
        identity(entry),
        new Quantity(figure).of(entry),
        judged.evidence().flatMap(e -> e.score(figure)),
        timed,
        figures,
        obstacle(entry, judged, frames, truth));
  }

  private static Known known(String word, Entry entry, Optional<CellEvidence> evidence) {
    if (word.equals(Budget.STORED)) {
      return exact(entry.model().storedBytes());
    }
    if (word.equals(Budget.ACTIVATIONS)) {
      return exact(entry.cost().map(Cost::activationBytes).orElse(OptionalLong.empty()));
    }
    if (word.equals(Budget.PEAK)) {
      return exact(evidence.map(CellEvidence::peakActivationBytes).orElse(OptionalLong.empty()));
    }
    return new Known(new Quantity(word).of(entry), evidence.flatMap(e -> drawable(word, e)));
  }

  private static Optional<DrawnScore> drawable(String word, CellEvidence evidence) {
    return evidence.score(word).filter(score -> score.clusters() > 1);
  }

  private static Known exact(OptionalLong value) {
    return new Known(
        value.isPresent() ? OptionalDouble.of(value.getAsLong()) : OptionalDouble.empty(),
        Optional.empty());
  }

  private static Optional<Obstacle> obstacle(
      Entry entry, Judged judged, List<String> frames, List<List<Long>> truth) {
    if (!entry.model().trained()) {
      return Optional.of(Obstacle.of(Obstacle.Kind.UNTRAINED));
    }
    if (judged.evidence().isEmpty()) {
      return Optional.of(
          Obstacle.of(isJudged(entry) ? Obstacle.Kind.NO_EVIDENCE : Obstacle.Kind.NO_ACCURACY));
    }
    if (!judged.frames().equals(frames)) {
      return Optional.of(
          new Obstacle(
              Obstacle.Kind.OTHER_FRAMES,
              Integer.toString(judged.frames().size()),
              Integer.toString(frames.size())));
    }
    return judged.truth().equals(truth)
        ? Optional.empty()
        : Optional.of(new Obstacle(Obstacle.Kind.OTHER_TRUTH, entry.protocol().mapping(), ""));
  }
}
