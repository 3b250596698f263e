package io.drivemark.eval.runner.derive.driving;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.ScoreIntervals;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.derive.driving.Simulation.Answered;
import io.drivemark.eval.runner.derive.driving.Simulation.Worth;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.evidence.driving.Sightings;
import io.drivemark.eval.runner.record.driving.Driving.Age;
import io.drivemark.eval.runner.record.driving.Driving.Deadline;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.Driving.Sight;
import io.drivemark.eval.runner.record.driving.Driving.Within;
import io.drivemark.eval.runner.record.driving.RoadFault;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Proportion;
import io.drivemark.eval.streaming.Ages;
import io.drivemark.eval.streaming.CameraFault;
import io.drivemark.eval.streaming.Deadlines;
import io.drivemark.eval.streaming.FirstSight;
import io.drivemark.eval.streaming.Policy;
import io.drivemark.eval.streaming.Schedule;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What late answers of one network come to at a camera rate. For one thread. */
final class RoadJoin {
  private static final List<Long> WITHIN_MS = List.of(100L, 200L, 500L, 1000L);
  private static final double MS = 1e6;

  private final DelayEvidence evidence;
  private final LatencySamples samples;
  private final double halfBand;
  private final Protocol protocol;
  private final DrivingSpec spec;
  private final Simulation simulation;

  RoadJoin(
      DelayEvidence evidence,
      LatencySamples samples,
      double halfBand,
      Protocol protocol,
      DrivingSpec spec) {
    this.evidence = evidence;
    this.samples = samples;
    this.halfBand = halfBand;
    this.protocol = protocol;
    this.spec = spec;
    this.simulation = new Simulation(evidence, samples, spec);
  }

  /**
   * What was found.
   *
   * @param late what other networks can be held against; absent where there is no streaming mIoU,
   *     or latencies are multiplied by other than the study's first factor
   */
  record Joined(Road road, Optional<Late> late) {}

  Joined road(double camera, Policy policy, double hardware) {
    Answered drive = simulation.drive(camera, policy, hardware, Optional.empty());
    Worth worth = simulation.worth(drive);
    double growth = Schedule.queueGrowth(drive.clock(), drive.meanNanos(), spec.served());
    Optional<String> reason = reason(policy, growth, worth);
    OptionalDouble miou = reason.isPresent() ? OptionalDouble.empty() : miou(worth.late());
    Optional<Interval> interval = Optional.empty();
    boolean first = hardware == spec.hardware().get(0);
    List<RoadFault> faults = new ArrayList<>();
    if (first) {
      for (CameraFault fault : spec.faults()) {
        Answered failing = simulation.drive(camera, policy, hardware, Optional.of(fault));
        faults.add(fault(policy, fault, growth, failing, worth, miou));
      }
    }
    if (miou.isPresent() && first) {
      interval =
          Reliability.intervals(protocol, worth.late(), worth.attributes())
              .map(ScoreIntervals::miou)
              .flatMap(e -> e.expanded().or(e::percentile));
    }
    List<OptionalDouble> tie = tie(camera, policy, hardware, miou);
    Road road =
        new Road(
            camera,
            policy.word(),
            hardware,
            miou,
            end(interval.map(Interval::low)),
            end(interval.map(Interval::high)),
            tie.get(0),
            tie.get(1),
            worth.allOnTime() ? miou(worth.onTime()) : OptionalDouble.empty(),
            worth.queries(),
            worth.unanswered(),
            worth.tooOld(),
            reason,
            age(drive, worth),
            deadline(drive, hardware),
            growth,
            sight(drive, Sightings.VULNERABLE),
            sight(drive, Sightings.OTHER),
            List.of(),
            faults);
    return new Joined(
        road, miou.isPresent() && first ? Optional.of(Late.of(worth)) : Optional.empty());
  }

  private RoadFault fault(
      Policy policy,
      CameraFault fault,
      double growth,
      Answered failing,
      Worth whole,
      OptionalDouble wholeMiou) {
    Worth worth = simulation.worth(failing);
    Optional<String> reason = reason(policy, growth, worth);
    OptionalDouble miou = reason.isPresent() ? OptionalDouble.empty() : miou(worth.late());
    OptionalDouble peak = ages(failing).largest();
    return new RoadFault(
        fault.kind().word(),
        fault.share(),
        failing.pictures(),
        failing.failed(),
        miou,
        wholeMiou.isPresent() && miou.isPresent()
            ? RoadDifferences.span(
                protocol,
                wholeMiou.getAsDouble() - miou.getAsDouble(),
                whole.late(),
                worth.late(),
                whole.attributes())
            : Span.NONE,
        peak.isPresent() ? OptionalDouble.of(peak.getAsDouble() / MS) : peak,
        worth.unanswered(),
        worth.tooOld(),
        reason);
  }

  private Optional<String> reason(Policy policy, double growth, Worth worth) {
    if (policy == Policy.QUEUE && growth > 0) {
      return Optional.of("the queue grows without end");
    }
    if (worth.tooOld() > 0) {
      return Optional.of(
          worth.tooOld()
              + " of "
              + Counted.of(worth.queries(), "answer")
              + (worth.tooOld() == 1 ? " is" : " are")
              + " more than "
              + Counted.of(evidence.sheet().delays(), "picture")
              + " late, or of pictures that were not judged; say a larger driving: delays:");
    }
    return worth.late().isEmpty() ? Optional.of("nothing was asked") : Optional.empty();
  }

  private static OptionalDouble end(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }

  private OptionalDouble miou(List<ConfusionMatrix> counts) {
    return counts.isEmpty() ? OptionalDouble.empty() : protocol.evaluate(counts).miou().value();
  }

  /** The least and the most with latencies off by half the band. */
  private List<OptionalDouble> tie(
      double camera, Policy policy, double hardware, OptionalDouble miou) {
    double low = miou.orElse(Double.NaN);
    double high = low;
    for (double factor : new double[] {1 - halfBand, 1 + halfBand}) {
      if (miou.isPresent() && halfBand > 0 && halfBand < 1) {
        Worth other =
            simulation.worth(simulation.drive(camera, policy, hardware * factor, Optional.empty()));
        OptionalDouble value = other.tooOld() > 0 ? OptionalDouble.empty() : miou(other.late());
        low = Math.min(low, value.orElse(low));
        high = Math.max(high, value.orElse(high));
      }
    }
    return miou.isPresent()
        ? List.of(OptionalDouble.of(low), OptionalDouble.of(high))
        : List.of(OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static Ages ages(Answered drive) {
    return Ages.sum(drive.clips().stream().flatMap(List::stream).map(Ages::of).toList());
  }

  private static Optional<Age> age(Answered drive, Worth worth) {
    int answers =
        drive.clips().stream()
            .flatMap(List::stream)
            .mapToInt(schedule -> schedule.answers().size())
            .sum();
    Ages ages = ages(drive);
    if (ages.peaks().isEmpty() || ages.mean().isEmpty()) {
      return Optional.empty();
    }
    long answered = worth.queries() - worth.unanswered();
    return Optional.of(
        new Age(
            answers,
            answered == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(worth.ageNanos() / answered / MS),
            ages.mean().getAsDouble() / MS,
            ages.peak(0.5).orElseThrow() / MS,
            ages.peaks().size() < 100
                ? OptionalDouble.empty()
                : OptionalDouble.of(ages.peak(0.99).orElseThrow() / MS),
            ages.largest().orElseThrow() / MS));
  }

  private Deadline deadline(Answered drive, double hardware) {
    long nanos =
        spec.deadlineMs().isPresent()
            ? Math.round(spec.deadlineMs().getAsDouble() * MS)
            : drive.clock().periodNanos();
    Deadlines found = Deadlines.of(samples, hardware, nanos);
    Interval interval = found.interval();
    return new Deadline(
        nanos / MS,
        found.runs(),
        found.misses(),
        interval.low(),
        interval.high(),
        found.longest(),
        found.densest());
  }

  private Optional<Sight> sight(Answered drive, String group) {
    List<FirstSight> parts = new ArrayList<>();
    for (int c = 0; c < drive.clips().size(); c++) {
      for (Schedule schedule : drive.clips().get(c)) {
        parts.add(FirstSight.of(evidence.sightings().get(c).of(group), schedule, drive.clock()));
      }
    }
    FirstSight all = FirstSight.sum(parts);
    if (all.objects().isEmpty()) {
      return Optional.empty();
    }
    List<Within> within = new ArrayList<>();
    for (long ms : WITHIN_MS) {
      Proportion found = all.foundWithin(ms * 1_000_000);
      within.add(new Within(ms, found.successes(), found.trials()));
    }
    OptionalDouble median = all.medianNanos();
    OptionalDouble centimetres = all.medianCentimetres();
    return Optional.of(
        new Sight(
            all.found().trials(),
            all.found().successes(),
            within,
            median.isPresent() ? OptionalDouble.of(median.getAsDouble() / MS) : median,
            centimetres.isPresent()
                ? OptionalDouble.of(centimetres.getAsDouble() / 100)
                : centimetres));
  }
}
