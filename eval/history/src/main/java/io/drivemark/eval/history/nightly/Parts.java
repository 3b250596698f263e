package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.problem.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a night takes from the world. Immutable.
 *
 * @param now the time of day
 * @param sleep lets time pass
 * @param sources datasets, models, engines and the clock that times latencies
 * @param machine what the machine is doing
 * @param ruler times fixed work
 * @param children starts fresh processes
 * @param histories opens what is remembered
 * @param views writes a verdict's file and its views into the night's folder
 * @param messenger runs a command with the verdict's file on its standard input
 * @param progress told what is going on
 */
public record Parts(
    Supplier<Instant> now,
    Consumer<Duration> sleep,
    Sources sources,
    MachineState machine,
    Supplier<RulerTimes> ruler,
    Children children,
    History.Opener histories,
    Views views,
    Messenger messenger,
    Progress progress) {

  /** Writes a verdict. */
  @FunctionalInterface
  public interface Views {
    /** Writes {@code verdict.json} last, after the views that are asked for. */
    void write(NightFolder night, Verdict verdict, List<NightPlan.Format> formats);
  }

  /** Tells somebody. */
  @FunctionalInterface
  public interface Messenger {
    /**
     * Runs a command.
     *
     * @return what went wrong, in words; empty text if nothing
     */
    String tell(NightPlan.Notice notice, NightFolder night);
  }

  public Parts {
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(sleep, "sleep");
    Objects.requireNonNull(sources, "sources");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(ruler, "ruler");
    Objects.requireNonNull(children, "children");
    Objects.requireNonNull(histories, "histories");
    Objects.requireNonNull(views, "views");
    Objects.requireNonNull(messenger, "messenger");
    Objects.requireNonNull(progress, "progress");
  }
}
