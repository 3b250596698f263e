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
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.streaming.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What late answers of a study's networks are worth, from the counts and timed runs in their cells.
 * Stateless.
 */
public final class Drivings {
  /** Version of the rules; raised whenever the same evidence would give another number. */
  public static final int VERSION = 1;

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
    return entries.stream().map(e -> e.withDriving(of(e, spec.get(), out))).toList();
  }

  private static Optional<Driving> of(Entry entry, DrivingSpec spec, Path out) {
    Path folder = out.resolve(entry.folder());
    if (entry.folder().isEmpty() || entry.accuracy().isEmpty() || !DelayEvidence.isThere(folder)) {
      return Optional.empty();
    }
    LabelSpace space = Accuracies.space(entry.accuracy().get());
    DelayEvidence evidence = DelayEvidence.read(folder, space);
    Optional<TimedRuns> runs =
        entry.speed().map(speed -> TimedRuns.read(folder.resolve(Evidence.LATENCY)));
    return Optional.of(
        of(
            evidence,
            runs,
            entry.speed().flatMap(Speed::control).map(Drivings::halfBand).orElse(0.0),
            Protocols.named(entry.protocol().name()),
            spec));
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
    ClipSheet sheet = evidence.sheet();
    List<Driving.Road> roads = new ArrayList<>();
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
        roads);
  }
}
