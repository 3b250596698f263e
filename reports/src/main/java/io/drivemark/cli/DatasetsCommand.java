package io.drivemark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done with datasets, under their own word. */
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    header = Summaries.DATASETS,
    description = "Names are listed by 'drivemark list datasets', with --details a page each.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    subcommands = {VerifyCommand.class})
final class DatasetsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.FINE;
  }
}
