package io.drivemark.cli;

import java.util.Arrays;
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
    description = Summaries.DRIVEMARK,
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nStart here:%n",
    footer = Summaries.START)
final class DrivemarkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /**
   * A command before anything is looked up in it.
   *
   * @param summary its line in the help
   * @param hidden whether the help passes over it
   */
  record Known(Class<?> type, String summary, boolean hidden) {
    private CommandSpec inHelp(String name) {
      CommandSpec spec = CommandSpec.create().name(name);
      spec.usageMessage().header(summary).hidden(hidden);
      return spec;
    }
  }

  /** All commands by name, in the order of the help. */
  static Map<String, Known> commands() {
    Map<String, Known> out = new LinkedHashMap<>();
    out.put("demo", new Known(DemoCommand.class, Summaries.DEMO, false));
    out.put("run", new Known(RunCommand.class, Summaries.RUN, false));
    out.put("work", new Known(WorkCommand.class, Summaries.WORK, false));
    out.put("merge", new Known(MergeCommand.class, Summaries.MERGE, false));
    out.put("nightly", new Known(NightlyCommand.class, Summaries.NIGHTLY, false));
    out.put("history", new Known(HistoryCommand.class, Summaries.HISTORY, false));
    out.put("score", new Known(ScoreCommand.class, Summaries.SCORE, false));
    out.put("score-depth", new Known(ScoreDepthCommand.class, Summaries.SCORE_DEPTH, false));
    out.put("predict", new Known(PredictCommand.class, Summaries.PREDICT, false));
    out.put("report", new Known(ReportCommand.class, Summaries.REPORT, false));
    out.put("compare", new Known(CompareCommand.class, Summaries.COMPARE, false));
    out.put("select", new Known(SelectCommand.class, Summaries.SELECT, false));
    out.put("train", new Known(TrainCommand.class, Summaries.TRAIN, false));
    out.put("prune", new Known(PruneCommand.class, Summaries.PRUNE, false));
    out.put("import", new Known(ImportCommand.class, Summaries.IMPORT, false));
    out.put("export", new Known(ExportCommand.class, Summaries.EXPORT, false));
    out.put("cost", new Known(CostCommand.class, Summaries.COST, false));
    out.put("reach", new Known(ReachCommand.class, Summaries.REACH, false));
    out.put("list", new Known(ListCommand.class, Summaries.LIST, false));
    out.put("synth", new Known(SynthCommand.class, Summaries.SYNTH, false));
    out.put("corrupt", new Known(CorruptCommand.class, Summaries.CORRUPT, false));
    out.put("verify", new Known(VerifyCommand.class, Summaries.VERIFY, false));
    out.put("datasets", new Known(DatasetsCommand.class, Summaries.DATASETS, false));
    out.put("fork", new Known(ForkCommand.class, Summaries.FORK, true));
    out.put("store", new Known(StoreCommand.class, Summaries.STORE, false));
    out.put("accept", new Known(AcceptCommand.class, Summaries.ACCEPT, false));
    out.put("annotate", new Known(AnnotateCommand.class, Summaries.ANNOTATE, false));
    out.put("exclude", new Known(ExcludeCommand.class, Summaries.EXCLUDE, false));
    return out;
  }

  /**
   * The command line for these arguments. If the first of them is a command, it knows that one
   * alone; if none of them is, it knows of each command what the help lists and no more. To find
   * out what all commands take is a good part of a start.
   */
  static CommandLine line(String... arguments) {
    CommandLine line = new CommandLine(new DrivemarkCommand());
    Map<String, Known> all = commands();
    String first = arguments.length == 0 ? "" : arguments[0];
    if (all.containsKey(first)) {
      line.addSubcommand(first, all.get(first).type());
      return line;
    }
    boolean named = Arrays.stream(arguments).anyMatch(all::containsKey);
    all.forEach(
        (name, command) -> line.addSubcommand(name, named ? command.type() : command.inHelp(name)));
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
