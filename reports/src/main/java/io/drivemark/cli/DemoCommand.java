package io.drivemark.cli;

import io.drivemark.architectures.model.Models;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.UnavailableException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A first report without any data: the shipped networks on generated driving scenes. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "A first report without any data, in about two minutes.%n",
    showDefaultValues = true,
    description =
        "Draws driving scenes, runs the shipped networks that know them on two engines, and writes"
            + " the report."
            + " Takes about two minutes on two cores and needs no data and no network connection.",
    footerHeading = "%nExample:%n",
    footer = "  drivemark demo --out demo && open demo/report.html")
final class DemoCommand implements Callable<Integer> {
  private static final String DATASET = "synthdrive";
  private static final Map<String, String> FRAMES =
      Map.of("count", "40", "seed", "2026", "size", "240x320");
  private static final List<EngineSpec> ENGINES =
      List.of(
          new EngineSpec("onnxruntime", OptionalInt.empty()),
          new EngineSpec("pytorch", OptionalInt.empty()));
  private static final int RUNS = 28;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "drivemark-demo",
      description = "Where the report goes.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputFile.requireFolder("--out", out);
    PrintWriter err = spec.commandLine().getErr();
    return StudyOutput.finish(
        Runner.run(study(), out, TerminalProgress.to(err)), out, spec.commandLine().getOut(), err);
  }

  /** The demo as a study. */
  static Study study() {
    List<String> models = Models.names().stream().filter(DemoCommand::knowsScenes).toList();
    if (models.isEmpty()) {
      throw new UnavailableException(
          "this build ships no network trained on "
              + DATASET
              + "; train one with 'drivemark train --dataset synthdrive' and run a study");
    }
    DatasetSpec scenes =
        new DatasetSpec(DATASET, Optional.empty(), "test", OptionalInt.empty(), FRAMES);
    return Study.of(scenes, models, ENGINES.get(0))
        .withEngines(ENGINES)
        .withLatency(Optional.of(new LatencySpec(RUNS)));
  }

  /** Models are called {@code <architecture>[-<option>]-<dataset>[-<technique>…]}. */
  private static boolean knowsScenes(String model) {
    return List.of(model.split("-")).contains(DATASET);
  }
}
