package io.drivemark.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
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
    })
final class DrivemarkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** All commands by name, in the order of the help. */
  static Map<String, Class<?>> commands() {
    Map<String, Class<?>> out = new LinkedHashMap<>();
    out.put("demo", DemoCommand.class);
    out.put("run", RunCommand.class);
    out.put("work", WorkCommand.class);
    out.put("merge", MergeCommand.class);
    out.put("nightly", NightlyCommand.class);
    out.put("history", HistoryCommand.class);
    out.put("score", ScoreCommand.class);
    out.put("score-depth", ScoreDepthCommand.class);
    out.put("predict", PredictCommand.class);
    out.put("report", ReportCommand.class);
    out.put("compare", CompareCommand.class);
    out.put("select", SelectCommand.class);
    out.put("train", TrainCommand.class);
    out.put("prune", PruneCommand.class);
    out.put("import", ImportCommand.class);
    out.put("export", ExportCommand.class);
    out.put("cost", CostCommand.class);
    out.put("reach", ReachCommand.class);
    out.put("list", ListCommand.class);
    out.put("synth", SynthCommand.class);
    out.put("corrupt", CorruptCommand.class);
    out.put("verify", VerifyCommand.class);
    out.put("datasets", DatasetsCommand.class);
    out.put("fork", ForkCommand.class);
    out.put("store", StoreCommand.class);
    out.put("accept", AcceptCommand.class);
    out.put("annotate", AnnotateCommand.class);
    out.put("exclude", ExcludeCommand.class);
    return out;
  }

  /**
   * The command line for these arguments. If the first of them is a command, it knows that one
   * alone: to find out what all the others take is a good part of a start.
   */
  static CommandLine line(String... arguments) {
    CommandLine line = new CommandLine(new DrivemarkCommand());
    Map<String, Class<?>> all = commands();
    String first = arguments.length == 0 ? "" : arguments[0];
    if (all.containsKey(first)) {
      line.addSubcommand(first, all.get(first));
    } else {
      all.forEach(line::addSubcommand);
    }
    return line;
  }

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
