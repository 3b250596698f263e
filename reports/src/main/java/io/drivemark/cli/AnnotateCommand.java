package io.drivemark.cli;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.ResultStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person says what a reader of a night must know. */
@Command(
    name = "annotate",
    mixinStandardHelpOptions = true,
    header = Summaries.ANNOTATE,
    description =
        "Shown on the history's pages, and a name for the night where a text like v1.4 is short. Kept"
            + " with name and time.",
    footerHeading = "%nExample:%n",
    footer = "  drivemark annotate last v1.4 --store sqlite:history.db")
final class AnnotateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "NIGHT",
      description = "last, last-good, the name of its folder, or 6 or more digits of its uid.")
  private String night;

  @Parameters(index = "1", paramLabel = "TEXT", description = "What is to be known.")
  private String text;

  @Mixin private DecisionArguments arguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (ResultStore open = arguments.open()) {
      HistoryView.NightLine line = open.night(night);
      arguments.keep(
          open,
          spec.commandLine().getOut(),
          Decision.Kind.ANNOTATE,
          line.ref().uid(),
          text,
          "night " + line.folder() + " is annotated");
    }
    return ExitCode.FINE;
  }
}
