package io.drivemark.eval.decide.road;

import io.drivemark.eval.decide.Standing;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which networks of a board answer best at each camera rate, policy and speed of the hardware, by
 * streaming mIoU. Networks whose values overlap, with latencies off by half the A-A band to either
 * side, are a tie, as are those that differ by at most {@link Standing#SAME_MIOU}. Immutable.
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

    /** Those that cannot be told from the best, without it. */
    public List<Place> ties() {
      return order.stream().skip(1).filter(Place::tie).toList();
    }

    /** Whether the network that is most accurate on time is among the best. */
    public boolean onTimeIsBest() {
      return onTime.isPresent()
          && order.stream()
              .filter(p -> p.tie() || p.equals(order.get(0)))
              .anyMatch(p -> p.entry() == onTime.get());
    }
  }

  /**
   * A network on a rung.
   *
   * @param entry its place among the entries
   * @param road what is recorded of it
   * @param tie whether it cannot be told from the best
   */
  public record Place(int entry, Road road, boolean tie) {}

  public RoadLadder {
    rungs = List.copyOf(rungs);
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
                                  .add(new Place(entry, road, false))));
    }
    List<Rung> rungs = new ArrayList<>();
    places.forEach((key, all) -> rungs.add(rung(key, all)));
    return new RoadLadder(rungs);
  }

  private static Rung rung(Key key, List<Place> all) {
    List<Place> sorted =
        all.stream()
            .filter(p -> p.road().miou().isPresent())
            .sorted(
                Comparator.comparingDouble((Place p) -> -p.road().miou().getAsDouble())
                    .thenComparingInt(Place::entry))
            .toList();
    List<Place> order = new ArrayList<>();
    for (Place place : sorted) {
      order.add(
          new Place(
              place.entry(),
              place.road(),
              !order.isEmpty() && isTie(place.road(), sorted.get(0).road())));
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
