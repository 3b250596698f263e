package io.drivemark.eval.decide.road;

import io.drivemark.eval.decide.Comparison;
import io.drivemark.eval.decide.Standing;
import io.drivemark.eval.decide.SwapReach;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.RoadDifference.Role;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.eval.statistics.AdjustedP;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Which networks of a board answer best at each camera rate, policy and speed of the hardware, by
 * streaming mIoU. Networks whose values overlap, with latencies off by half the A-A band to either
 * side, are a tie, as are those that differ by at most {@link Standing#SAME_MIOU}. Whether a
 * network is worse than the best on other drives too is said by the paired difference that its
 * record has, see {@link Verdict}. Immutable.
 *
 * @param rungs in the order in which the study asks
 */
public record RoadLadder(List<Rung> rungs) {

  /**
   * One camera rate.
   *
   * @param camera pictures a second
   * @param policy when a free worker begins with which picture
   * @param hardware by how much latencies were multiplied
   * @param order the networks with a streaming mIoU, best first; of equals the first in the study
   * @param without the networks that have none, in the study's order; their roads say why
   * @param onTime the place among the entries of the one that is most accurate on time, on the same
   *     truths; empty if none has that
   */
  public record Rung(
      double camera,
      String policy,
      double hardware,
      List<Place> order,
      List<Place> without,
      Optional<Integer> onTime) {
    public Rung {
      Objects.requireNonNull(policy, "policy");
      order = List.copyOf(order);
      without = List.copyOf(without);
      Objects.requireNonNull(onTime, "onTime");
    }

    /** Those whose order with the best latency alone can turn, without it. */
    public List<Place> ties() {
      return order.stream().skip(1).filter(Place::tie).toList();
    }

    /** Those that are no tie, but worse on the drives that were seen alone. */
    public List<Place> open() {
      return order.stream().skip(1).filter(p -> !p.tie() && p.is(Finding.OPEN)).toList();
    }

    /** Those that are no tie, and whose drives are too few for a test. */
    public List<Place> untested() {
      return order.stream().skip(1).filter(p -> !p.tie() && p.is(Finding.TOO_FEW)).toList();
    }

    /** Those that are worse beyond doubt. */
    public List<Place> worse() {
      return order.stream().skip(1).filter(p -> !p.tie() && p.is(Finding.WORSE)).toList();
    }

    /** Whether the network that is most accurate on time is among the best. */
    public boolean onTimeIsBest() {
      return onTime.isPresent()
          && order.stream()
              .filter(p -> p.tie() || p.equals(order.get(0)))
              .anyMatch(p -> p.entry() == onTime.get());
    }
  }

  /** Whether a network answers better or worse than another, beyond what drives were seen. */
  public enum Finding {
    /** Better, beyond doubt. */
    BETTER,
    /** Worse, beyond doubt. */
    WORSE,
    /** They cannot be told apart. */
    OPEN,
    /** No difference whatever could be claimed: too few clusters for the test. */
    TOO_FEW
  }

  /**
   * What may be claimed of a network and the one that it is held against.
   *
   * @param difference as recorded
   * @param adjustedP of their being equally good, Holm's over all networks of the rung that are
   *     held against others in the same role; absent where no test was made
   * @param finding claimed at most at a chance of {@link Comparison#LEVEL} of one false claim, and
   *     only where the difference's interval does not hold zero
   * @param tests how many were adjusted together
   */
  public record Verdict(
      RoadDifference difference, OptionalDouble adjustedP, Finding finding, int tests) {
    public Verdict {
      Objects.requireNonNull(difference, "difference");
      Objects.requireNonNull(adjustedP, "adjustedP");
      Objects.requireNonNull(finding, "finding");
    }
  }

  /**
   * A network on a rung.
   *
   * @param entry its place among the entries
   * @param road what is recorded of it
   * @param tie whether latency alone can turn its order with the best
   * @param best how it compares with the best; absent of the best itself, and where its record
   *     holds it against another one
   * @param parent how it compares with the network that it was made from
   */
  public record Place(
      int entry, Road road, boolean tie, Optional<Verdict> best, Optional<Verdict> parent) {
    public Place {
      Objects.requireNonNull(road, "road");
      Objects.requireNonNull(best, "best");
      Objects.requireNonNull(parent, "parent");
    }

    private Place(int entry, Road road) {
      this(entry, road, false, Optional.empty(), Optional.empty());
    }

    private boolean is(Finding finding) {
      return best.filter(v -> v.finding() == finding).isPresent();
    }
  }

  public RoadLadder {
    rungs = List.copyOf(rungs);
  }

  /** By how much latencies are multiplied, in the order in which the study asks. */
  public List<Double> factors() {
    return rungs.stream().map(Rung::hardware).distinct().toList();
  }

  /** The rungs with latencies multiplied so. */
  public List<Rung> at(double factor) {
    return rungs.stream().filter(rung -> rung.hardware() == factor).toList();
  }

  private record Key(double camera, String policy, double hardware) {}

  /** The ladder of entries that were judged by one yardstick. */
  public static RoadLadder of(List<Entry> entries) {
    Map<Key, List<Place>> places = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      int entry = i;
      entries
          .get(i)
          .driving()
          .ifPresent(
              driving ->
                  driving
                      .roads()
                      .forEach(
                          road ->
                              places
                                  .computeIfAbsent(
                                      new Key(road.camera(), road.policy(), road.hardware()),
                                      k -> new ArrayList<>())
                                  .add(new Place(entry, road))));
    }
    List<Rung> rungs = new ArrayList<>();
    places.forEach((key, all) -> rungs.add(rung(key, all, entries)));
    return new RoadLadder(rungs);
  }

  private static Rung rung(Key key, List<Place> all, List<Entry> entries) {
    List<Place> sorted =
        all.stream()
            .filter(p -> p.road().miou().isPresent())
            .sorted(
                Comparator.comparingDouble((Place p) -> -p.road().miou().getAsDouble())
                    .thenComparingInt(Place::entry))
            .toList();
    Optional<String> best = sorted.stream().findFirst().map(p -> entries.get(p.entry()).folder());
    Map<Integer, Verdict> againstBest =
        verdicts(sorted, Role.BEST, d -> best.equals(Optional.of(d.cell())));
    Map<Integer, Verdict> againstParents = verdicts(sorted, Role.PARENT, d -> true);
    List<Place> order = new ArrayList<>();
    for (Place place : sorted) {
      order.add(
          new Place(
              place.entry(),
              place.road(),
              !order.isEmpty() && isTie(place.road(), sorted.get(0).road()),
              Optional.ofNullable(againstBest.get(place.entry())),
              Optional.ofNullable(againstParents.get(place.entry()))));
    }
    Optional<Integer> onTime =
        all.stream()
            .filter(p -> p.road().onTime().isPresent())
            .min(
                Comparator.comparingDouble((Place p) -> -p.road().onTime().getAsDouble())
                    .thenComparingInt(Place::entry))
            .map(Place::entry);
    List<Place> without = all.stream().filter(p -> p.road().miou().isEmpty()).toList();
    return new Rung(key.camera(), key.policy(), key.hardware(), order, without, onTime);
  }

  /** By place among the entries, of those that are held against another one in a role. */
  private static Map<Integer, Verdict> verdicts(
      List<Place> places, Role role, Predicate<RoadDifference> counts) {
    List<Integer> held = new ArrayList<>();
    List<RoadDifference> differences = new ArrayList<>();
    for (Place place : places) {
      for (RoadDifference difference : place.road().differences()) {
        if (difference.role() == role && counts.test(difference)) {
          held.add(place.entry());
          differences.add(difference);
        }
      }
    }
    double[] adjusted =
        AdjustedP.holm(
            differences.stream()
                .map(RoadDifference::p)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray());
    Map<Integer, Verdict> out = new HashMap<>();
    int tested = 0;
    for (int i = 0; i < held.size(); i++) {
      RoadDifference difference = differences.get(i);
      OptionalDouble p =
          difference.p().isPresent()
              ? OptionalDouble.of(adjusted[tested++])
              : OptionalDouble.empty();
      out.put(
          held.get(i),
          new Verdict(difference, p, finding(difference, p, adjusted.length), adjusted.length));
    }
    return out;
  }

  private static Finding finding(RoadDifference difference, OptionalDouble p, int tests) {
    Span miou = difference.miou();
    if (SwapReach.isTooFew(difference.clusters(), p, tests)) {
      return Finding.TOO_FEW;
    }
    if (p.isEmpty() || p.getAsDouble() > Comparison.LEVEL) {
      return Finding.OPEN;
    }
    if (miou.low().isPresent() && miou.low().getAsDouble() > 0) {
      return Finding.BETTER;
    }
    return miou.high().isPresent() && miou.high().getAsDouble() < 0 ? Finding.WORSE : Finding.OPEN;
  }

  private static boolean isTie(Road road, Road best) {
    double high = orElse(road.tieHigh(), road.miou());
    double low = orElse(best.tieLow(), best.miou());
    return high >= low
        || best.miou().getAsDouble() - road.miou().getAsDouble() <= Standing.SAME_MIOU;
  }

  private static double orElse(OptionalDouble value, OptionalDouble other) {
    return value.isPresent() ? value.getAsDouble() : other.getAsDouble();
  }
}
