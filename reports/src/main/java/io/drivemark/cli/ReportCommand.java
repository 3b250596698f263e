package io.drivemark.cli;

import io.drivemark.eval.runner.store.RunStore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the report of a finished study anew, from its records. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    header = Summaries.REPORT,
    description =
        "Writes report.html, report.md and results.csv of a finished study anew, from its records;"
            + " the records are checked against their evidence first.",
    footerHeading = "%nExample:%n",
    footer = "  drivemark report results")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder 'drivemark run' wrote into.")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return StudyOutput.finish(
        RunStore.read(folder), folder, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
