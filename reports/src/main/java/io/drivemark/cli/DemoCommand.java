package io.drivemark.cli;

import io.drivemark.architectures.model.Models;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.runner.study.robust.RobustnessSpec;
import io.drivemark.eval.runner.study.use.DatasetUse;
import io.drivemark.problem.UnavailableException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A first report without any data: the shipped networks on generated driving scenes. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = Summaries.DEMO,
    showDefaultValues = true,
    description =
        "Draws driving scenes, runs the shipped networks that know them on two engines, lets some of"
            + " them drive at a camera's rate, in fog, in the dark and at night, and writes the"
            + " report."
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
  private static final int RUNS = 20;

  /**
   * One drive, as a camera takes it, by day: what weather and night cost is asked of it. Its
   * networks are those that say most with least.
   */
  private static final Map<String, String> DRIVE =
      Map.of(
          "count", "48",
          "seed", "2026",
          "size", "240x320",
          "sequence", "48",
          "rate", "30",
          "light", "day",
          "weather", "clear");

  private static final List<String> DRIVERS =
      List.of(
          "dabnet-synthdrive",
          "dabnet-synthdrive-filter-taylor-weight-42",
          "espnet-synthdrive",
          "skipnet-mobilenet-0.5-synthdrive");

  /** Truth at pictures alone: drawing it between them takes longer than all networks do. */
  private static final DrivingSpec DRIVING =
      new DrivingSpec(
          List.of(30.0, 10.0),
          DrivingSpec.DEFAULT.captureMs(),
          DrivingSpec.DEFAULT.policies(),
          DrivingSpec.DEFAULT.served(),
          0.5,
          DrivingSpec.DEFAULT.speeds(),
          DrivingSpec.DEFAULT.brake(),
          DrivingSpec.DEFAULT.actuation(),
          List.of(1.0, 2.0, 4.0),
          OptionalDouble.empty(),
          OptionalInt.of(1),
          OptionalInt.empty());

  /** Calibration is of the same inferences, under corruption too: it takes milliseconds a frame. */
  private static final List<String> GAUGES = List.of("distance", "freespace", "calibration");

  private static final RobustnessSpec ROBUSTNESS =
      new RobustnessSpec(
          List.of("fog", "dark", "motion-blur", "gaussian-noise"),
          List.of(3),
          8,
          List.of(Map.of("light", "night"), Map.of("weather", "rain")));

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
    Study study =
        Study.of(scenes, models, ENGINES.get(0))
            .withEngines(ENGINES)
            .withLatency(Optional.of(new LatencySpec(RUNS)));
    Set<String> drivers = new LinkedHashSet<>(DRIVERS);
    drivers.retainAll(models);
    return drivers.isEmpty() ? study : driving(study, scenes, drivers);
  }

  /** The same study with a drive, of which alone is asked what lateness and bad weather cost. */
  private static Study driving(Study study, DatasetSpec scenes, Set<String> drivers) {
    DatasetSpec drive =
        new DatasetSpec(DATASET, Optional.empty(), "test", OptionalInt.empty(), DRIVE)
            .withUse(new DatasetUse(drivers, Set.of(ENGINES.get(0).name()), DatasetUse.SECTIONS));
    return study
        .withDatasets(List.of(scenes.withUse(new DatasetUse(Set.of(), Set.of(), List.of())), drive))
        .withGauges(GAUGES)
        .withDriving(Optional.of(DRIVING))
        .withRobustness(Optional.of(ROBUSTNESS));
  }

  /** Models are called {@code <architecture>[-<option>]-<dataset>[-<technique>…]}. */
  private static boolean knowsScenes(String model) {
    return List.of(model.split("-")).contains(DATASET);
  }
}
