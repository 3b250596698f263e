package io.drivemark.cli;

import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.timing.Fork;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code nightly} starts as a fresh process; not for people. */
@Command(
    name = "fork",
    hidden = true,
    mixinStandardHelpOptions = true,
    header = Summaries.FORK,
    description = "Does what fork.json in a folder says, and writes times.json beside it.")
final class ForkCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Holds fork.json.")
  private Path folder;

  @Option(
      names = "--parent",
      paramLabel = "PID",
      description = "Ends when this process ends: nobody waits for the times any more.")
  private Long parent;

  @Override
  public Integer call() {
    if (parent != null) {
      ProcessHandle.of(parent).ifPresent(ForkCommand::endWith);
    }
    new Fork(folder, Sources.installed(), Instant::now, Progress.NONE).run();
    return ExitCode.FINE;
  }

  /** Ends this process when another one has ended, whatever it does then. */
  private static void endWith(ProcessHandle other) {
    Thread watch =
        new Thread(
            () -> {
              other.onExit().join();
              Runtime.getRuntime().halt(ExitCode.UNAVAILABLE);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }
}
