package io.drivemark.eval.runner.derive.driving;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.evidence.driving.ClipSheet;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.RoadDifference;
import io.drivemark.eval.runner.record.driving.Soak;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.streaming.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What late answers of a study's networks are worth, from the counts and timed runs in their cells.
 * Stateless.
 */
public final class Drivings {
  /** Version of the rules; raised whenever the same evidence would give another number. */
  public static final int VERSION = 3;

  private Drivings() {}

  /**
   * The same entries; those with counts by delay have what comes of them.
   *
   * @param spec what is asked; empty = nothing
   * @param out the folder that their cells' folders are relative to
   * @throws io.drivemark.problem.BadInputException if evidence is damaged
   */
  public static List<Entry> added(List<Entry> entries, Optional<DrivingSpec> spec, Path out) {
    if (spec.isEmpty()) {
      return entries.stream().map(e -> e.withDriving(Optional.empty())).toList();
    }
    return RoadDifferences.added(entries.stream().map(e -> of(e, spec.get(), out)).toList());
  }

  private static Driven of(Entry entry, DrivingSpec spec, Path out) {
    Path folder = out.resolve(entry.folder());
    if (entry.folder().isEmpty() || entry.accuracy().isEmpty() || !DelayEvidence.isThere(folder)) {
      return Driven.not(entry);
    }
    LabelSpace space = Accuracies.space(entry.accuracy().get());
    DelayEvidence evidence = DelayEvidence.read(folder, space);
    Optional<TimedRuns> runs =
        entry.speed().map(speed -> TimedRuns.read(folder.resolve(Evidence.LATENCY)));
    List<RoadJoin.Joined> joined =
        joined(
            evidence,
            runs,
            entry.speed().flatMap(Speed::control).map(Drivings::halfBand).orElse(0.0),
            Protocols.named(entry.protocol().name()),
            spec);
    return new Driven(
        entry,
        Optional.of(
            driving(
                evidence,
                Protocols.named(entry.protocol().name()),
                spec,
                joined,
                runs.flatMap(
                    timed ->
                        Soaks.of(
                            folder,
                            evidence.sheet().rate(),
                            spec,
                            entry.speed().orElseThrow().environment(),
                            timed.endToEnd())))),
        joined.stream().map(RoadJoin.Joined::late).toList());
  }

  /**
   * Whether a record says what follows from its evidence, as far as it goes: those of the first
   * rules hold no network against another and know neither danger nor soak, those of the second do
   * not say over how many clusters, and some say one in the plural. What was said by later rules
   * than today's is taken as it stands.
   */
  public static boolean agree(Driving stored, Driving derived) {
    Driving told =
        stored.withRoads(
            stored.roads().stream().map(r -> r.withReasons(Drivings::oneIsOne)).toList());
    return switch (stored.version()) {
      case VERSION -> told.equals(derived);
      case 2 -> told.equals(second(derived));
      case 1 -> told.equals(first(derived));
      default -> true;
    };
  }

  /** What older programs said of one picture, and of one answer, in today's words. */
  private static String oneIsOne(String reason) {
    return reason
        .replace(" more than 1 pictures late", " more than 1 picture late")
        .replace(" of 1 answers ", " of 1 answer ")
        .replaceFirst("^1 of (\\d+ answers?) are ", "1 of $1 is ");
  }

  /** What the second rules would have said. */
  private static Driving second(Driving derived) {
    return older(
        2,
        derived,
        derived.curve(),
        road ->
            road.withDifferences(
                road.differences().stream().map(RoadDifference::withoutClusters).toList()),
        derived.soak());
  }

  /** What the first rules would have said. */
  private static Driving first(Driving derived) {
    return older(
        1,
        derived,
        derived.curve().stream()
            .map(d -> new Driving.Delay(d.pictures(), d.ms(), d.miou(), d.perfect()))
            .toList(),
        road -> road.withDifferences(List.of()),
        Optional.empty());
  }

  private static Driving older(
      int version,
      Driving derived,
      List<Driving.Delay> curve,
      UnaryOperator<Road> road,
      Optional<Soak> soak) {
    return new Driving(
        version,
        derived.rate(),
        derived.between(),
        derived.clips(),
        derived.warmUp(),
        derived.captureMs(),
        derived.served(),
        derived.speeds(),
        derived.actuation(),
        derived.brake(),
        curve,
        derived.roads().stream().map(road).toList(),
        soak);
  }

  /** By how much a mean latency may be off: the end of the band that is farther from 1. */
  private static double halfBand(Speed.Control control) {
    return Math.max(Math.abs(control.bandLow() - 1), Math.abs(control.bandHigh() - 1));
  }

  /**
   * Joins evidence and timed runs.
   *
   * @param runs of the network; absent, there is the curve alone
   * @param halfBand relative, by which latencies may be off
   */
  public static Driving of(
      DelayEvidence evidence,
      Optional<TimedRuns> runs,
      double halfBand,
      Protocol protocol,
      DrivingSpec spec) {
    return driving(
        evidence,
        protocol,
        spec,
        joined(evidence, runs, halfBand, protocol, spec),
        Optional.empty());
  }

  private static List<RoadJoin.Joined> joined(
      DelayEvidence evidence,
      Optional<TimedRuns> runs,
      double halfBand,
      Protocol protocol,
      DrivingSpec spec) {
    ClipSheet sheet = evidence.sheet();
    List<RoadJoin.Joined> roads = new ArrayList<>();
    if (runs.isPresent()) {
      RoadJoin join = new RoadJoin(evidence, runs.get().endToEnd(), halfBand, protocol, spec);
      List<Double> cameras = spec.cameras().isEmpty() ? List.of(sheet.rate()) : spec.cameras();
      for (double camera : cameras) {
        for (Policy policy : spec.policies()) {
          for (double hardware : spec.hardware()) {
            roads.add(join.road(camera, policy, hardware));
          }
        }
      }
    }
    return roads;
  }

  private static Driving driving(
      DelayEvidence evidence,
      Protocol protocol,
      DrivingSpec spec,
      List<RoadJoin.Joined> roads,
      Optional<Soak> soak) {
    ClipSheet sheet = evidence.sheet();
    return new Driving(
        VERSION,
        sheet.rate(),
        sheet.between(),
        sheet.clips().size(),
        spec.warmUp(),
        spec.captureMs(),
        spec.served(),
        spec.speeds(),
        spec.actuation(),
        spec.brake(),
        DelayCurve.of(evidence, protocol, spec.warmUp()),
        roads.stream().map(RoadJoin.Joined::road).toList(),
        soak);
  }
}
