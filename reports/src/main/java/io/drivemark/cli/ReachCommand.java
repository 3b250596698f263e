package io.drivemark.cli;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Models;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.reach.ReachRun;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.BadInputException;
import io.drivemark.reports.Reports;
import io.drivemark.reports.board.ReachRange;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times random variants of networks: what pruning can reach at all. */
@Command(
    name = "reach",
    mixinStandardHelpOptions = true,
    header = Summaries.REACH,
    description = {
      "Cuts a network at random, many times by filters and many times by layers, trains nothing, and"
          + " times each variant in turn with the network on this machine.",
      "Every variant is kept at once in DIR/reach: killed at any time, the same command goes on. The"
          + " report of a study in DIR shows the points."
    },
    footerHeading = "%nExample:%n",
    footer = "  drivemark reach --model dabnet-camvid --size 180x240 --variants 100 --out results")
final class ReachCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A shipped model's name, an ONNX file, or a model file (YAML). Repeatable.")
  private List<String> models;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where points go; best the folder of a study.")
  private Path out;

  @Option(
      names = "--variants",
      paramLabel = "N",
      defaultValue = "" + ReachRun.VARIANTS,
      description = "Of each kind (${DEFAULT-VALUE}).")
  private int variants;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "" + ReachRun.RUNS,
      description = "Timed runs in each of four turns (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = SizeConverter.class,
      description = "Height and width of the input; by default the model's own.")
  private Size size;

  @Option(
      names = "--engine",
      paramLabel = "E",
      defaultValue = "onnxruntime",
      description = "What runs them (${DEFAULT-VALUE}).")
  private String engine;

  @Option(names = "--threads", paramLabel = "N", description = "By default all processors.")
  private Integer threads;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides the variants (${DEFAULT-VALUE}).")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    atLeastOne("--variants", variants);
    atLeastOne("--runs", runs);
    OutputFile.requireFolder("--out", out);
    int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    atLeastOne("--threads", used);
    PrintWriter print = spec.commandLine().getOut();
    int exit = ExitCode.FINE;
    for (String reference : models) {
      Model model = Models.load(reference);
      ReachRun.Outcome outcome =
          ReachRun.run(
              model,
              sizeOf(model),
              Engines.named(engine),
              new EngineOptions(used),
              new ReachRun.Settings(variants, runs, seed),
              out,
              NanoClock.SYSTEM,
              TerminalProgress.to(spec.commandLine().getErr()));
      print.println(model.spec().name() + ":");
      ReachRange.sentences(outcome.reach()).forEach(print::println);
      outcome.issues().forEach(print::println);
      exit = outcome.issues().isEmpty() ? exit : ExitCode.FINDINGS;
    }
    if (Files.exists(out.resolve(RunStore.RESULTS))) {
      Path page = Reports.write(RunStore.read(out), out);
      print.println("Report: " + page.toAbsolutePath().normalize());
    } else {
      print.println("Run a study into " + out + " to see the points in its report.");
    }
    return exit;
  }

  private FrameSize sizeOf(Model model) {
    if (size != null) {
      return new FrameSize(size.height(), size.width());
    }
    return model
        .spec()
        .input()
        .size()
        .map(s -> new FrameSize(s.height(), s.width()))
        .orElseThrow(
            () ->
                new BadInputException(
                    "model "
                        + model.spec().name()
                        + " has no size of its own: give one with --size HxW"));
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new BadInputException(option + " is " + value + ", expected at least 1");
    }
  }
}
