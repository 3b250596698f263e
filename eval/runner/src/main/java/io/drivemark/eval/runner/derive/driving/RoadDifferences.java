package io.drivemark.eval.runner.derive.driving;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.RoadDifference.Role;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How late answers of networks differ at each camera rate, policy and speed of the hardware: each
 * from the one that answers best there, a variant from its parent too. Held against each other are
 * networks that were judged on the same pictures of the same dataset by one protocol. For one
 * thread.
 */
final class RoadDifferences {
  private final List<Driven> all;

  private RoadDifferences(List<Driven> all) {
    this.all = all;
  }

  /** A network at a camera rate. */
  private record Rival(Entry entry, double miou, Late late) {}

  /** The entries with their late answers and these differences. */
  static List<Entry> added(List<Driven> all) {
    RoadDifferences differences = new RoadDifferences(all);
    return all.stream()
        .map(one -> one.entry().withDriving(one.driving().map(d -> differences.compared(one, d))))
        .toList();
  }

  private Driving compared(Driven one, Driving driving) {
    List<Road> roads = new ArrayList<>();
    for (int r = 0; r < driving.roads().size(); r++) {
      Road road = driving.roads().get(r);
      roads.add(
          one.late()
              .get(r)
              .map(late -> road.withDifferences(differences(one.entry(), road, late)))
              .orElse(road));
    }
    return driving.withRoads(roads);
  }

  private List<RoadDifference> differences(Entry entry, Road road, Late late) {
    List<Rival> rivals = new ArrayList<>();
    for (Driven other : all) {
      if (isAlike(entry, other.entry())) {
        rival(other, road, late).ifPresent(rivals::add);
      }
    }
    List<RoadDifference> out = new ArrayList<>();
    Rival best = rivals.get(0);
    for (Rival rival : rivals) {
      best = rival.miou() > best.miou() ? rival : best; // of equals the first in the study
    }
    if (best.entry() != entry) {
      difference(entry, road, late, best, Role.BEST).ifPresent(out::add);
    }
    rivals.stream()
        .filter(rival -> isParent(rival.entry(), entry))
        .findFirst()
        .flatMap(parent -> difference(entry, road, late, parent, Role.PARENT))
        .ifPresent(out::add);
    return out;
  }

  private static boolean isAlike(Entry a, Entry b) {
    return a.dataset().digest().equals(b.dataset().digest())
        && a.dataset().name().equals(b.dataset().name())
        && a.dataset().split().equals(b.dataset().split())
        && a.protocol().digest().equals(b.protocol().digest());
  }

  private static boolean isParent(Entry parent, Entry entry) {
    return entry.model().parent().equals(Optional.of(parent.model().name()))
        && parent.engine().equals(entry.engine())
        && parent.input().equals(entry.input());
  }

  /** Another network at the same camera rate; empty if it was not judged on the same pictures. */
  private static Optional<Rival> rival(Driven other, Road road, Late late) {
    List<Road> roads = other.driving().map(Driving::roads).orElse(List.of());
    for (int r = 0; r < roads.size(); r++) {
      Road there = roads.get(r);
      boolean same =
          there.camera() == road.camera()
              && there.policy().equals(road.policy())
              && there.hardware() == road.hardware();
      Optional<Late> found =
          other.late().get(r).filter(l -> same && l.pictures().equals(late.pictures()));
      if (found.isPresent()) {
        return Optional.of(new Rival(other.entry(), there.miou().orElseThrow(), found.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<RoadDifference> difference(
      Entry entry, Road road, Late late, Rival other, Role role) {
    Protocol protocol = Protocols.named(entry.protocol().name());
    try {
      return Optional.of(
          new RoadDifference(
              other.entry().model().name(),
              other.entry().folder(),
              role,
              span(
                  protocol,
                  road.miou().orElseThrow() - other.miou(),
                  late.counts(),
                  other.late().counts(),
                  late.attributes()),
              Reliability.swapP(protocol, late.counts(), other.late().counts(), late.attributes()),
              Optional.of(Reliability.clusters(late.attributes()).count())));
    } catch (BadInputException e) {
      return Optional.empty(); // their mappings leave different pixels out
    }
  }

  /**
   * A difference of mean IoUs with its interval.
   *
   * @param value first less second
   * @throws BadInputException if the truths differ
   */
  static Span span(
      Protocol protocol,
      double value,
      List<ConfusionMatrix> first,
      List<ConfusionMatrix> second,
      List<Map<String, String>> attributes) {
    Optional<Interval> interval =
        Reliability.difference(protocol, first, second, attributes)
            .map(d -> d.miou().estimate())
            .flatMap(Estimate::expanded);
    return new Span(
        OptionalDouble.of(value),
        interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty()),
        interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty()));
  }
}
