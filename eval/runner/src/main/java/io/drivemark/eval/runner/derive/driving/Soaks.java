package io.drivemark.eval.runner.derive.driving;

import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.runner.evidence.driving.SoakRuns;
import io.drivemark.eval.runner.record.driving.Soak;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.streaming.CameraClock;
import io.drivemark.eval.streaming.Feed;
import io.drivemark.eval.streaming.Pace;
import io.drivemark.eval.streaming.RunTimes;
import io.drivemark.eval.streaming.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds what happened at a camera's pace against what timed runs say would happen: the same camera,
 * policy and number of pictures. Stateless.
 */
public final class Soaks {
  /** The share of pictures on which both must agree for the simulation to be believed. */
  static final double AGREEMENT = 0.95;

  private static final double MS = 1e6;

  /** Percentiles at 0.99 of fewer peaks are not said. */
  private static final int LEAST_FOR_P99 = 100;

  private Soaks() {}

  /**
   * How a network is to run: at the pace of the first camera, by the first policy.
   *
   * @param rate pictures a second of the dataset
   * @param machine its fingerprint
   * @return empty where the study does not ask
   */
  public static Optional<SoakRuns.Setting> asked(double rate, DrivingSpec spec, String machine) {
    if (spec.soakSeconds().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SoakRuns.Setting(
            spec.cameras().isEmpty() ? rate : spec.cameras().get(0),
            spec.policies().get(0),
            Math.round(spec.captureMs() * MS),
            spec.served(),
            spec.soakSeconds().getAsDouble(),
            machine));
  }

  /**
   * What a cell's paced runs came to; empty where there are none as the study asks for them.
   *
   * @param machine that the timed runs were measured on; others' paced runs say nothing of them
   * @param samples the timed runs
   * @throws io.drivemark.problem.BadInputException if the file is damaged
   */
  static Optional<Soak> of(
      Path folder, double rate, DrivingSpec spec, String machine, LatencySamples samples) {
    Optional<SoakRuns.Setting> asked = asked(rate, spec, machine);
    if (asked.isEmpty() || !SoakRuns.isThere(folder)) {
      return Optional.empty();
    }
    SoakRuns runs = SoakRuns.read(folder);
    return runs.setting().equals(asked.get())
        ? Optional.of(of(runs, spec, samples))
        : Optional.empty();
  }

  /** The same of given runs. */
  static Soak of(SoakRuns runs, DrivingSpec spec, LatencySamples samples) {
    SoakRuns.Setting setting = runs.setting();
    CameraClock clock = setting.clock();
    Feed feed = Feed.of(clock, setting.pictures());
    long deadline =
        spec.deadlineMs().isPresent()
            ? Math.round(spec.deadlineMs().getAsDouble() * MS)
            : clock.periodNanos();
    List<Schedule> simulated = new ArrayList<>();
    for (int k = 0; k < Simulation.REPETITIONS; k++) {
      RunTimes times = RunTimes.of(samples, 1, k, Simulation.REPETITIONS);
      simulated.add(Schedule.of(feed, setting.policy(), times, setting.served()));
    }
    OptionalDouble same =
        Pace.same(
            clock, setting.pictures(), Math.round(spec.warmUp() * 1e9), runs.schedule(), simulated);
    return new Soak(
        setting.camera(),
        setting.policy().word(),
        setting.seconds(),
        setting.pictures(),
        pace(Pace.of(feed, runs.schedule(), deadline)),
        pace(Pace.sum(simulated.stream().map(s -> Pace.of(feed, s, deadline)).toList())),
        same,
        same.isPresent() && same.getAsDouble() >= AGREEMENT);
  }

  private static Soak.Pace pace(Pace of) {
    return new Soak.Pace(
        of.meanNanos() / MS,
        of.leftOut(),
        of.missed(),
        ms(of.ages().mean()),
        ms(of.ages().peak(0.5)),
        of.ages().peaks().size() < LEAST_FOR_P99
            ? OptionalDouble.empty()
            : ms(of.ages().peak(0.99)),
        ms(of.ages().largest()));
  }

  private static OptionalDouble ms(OptionalDouble nanos) {
    return nanos.isPresent() ? OptionalDouble.of(nanos.getAsDouble() / MS) : nanos;
  }
}
