package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.LatencyScale;
import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.select.Entrant.Timed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The milliseconds that a selection speaks in. With one process they are those of {@link
 * LatencyScale}: of the rotation that most were timed in. With several in each of which everyone
 * was timed they are each process's own. Otherwise they are those of a typical process: the
 * reference takes the geometric mean of what it took in each. Immutable.
 */
final class TimeScale {
  private final LatencyScale scale;
  private final double typical; // on top of the scale's factor
  private final boolean everyone; // was timed in every process
  private final Map<Integer, Timing> bases; // by process: one of the rotation most belong to

  private TimeScale(
      LatencyScale scale, double typical, boolean everyone, Map<Integer, Timing> bases) {
    this.scale = scale;
    this.typical = typical;
    this.everyone = everyone;
    this.bases = bases;
  }

  static TimeScale of(List<Entrant> entrants) {
    List<Timing> all = new ArrayList<>();
    Map<Integer, List<Timing>> byProcess = new TreeMap<>();
    for (Entrant entrant : entrants) {
      for (Timed timed : entrant.timed()) {
        all.add(timed.timing());
        byProcess.computeIfAbsent(timed.process(), p -> new ArrayList<>()).add(timed.timing());
      }
    }
    LatencyScale scale = LatencyScale.of(all);
    Map<Integer, Timing> bases = new LinkedHashMap<>();
    double logs = 0;
    int references = 0;
    for (Map.Entry<Integer, List<Timing>> process : byProcess.entrySet()) {
      List<Timing> on =
          process.getValue().stream().filter(t -> scale.factor(t).isPresent()).toList();
      if (on.isEmpty()) {
        continue;
      }
      Timing base = LatencyScale.of(on).base().orElseThrow();
      bases.put(process.getKey(), base);
      if (base.rotation().isPresent()) {
        logs += Math.log(base.rotation().get().referenceMs());
        references++;
      }
    }
    Optional<Timing.Rotation> here = scale.base().flatMap(Timing::rotation);
    double typical =
        here.isEmpty() || bases.size() == 1
            ? 1
            : Math.exp(logs / references) / here.get().referenceMs();
    long coverages =
        entrants.stream()
            .map(
                e ->
                    e.timed().stream()
                        .filter(t -> scale.factor(t.timing()).isPresent())
                        .map(Timed::process)
                        .collect(Collectors.toSet()))
            .filter(processes -> !processes.isEmpty())
            .distinct()
            .count();
    return new TimeScale(scale, typical, coverages == 1, bases);
  }

  /** What a process's milliseconds are to be multiplied by; empty if they stand on no scale. */
  OptionalDouble factor(Timed timed) {
    OptionalDouble factor = scale.factor(timed.timing());
    if (factor.isEmpty()) {
      return factor;
    }
    return OptionalDouble.of(everyone ? inProcess(timed) : typical * factor.getAsDouble());
  }

  /** The factor between the rotation and the one that most were timed in, in the same process. */
  double inProcess(Timed timed) {
    return scale.factor(timed.timing()).getAsDouble()
        / scale.factor(bases.get(timed.process())).getAsDouble();
  }

  /**
   * The standard deviation of the logarithm of that factor: half the bands of both rotations, as of
   * a normal value of which they are the middle 95 %; 0 for the rotation itself.
   */
  double spread(Timed timed) {
    Timing base = bases.get(timed.process());
    return base.inTurnWith(timed.timing())
        ? 0
        : Math.hypot(timed.timing().band().orElse(0), base.band().orElse(0)) / 2;
  }

  /** Whose machine it is; empty where nothing was timed. */
  Optional<Timing> base() {
    return scale.base();
  }
}
