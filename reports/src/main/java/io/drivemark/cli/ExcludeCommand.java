package io.drivemark.cli;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.ResultStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person takes a night out of all baselines, or back in. */
@Command(
    name = "exclude",
    mixinStandardHelpOptions = true,
    header = Summaries.EXCLUDE,
    description = "It stays in the store and on the pages. Kept with name and time.",
    footerHeading = "%nExample:%n",
    footer =
        "  drivemark exclude 2026-11-20T02-00-00Z --because \"the fan was broken\" --store"
            + " sqlite:history.db")
final class ExcludeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NIGHT",
      description = "last, last-good, the name of its folder, or 6 or more digits of its uid.")
  private String night;

  @Option(names = "--because", required = true, paramLabel = "TEXT", description = "Why.")
  private String because;

  @Option(names = "--undo", description = "Let it be in baselines again.")
  private boolean undo;

  @Mixin private DecisionArguments arguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (ResultStore open = arguments.open()) {
      HistoryView.NightLine line = open.night(night);
      arguments.keep(
          open,
          spec.commandLine().getOut(),
          undo ? Decision.Kind.INCLUDE : Decision.Kind.EXCLUDE,
          line.ref().uid(),
          because,
          "night " + line.folder() + (undo ? " is in baselines again" : " is in no baseline"));
    }
    return ExitCode.FINE;
  }
}
