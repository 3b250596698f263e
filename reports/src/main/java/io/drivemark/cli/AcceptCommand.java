package io.drivemark.cli;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.store.ResultStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person says that an event is meant. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    header = Summaries.ACCEPT,
    description =
        "The new level is right from then on, and no night ends with 1 because of it. Kept with name"
            + " and time.",
    footerHeading = "%nExample:%n",
    footer =
        "  drivemark accept 3fa2c1 --because \"wider network since v1.5\" --store sqlite:history.db")
final class AcceptCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EVENT",
      description = "The event's uid, as pages and verdicts say it, or its first 6 or more digits.")
  private String event;

  @Option(names = "--because", required = true, paramLabel = "TEXT", description = "Why.")
  private String because;

  @Option(
      names = "--dismiss",
      description = "It is no event at all: the old level stays the right one.")
  private boolean dismiss;

  @Mixin private DecisionArguments arguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (ResultStore open = arguments.open()) {
      String uid = open.event(event).uid();
      arguments.keep(
          open,
          spec.commandLine().getOut(),
          dismiss ? Decision.Kind.DISMISS : Decision.Kind.ACCEPT,
          uid,
          because,
          "event " + uid + (dismiss ? " is none" : " is meant"));
    }
    return ExitCode.FINE;
  }
}
