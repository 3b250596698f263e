package io.drivemark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code drivemark} itself: it has only help to offer. */
@Command(
    name = "drivemark",
    mixinStandardHelpOptions = true,
    versionProvider = DrivemarkCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Which segmentation network should drive, on this hardware, within this time budget?%n"
            + "Drivemark runs networks over driving frames, measures accuracy and speed, and writes"
            + " the report a team decides from.",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nStart here:%n",
    footer = {
      "  drivemark demo                      a first report, two minutes, nothing needed",
      "  drivemark list models               what there is to run",
      "  drivemark run study.yaml --out DIR  your models on your frames",
      "",
      "Exit codes: 0 fine, 1 findings, 2 bad input, 3 environment, not built yet, or a crash."
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      NightlyCommand.class,
      HistoryCommand.class,
      ScoreCommand.class,
      ScoreDepthCommand.class,
      PredictCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      SelectCommand.class,
      TrainCommand.class,
      PruneCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      CostCommand.class,
      ReachCommand.class,
      ListCommand.class,
      SynthCommand.class,
      CorruptCommand.class,
      VerifyCommand.class,
      DatasetsCommand.class,
      ForkCommand.class,
      StoreCommand.class,
      AcceptCommand.class,
      AnnotateCommand.class,
      ExcludeCommand.class,
    })
final class DrivemarkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.FINE;
  }

  /** The version the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"drivemark " + (version == null ? "(not packaged)" : version)};
    }
  }
}
