package io.drivemark.eval.runner.derive.driving;

import io.drivemark.datasets.Frame;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.ScoreIntervals;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.evidence.driving.Clip;
import io.drivemark.eval.runner.evidence.driving.ClipSheet;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.evidence.driving.Sightings;
import io.drivemark.eval.runner.record.driving.Driving.Age;
import io.drivemark.eval.runner.record.driving.Driving.Deadline;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.Driving.Sight;
import io.drivemark.eval.runner.record.driving.Driving.Within;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Proportion;
import io.drivemark.eval.streaming.Ages;
import io.drivemark.eval.streaming.CameraClock;
import io.drivemark.eval.streaming.Deadlines;
import io.drivemark.eval.streaming.Feed;
import io.drivemark.eval.streaming.FirstSight;
import io.drivemark.eval.streaming.Policy;
import io.drivemark.eval.streaming.RunTimes;
import io.drivemark.eval.streaming.Schedule;
import io.drivemark.eval.streaming.StreamingCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Drives one network through the clips at a camera rate, by its measured latencies. A repetition
 * goes through all clips, runs going on from clip to clip; each begins at another timed run. For
 * one thread.
 */
final class RoadJoin {
  /** How often the clips are driven through, from different timed runs on. */
  private static final int REPETITIONS = 8;

  private static final List<Long> WITHIN_MS = List.of(100L, 200L, 500L, 1000L);
  private static final double MS = 1e6;

  private final DelayEvidence evidence;
  private final LatencySamples samples;
  private final double halfBand;
  private final Protocol protocol;
  private final DrivingSpec spec;

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
  }

  /** What was answered: for each clip one schedule a repetition. */
  private record Drive(CameraClock clock, List<List<Schedule>> clips, long meanNanos) {}

  /** What it is worth. */
  private record Worth(
      List<ConfusionMatrix> late,
      List<ConfusionMatrix> onTime,
      List<Map<String, String>> attributes,
      boolean allOnTime,
      long queries,
      long unanswered,
      long tooOld,
      double ageNanos) {}

  Road road(double camera, Policy policy, double hardware) {
    Drive drive = drive(camera, policy, hardware);
    Worth worth = worth(drive);
    double growth = Schedule.queueGrowth(drive.clock(), drive.meanNanos(), spec.served());
    Optional<String> reason = reason(policy, growth, worth);
    OptionalDouble miou = reason.isPresent() ? OptionalDouble.empty() : miou(worth.late());
    Optional<Interval> interval = Optional.empty();
    if (miou.isPresent() && hardware == spec.hardware().get(0)) {
      interval =
          Reliability.intervals(protocol, worth.late(), worth.attributes())
              .map(ScoreIntervals::miou)
              .flatMap(e -> e.expanded().or(e::percentile));
    }
    List<OptionalDouble> tie = tie(camera, policy, hardware, miou);
    return new Road(
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
        sight(drive, Sightings.OTHER));
  }

  private Optional<String> reason(Policy policy, double growth, Worth worth) {
    if (policy == Policy.QUEUE && growth > 0) {
      return Optional.of("the queue grows without end");
    }
    if (worth.tooOld() > 0) {
      return Optional.of(
          worth.tooOld()
              + " of "
              + worth.queries()
              + " answers are more than "
              + evidence.sheet().delays()
              + " pictures late, or of pictures that were not judged; say a larger driving:"
              + " delays:");
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
        Worth other = worth(drive(camera, policy, hardware * factor));
        OptionalDouble value = other.tooOld() > 0 ? OptionalDouble.empty() : miou(other.late());
        low = Math.min(low, value.orElse(low));
        high = Math.max(high, value.orElse(high));
      }
    }
    return miou.isPresent()
        ? List.of(OptionalDouble.of(low), OptionalDouble.of(high))
        : List.of(OptionalDouble.empty(), OptionalDouble.empty());
  }

  private Drive drive(double camera, Policy policy, double hardware) {
    ClipSheet sheet = evidence.sheet();
    CameraClock clock = CameraClock.of(sheet.rate(), camera, Math.round(spec.captureMs() * MS));
    List<List<Schedule>> clips = new ArrayList<>();
    sheet.clips().forEach(clip -> clips.add(new ArrayList<>()));
    long mean = 0;
    for (int k = 0; k < REPETITIONS; k++) {
      RunTimes runs = RunTimes.of(samples, hardware, k, REPETITIONS);
      mean = runs.meanNanos();
      for (int c = 0; c < clips.size(); c++) {
        Feed feed = Feed.of(clock, sheet.clips().get(c).samples().size());
        clips.get(c).add(Schedule.of(feed, policy, runs, spec.served()));
      }
    }
    return new Drive(clock, clips, mean);
  }

  private Worth worth(Drive drive) {
    List<ConfusionMatrix> late = new ArrayList<>();
    List<ConfusionMatrix> onTime = new ArrayList<>();
    List<Map<String, String>> attributes = new ArrayList<>();
    boolean allOnTime = true;
    long queries = 0;
    long unanswered = 0;
    long tooOld = 0;
    double ages = 0;
    long warmUp = Math.round(spec.warmUp() * 1e9);
    for (int c = 0; c < drive.clips().size(); c++) {
      Clip clip = evidence.sheet().clips().get(c);
      StreamingCounts counts =
          StreamingCounts.of(
              evidence.network().get(c), drive.clock(), drive.clips().get(c), warmUp);
      for (StreamingCounts.Judged judged : counts.judged()) {
        late.add(judged.late());
        judged.onTime().ifPresent(onTime::add);
        allOnTime &= judged.onTime().isPresent();
        attributes.add(Map.of(Frame.SEQUENCE, clip.name()));
      }
      queries += counts.queries();
      unanswered += counts.unanswered();
      tooOld += counts.tooOld();
      ages += counts.ageNanos();
    }
    return new Worth(late, onTime, attributes, allOnTime, queries, unanswered, tooOld, ages);
  }

  private static Optional<Age> age(Drive drive, Worth worth) {
    List<Ages> parts = new ArrayList<>();
    int answers = 0;
    for (List<Schedule> clip : drive.clips()) {
      for (Schedule schedule : clip) {
        parts.add(Ages.of(schedule));
        answers += schedule.answers().size();
      }
    }
    Ages ages = Ages.sum(parts);
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

  private Deadline deadline(Drive drive, double hardware) {
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

  private Optional<Sight> sight(Drive drive, String group) {
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
