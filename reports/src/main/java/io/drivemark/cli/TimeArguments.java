package io.drivemark.cli;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.eval.decide.OperatorShares;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.Speed.OperatorTime;
import io.drivemark.eval.runner.timing.OperatorStage;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import io.drivemark.reports.board.OperatorAdvice;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say whether and on what the operators of a network are timed. */
final class TimeArguments {
  private static final int TOLD = 15;

  @Option(
      names = "--time",
      description =
          "Also which operators take the time on the engine: it is run, a few dozen times, and"
              + " watches itself.")
  private boolean time;

  @Option(
      names = "--engine",
      paramLabel = "E",
      defaultValue = "onnxruntime",
      description = "What runs it for --time (${DEFAULT-VALUE}).")
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads for --time; by default all processors.")
  private Integer threads;

  /**
   * The times, if they were asked for.
   *
   * @throws UnavailableException if the engine cannot run here or does not tell
   */
  Optional<List<OperatorTime>> measure(Model model, Size size) {
    if (!time) {
      return Optional.empty();
    }
    if (threads != null && threads < 1) {
      throw new BadInputException("--threads is " + threads + ", expected at least 1");
    }
    Engine chosen = Engines.named(engine);
    if (chosen.probe() instanceof Availability.Missing missing) {
      throw new UnavailableException(
          "engine " + engine + " cannot run here: " + missing.reason() + "; " + missing.remedy());
    }
    int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return Optional.of(
        OperatorStage.measure(
            model, new FrameSize(size.height(), size.width()), chosen, new EngineOptions(used)));
  }

  /** Prints where the time goes: kinds, the largest operators, what to do about them. */
  static void print(PrintWriter out, String model, List<OperatorTime> times) {
    OperatorShares shares = OperatorShares.of(model, times).orElseThrow();
    out.println();
    out.println("kind\tms\ttime\tmacs");
    shares.kinds().forEach(s -> out.println(line(s.name(), s)));
    out.println();
    out.println("operator\tkind\tms\ttime\tmacs");
    shares.operators().stream()
        .limit(TOLD)
        .forEach(s -> out.println(line(s.name() + "\t" + s.kind(), s)));
    OperatorAdvice.avoidable(shares).forEach(out::println);
  }

  private static String line(String name, OperatorShares.Share share) {
    return String.format(
        Locale.ROOT,
        "%s\t%.3f\t%.1f %%\t%.1f %%",
        name,
        share.ms(),
        100 * share.time(),
        100 * share.macs());
  }
}
