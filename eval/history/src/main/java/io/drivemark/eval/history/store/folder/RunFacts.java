package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.runner.record.ModelFacts;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one process measured, as a store keeps it. Immutable.
 *
 * @param uid tells it from every other run; the same folder gives the same one as long as nothing
 *     is measured anew in it
 * @param kind what it was made for
 * @param number of a fork or a confirmation, from 1; 0 for others
 * @param order rises from run to run: milliseconds since 1970 when it started; of a night as its
 *     record says, which heeds that clocks jump back
 * @param started when it began
 * @param finished when it ended
 * @param study the resolved study as YAML text
 * @param machine the hardware
 * @param conditions what may explain a change, by name
 * @param folder where its files lie
 * @param exitCode what the command ended with
 * @param unquiet why the machine was not fit for timing; empty if it was
 * @param rotations cells that were timed in turn, by name
 * @param cells what was measured, by series
 * @param rulers fixed work that was timed, by kind
 */
public record RunFacts(
    String uid,
    Kind kind,
    int number,
    long order,
    Instant started,
    Instant finished,
    String study,
    MachineKey machine,
    Map<String, String> conditions,
    String folder,
    int exitCode,
    Optional<String> unquiet,
    List<RotationFacts> rotations,
    List<CellFacts> cells,
    List<RulerFacts> rulers) {
  /** What a run was made for. */
  public enum Kind {
    /** A study that a person ran. */
    RUN("run"),
    /** One of the nights. */
    NIGHT("night"),
    /** A further process of a night. */
    FORK("fork"),
    /** A process that timed again what was found; it never enters a baseline. */
    CONFIRM("confirm");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As databases have it. */
    public String word() {
      return word;
    }
  }

  /**
   * Cells that were timed in turn.
   *
   * @param name tells it from the run's others
   * @param band half the A-A band relative to the latency; empty without a control
   * @param sessions how many were open together
   * @param members those that are no cells of their own in it: the reference of another rotation,
   *     the control
   */
  public record RotationFacts(
      String name, OptionalDouble band, int sessions, List<MemberFacts> members) {
    public RotationFacts {
      members = List.copyOf(members);
    }
  }

  /**
   * A member of a rotation beside its cells.
   *
   * @param role {@code reference} or {@code control}
   * @param metric which latency
   * @param log its natural logarithm, of milliseconds
   */
  public record MemberFacts(String role, String metric, double log) {}

  /**
   * One model on one split, as this run measured it.
   *
   * @param series what it belongs to
   * @param cellKey digest of all that its accuracy depends on; empty where nothing was measured
   * @param model what is known of the model
   * @param data digest of the split's content
   * @param frames how many were judged
   * @param engineVersion what the engine says; empty where it could not be started
   * @param canary digest of the answers on one fixed frame, where records have it
   * @param prints digest of all answers, where records have it
   * @param fragile pixels that rounding could change, where records have it
   * @param evidence digest of the digests of all files of counts and timed runs
   * @param rotation name of the rotation it was timed in; empty if it was not timed
   * @param complete whether all that was asked for is there
   * @param issues what is missing, in words
   * @param folder of the cell, relative to the run's
   * @param figures what was found, each metric and class once
   * @param timings what the judge takes of latencies, each metric once
   */
  public record CellFacts(
      SeriesKey series,
      Optional<String> cellKey,
      ModelFacts model,
      String data,
      int frames,
      Optional<String> engineVersion,
      Optional<String> canary,
      Optional<String> prints,
      OptionalLong fragile,
      Optional<String> evidence,
      Optional<String> rotation,
      boolean complete,
      List<String> issues,
      String folder,
      List<FigureFacts> figures,
      List<TimingFacts> timings) {
    public CellFacts {
      issues = List.copyOf(issues);
      figures = List.copyOf(figures);
      timings = List.copyOf(timings);
    }
  }

  /**
   * A figure.
   *
   * @param metric its id, for example {@code miou}
   * @param ofClass the class it is of; empty text for a figure of all
   * @param value empty where undefined
   * @param low end of its 95 % interval, where it has one
   * @param high end of it
   */
  public record FigureFacts(
      String metric,
      String ofClass,
      OptionalDouble value,
      OptionalDouble low,
      OptionalDouble high) {}

  /**
   * A latency as the judge takes it.
   *
   * @param metric its id, for example {@code latencyMs}
   * @param log the natural logarithm of milliseconds
   */
  public record TimingFacts(String metric, double log) {}

  /**
   * Fixed work that was timed.
   *
   * @param kind {@code java}, or the engine that ran fixed bytes, with the work's version
   * @param log the natural logarithm of its median in milliseconds
   */
  public record RulerFacts(String kind, double log) {}

  public RunFacts {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(machine, "machine");
    conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
    rotations = List.copyOf(rotations);
    cells = List.copyOf(cells);
    rulers = List.copyOf(rulers);
    Set<SeriesKey> seen = new HashSet<>();
    for (CellFacts cell : cells) {
      if (!seen.add(cell.series())) {
        throw new IllegalArgumentException(folder + ": two cells of " + cell.series().label());
      }
    }
  }

  /** The same with what is kept of a night besides. */
  RunFacts ofNight(long place, Optional<String> why, List<RulerFacts> timed) {
    return new RunFacts(
        uid,
        kind,
        number,
        place,
        started,
        finished,
        study,
        machine,
        conditions,
        folder,
        exitCode,
        why,
        rotations,
        cells,
        timed);
  }
}
