package io.drivemark.eval.gauge;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/**
 * Gauges at work on the frames of one split, and what they have counted so far. Frames come in any
 * order, from any thread, each once.
 */
public final class GaugePass {
  private final Subject subject;
  private final Map<String, Active> active = new LinkedHashMap<>();

  /** By frame, then by the gauge's place: the same whichever thread came first. */
  private final Map<Integer, Map<Integer, List<String>>> problems = new ConcurrentHashMap<>();

  /**
   * A gauge and what it has counted, by frame.
   *
   * @param place among the gauges that apply
   */
  private record Active(
      int place, Gauge gauge, Counter counter, Columns columns, Map<Integer, Counts> counts) {}

  /**
   * Prepares those gauges that apply.
   *
   * @throws io.drivemark.problem.BadInputException if one was asked for and can never apply
   */
  public GaugePass(List<Gauge> gauges, Subject subject) {
    this.subject = subject;
    for (Gauge gauge : gauges) {
      gauge
          .counter(subject)
          .ifPresent(
              counter ->
                  active.put(
                      gauge.name(),
                      new Active(
                          active.size(),
                          gauge,
                          counter,
                          gauge.columns(subject.dataset().labels()),
                          new ConcurrentHashMap<>())));
    }
  }

  /** The gauges that apply, in their order. */
  public List<Gauge> gauges() {
    return active.values().stream().map(Active::gauge).toList();
  }

  /**
   * Counts a frame by every gauge.
   *
   * @throws io.drivemark.problem.BadInputException if what a gauge needs of the frame is damaged
   * @throws IllegalStateException if a gauge fails; the message names it and the frame
   */
  public void count(JudgedFrame frame) {
    for (Active a : active.values()) {
      try {
        a.counter().count(frame, new Taken(a));
      } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
        throw new IllegalStateException(
            "gauge " + a.gauge().name() + " failed on frame " + frame.id() + ": " + e.getMessage(),
            e);
      }
    }
  }

  /** Takes what one gauge counts. */
  private final class Taken implements Counter.Sink {
    private final Active of;

    Taken(Active of) {
      this.of = of;
    }

    @Override
    public void add(int index, Counts counts) {
      if (!counts.columns().equals(of.columns())) {
        throw new IllegalStateException(
            "it counted " + counts.columns() + ", its columns are " + of.columns());
      }
      of.counts().merge(index, counts, (x, y) -> Counts.sum(of.columns(), List.of(x, y)));
    }

    @Override
    public void problem(int index, String message) {
      note(index, of.place(), message);
    }
  }

  private void note(int frame, int place, String message) {
    problems
        .computeIfAbsent(frame, i -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(place, p -> Collections.synchronizedList(new ArrayList<>()))
        .add(message);
  }

  /** Why frames cannot be judged by a gauge, in the split's order. */
  public List<String> problems() {
    return new TreeMap<>(problems).keySet().stream().flatMap(i -> problems(i).stream()).toList();
  }

  /** Why one frame cannot be judged by a gauge, in the gauges' order. */
  public List<String> problems(int frame) {
    return problems.getOrDefault(frame, Map.of()).values().stream().flatMap(List::stream).toList();
  }

  /** What was counted on one frame, by gauge; those that added nothing are missing. */
  public Map<String, Counts> counts(int frame) {
    Map<String, Counts> out = new LinkedHashMap<>();
    active.forEach(
        (name, a) -> {
          Counts counts = a.counts().get(frame);
          if (counts != null) {
            out.put(name, counts);
          }
        });
    return out;
  }

  /**
   * Takes what another pass over the same split counted on a frame that this one has not counted.
   *
   * @param counts as {@link #counts(int)} gives them
   * @param messages as {@link #problems(int)} gives them
   * @throws IllegalArgumentException if a gauge does not apply here, counts otherwise, or has
   *     counted this frame
   */
  public void take(int frame, Map<String, Counts> counts, List<String> messages) {
    counts.forEach(
        (name, found) -> {
          Active a = active.get(name);
          if (a == null || !found.columns().equals(a.columns())) {
            throw new IllegalArgumentException(
                "gauge " + name + (a == null ? " does not apply here" : " has other columns"));
          }
          if (a.counts().putIfAbsent(frame, found) != null) {
            throw new IllegalArgumentException(
                "gauge " + name + " has counted frame " + frame + " before");
          }
        });
    messages.forEach(message -> note(frame, 0, message));
  }

  /** What a gauge counted on a frame; empty if it does not apply or added nothing. */
  public Optional<Counts> counts(String gauge, int frame) {
    return Optional.ofNullable(active.get(gauge)).map(a -> a.counts().get(frame));
  }

  /** Those gauges that have counted every one of these frames, or count nothing of their own. */
  public List<Gauge> whole(List<Integer> frames) {
    return active.values().stream()
        .filter(a -> a.columns().isEmpty() || a.counts().keySet().containsAll(frames))
        .map(Active::gauge)
        .toList();
  }

  /**
   * What a gauge counted on these frames.
   *
   * @param gauge one of {@link #whole}
   * @param frames positions in the split
   * @param confusion the confusion counts of the same frames
   */
  public Pool pool(
      Gauge gauge, Protocol protocol, List<Integer> frames, List<ConfusionMatrix> confusion) {
    Active a = active.get(gauge.name());
    List<Counts> counts =
        a.columns().isEmpty()
            ? List.of()
            : frames.stream().map(frame -> a.counts().get(frame)).toList();
    return new Pool(
        subject.dataset().labels(), protocol, a.counter().settings(), confusion, counts);
  }

  /** The frames that were counted by any gauge, in the split's order. */
  public List<Integer> frames() {
    return IntStream.range(0, subject.dataset().ids().size())
        .filter(i -> active.values().stream().anyMatch(a -> a.counts().containsKey(i)))
        .boxed()
        .toList();
  }
}
