package io.drivemark.cli;

import io.drivemark.eval.history.store.PostgresLeases;
import io.drivemark.eval.history.store.StoreUrl;
import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.shard.ShardWorker;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.shard.lease.Leases;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures ranges of frames of a study that was shared out. */
@Command(
    name = "work",
    mixinStandardHelpOptions = true,
    header = Summaries.WORK,
    description = {
      "Takes ranges of frames that 'drivemark run --shards' wrote down and no other worker holds,"
          + " and writes what it found below DIR/shards, until nothing is left. Start it as often and"
          + " on as many machines as see the folder. It may be killed at any moment: another worker"
          + " takes its range over.",
      "All machines need the same Drivemark, the same engines and data, and processors that give"
          + " the same bits: what differs is refused or named."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  drivemark run study.yaml --out /shared/results --shards 20",
      "  drivemark work /shared/results        on each machine",
      "  drivemark merge /shared/results",
      "",
      "Exit codes: 0 fine; 1 ranges failed or cells cannot be measured here; 2 bad input; 3",
      "environment."
    })
final class WorkCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder that was given to run as --out.")
  private Path folder;

  @Option(
      names = "--study",
      paramLabel = "STUDY.yaml",
      description =
          "The study as this machine sees it, where its data lie elsewhere; the same cells must come"
              + " of it.")
  private Path study;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the worker is called in messages; by default the machine's name.")
  private String name;

  @Option(
      names = "--queue",
      paramLabel = "URL",
      description =
          "Leases in a database, postgresql://[user@]host[:port]/database, instead of the folder; the"
              + " same for all workers. A password is taken from "
              + StoreUrl.PASSWORD
              + " alone.")
  private String queue;

  @Option(
      names = "--no-wait",
      description =
          "End when no range is free, instead of waiting to take over those of workers that die.")
  private boolean noWait;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    ShardWorker.Result done;
    String unique = uniqueName();
    try (Closer open = new Closer()) {
      done =
          ShardedRun.work(
              folder,
              Optional.ofNullable(study).map(file -> Study.read(file.toAbsolutePath())),
              unique,
              Optional.ofNullable(queue).<Leases>map(url -> open.add(queue(url, unique))),
              !noWait,
              TerminalProgress.to(err));
    }
    done.refusals().forEach(refusal -> err.println("not measured here: " + refusal));
    done.failures().forEach(failure -> err.println("failed: " + failure));
    String late =
        done.takenOver() == 0
            ? ""
            : ", " + StoreCommand.count(done.takenOver(), "range") + " taken over by others";
    spec.commandLine()
        .getOut()
        .println(StoreCommand.count(done.finished(), "range") + " measured" + late);
    return done.refusals().isEmpty() && done.failures().isEmpty()
        ? ExitCode.FINE
        : ExitCode.FINDINGS;
  }

  private PostgresLeases queue(String url, String unique) {
    WorkList list = WorkList.read(folder);
    return PostgresLeases.open(
        StoreUrl.parse(url), StoreOption.password(), list.digest(), unique, list.silence());
  }

  /** Two workers of one name would write into one place. */
  private String uniqueName() {
    if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,60}")) {
      throw new BadInputException(
          "--name is '" + name + "', expected letters, digits, dots and dashes");
    }
    String host =
        Stream.of("HOSTNAME", "COMPUTERNAME")
            .map(System::getenv)
            .filter(found -> found != null && !found.isBlank())
            .map(found -> found.replaceAll("[^A-Za-z0-9.-]+", "-"))
            .findFirst()
            .orElse("worker");
    return (name == null ? host : name)
        + "-"
        + ProcessHandle.current().pid()
        + "-"
        + UUID.randomUUID().toString().substring(0, 4);
  }
}
