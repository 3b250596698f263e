package io.drivemark.eval.history.compare;

import io.drivemark.eval.history.compare.Comparison.Shared;
import io.drivemark.eval.history.compare.Pairing.Pair;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares latencies as ratios of ratios: of each cell B's mean over A's, over what all timed cells
 * have in common, their median. So the state that the machine was in goes out, and with it whatever
 * made all networks slower alike, which is said apart. Two cells are held against the one that is
 * their rotations' reference, a single one against nothing. Of two machines nothing is compared. Of
 * a night with forks each mean and each band is the median over its processes.
 *
 * <p>A ratio of ratios counts only beyond what is allowed and beyond a band: the A-A bands of both
 * results, and three times the spread of the cells' own ratios (1.4826 times the median of their
 * distances from their median), which holds what two processes of one program differ by; of fewer
 * than five cells that cannot be told, 3 % are taken. For one use.
 */
final class LatencyComparer {
  private static final int FOR_MEDIAN = 3;
  private static final int FOR_SPREAD = 5;
  private static final double PROCESSES = Math.log(1.03);
  private static final double SPREADS = 3 * 1.4826;

  private final Read a;
  private final Read b;
  private final double allowed;
  private final SideTimes timesA;
  private final SideTimes timesB;

  LatencyComparer(Read a, Read b, Allowance allowance) {
    this.a = a;
    this.b = b;
    this.allowed = Math.log1p(allowance.latency());
    this.timesA = new SideTimes(a);
    this.timesB = new SideTimes(b);
  }

  /** What all cells have in common, and each cell's change, in the order of the pairs. */
  record Result(Shared shared, List<LatencyChange> changes) {}

  Result compare(List<Pair> pairs) {
    List<LatencyChange> plain = pairs.stream().map(this::plain).toList();
    double[] ratios =
        plain.stream()
            .filter(LatencyChange::compared)
            .mapToDouble(c -> c.ratio().getAsDouble())
            .toArray();
    OptionalDouble common = common(pairs, plain, ratios);
    List<LatencyChange> out = new ArrayList<>();
    double widest = 0;
    for (int i = 0; i < plain.size(); i++) {
      LatencyChange change = plain.get(i);
      if (change.compared()) {
        LatencyChange judged = judged(pairs.get(i), change, common, ratios);
        widest = Math.max(widest, judged.band().orElse(0));
        out.add(judged);
      } else {
        out.add(change);
      }
    }
    boolean median = ratios.length >= FOR_MEDIAN;
    boolean notable = median && Math.abs(common.getAsDouble()) > allowed + widest;
    return new Result(
        new Shared(ratios.length, median ? common : OptionalDouble.empty(), notable), out);
  }

  private LatencyChange plain(Pair pair) {
    Optional<Speed> speedA = pair.a().speed();
    Optional<Speed> speedB = pair.b().speed();
    if (speedA.isEmpty() || speedB.isEmpty()) {
      String why;
      if (speedA.isEmpty() && speedB.isEmpty()) {
        why = "timed in neither";
      } else {
        why = speedA.isEmpty() ? "not timed in A" : "not timed in B";
      }
      return refused(pair, why);
    }
    OptionalDouble meanA = timesA.mean(pair.series());
    OptionalDouble meanB = timesB.mean(pair.series());
    Optional<String> machines = otherMachine(speedA.get(), speedB.get());
    if (machines.isPresent()) {
      return refused(pair, machines.get());
    }
    if (meanA.isEmpty() || meanB.isEmpty()) {
      return refused(
          pair,
          "timed in a rotation that has no reference in common with the others of "
              + (meanA.isEmpty() ? "A" : "B"));
    }
    OptionalDouble ratio =
        OptionalDouble.of(Math.log(meanB.getAsDouble()) - Math.log(meanA.getAsDouble()));
    OptionalDouble none = OptionalDouble.empty();
    return new LatencyChange(
        "", meanA, meanB, processes(pair), ratio, none, none, Direction.UNKNOWN);
  }

  private LatencyChange refused(Pair pair, String why) {
    return LatencyChange.refused(
        why, timesA.mean(pair.series()), timesB.mean(pair.series()), processes(pair));
  }

  private LatencyChange.Processes processes(Pair pair) {
    return new LatencyChange.Processes(
        timesA.processes(pair.series()), timesB.processes(pair.series()));
  }

  /** The machine's key is known of a result as a whole; a speed names the machine by a digest. */
  private Optional<String> otherMachine(Speed speedA, Speed speedB) {
    if (speedA.environment().equals(speedB.environment())) {
      return Optional.empty();
    }
    boolean ofResults =
        speedA.environment().equals(a.side().environment().fingerprint())
            && speedB.environment().equals(b.side().environment().fingerprint());
    if (ofResults && a.side().machine().equals(b.side().machine())) {
      return Optional.empty();
    }
    return Optional.of(
        ofResults
            ? "another machine: "
                + a.side().machine().label()
                + " in A, "
                + b.side().machine().label()
                + " in B"
            : "another machine: "
                + speedA.environment()
                + " in A, "
                + speedB.environment()
                + " in B");
  }

  private static OptionalDouble common(
      List<Pair> pairs, List<LatencyChange> plain, double[] ratios) {
    if (ratios.length >= FOR_MEDIAN) {
      return OptionalDouble.of(SideTimes.median(ratios));
    }
    if (ratios.length == 2) {
      for (int i = 0; i < plain.size(); i++) {
        if (plain.get(i).compared()
            && isReference(pairs.get(i).a())
            && isReference(pairs.get(i).b())) {
          return plain.get(i).ratio();
        }
      }
    }
    return OptionalDouble.empty();
  }

  /** Whether its mean is that of its rotation's reference. */
  private static boolean isReference(Entry entry) {
    Speed speed = entry.speed().orElseThrow();
    return speed.rotation().filter(r -> r.referenceMs() == speed.endToEnd().mean()).isPresent();
  }

  private LatencyChange judged(
      Pair pair, LatencyChange plain, OptionalDouble common, double[] ratios) {
    boolean sameRuns = timesA.runs(pair.series()).equals(timesB.runs(pair.series()));
    OptionalDouble bandA = timesA.band(pair.series());
    OptionalDouble bandB = timesB.band(pair.series());
    OptionalDouble band =
        bandA.isPresent() && bandB.isPresent()
            ? OptionalDouble.of(Math.max(bandA.getAsDouble() + bandB.getAsDouble(), spread(ratios)))
            : OptionalDouble.empty();
    OptionalDouble ofShared = OptionalDouble.empty();
    Direction said = Direction.UNKNOWN;
    if (common.isPresent()) {
      double off = plain.ratio().getAsDouble() - common.getAsDouble();
      ofShared = OptionalDouble.of(off);
      if (band.isPresent()) {
        said = direction(off, band.getAsDouble());
      }
    }
    if (sameRuns) {
      said = Direction.SAME; // the same measurement, not a second one
    }
    return new LatencyChange(
        "", plain.meanA(), plain.meanB(), plain.processes(), plain.ratio(), ofShared, band, said);
  }

  private Direction direction(double off, double band) {
    if (Math.abs(off) + band <= allowed) {
      return Direction.SAME;
    }
    Direction said = Direction.of(-off, allowed + band);
    return said == Direction.SAME ? Direction.UNKNOWN : said;
  }

  private static double spread(double[] ratios) {
    if (ratios.length < FOR_SPREAD) {
      return PROCESSES;
    }
    double middle = SideTimes.median(ratios);
    return SPREADS
        * SideTimes.median(Arrays.stream(ratios).map(r -> Math.abs(r - middle)).toArray());
  }
}
