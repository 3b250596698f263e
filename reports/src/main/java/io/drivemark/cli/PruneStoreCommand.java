package io.drivemark.cli;

import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.Retention;
import io.drivemark.eval.runner.store.RunLock;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what is kept no longer. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    header = "Removes what of old nights is kept no longer.%n",
    description =
        "Pictures go first, then evidence, then nights whole, and these only after the store was"
            + " dumped. Touches nights of the store alone, never a run that a person made; what"
            + " people said stays.",
    footerHeading = "%nExample:%n",
    footer =
        "  drivemark store prune --pictures 14 --evidence 90 --keep 400 --dump before.jsonl --store"
            + " sqlite:history.db")
final class PruneStoreCommand extends StoreCommand.OfStore {
  @Option(
      names = "--pictures",
      paramLabel = "NIGHTS",
      description = "So many newest nights keep their pictures; all if not given.")
  private Integer pictures;

  @Option(
      names = "--evidence",
      paramLabel = "NIGHTS",
      description = "So many keep counts and timed runs, by which numbers can be derived again.")
  private Integer evidence;

  @Option(
      names = "--keep",
      paramLabel = "NIGHTS",
      description = "So many stay at all, in their folders and in the store.")
  private Integer nights;

  @Option(
      names = "--dump",
      paramLabel = "FILE",
      description = "Where the store is written to before nights go whole.")
  private Path dump;

  @Option(names = "--dry-run", description = "Say what would go and remove nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (pictures == null && evidence == null && nights == null) {
      throw new BadInputException("say what is kept: --pictures, --evidence or --keep");
    }
    OutputFile.requireWritable("--dump", dump);
    Retention retention = new Retention(maybe(pictures), maybe(evidence), maybe(nights));
    try (ResultStore open = store.open();
        Closer locks = new Closer()) {
      Retention.Plan plan = retention.plan(open);
      if (!dryRun) {
        plan.homes().forEach(home -> locks.add(lock(home)));
        Retention.apply(open, plan, Optional.ofNullable(dump));
      }
      plan.paths().forEach(path -> out().println((dryRun ? "would go" : "gone") + "\t" + path));
      out()
          .println(
              StoreCommand.count(plan.paths().size(), "path")
                  + (dryRun ? " would go, " : " removed, ")
                  + StoreCommand.count(plan.nights().size(), "night")
                  + " whole"
                  + (plan.absent() == 0
                      ? ""
                      : ", " + plan.absent() + " of them without a folder here"));
    }
    return ExitCode.FINE;
  }

  /** A night reads what lay there before it: nothing of that goes while one runs. */
  private static RunLock lock(Path home) {
    try {
      return RunLock.take(home);
    } catch (BadInputException e) {
      throw new UnavailableException(
          home + ": a night is running there; prune when it has ended", e);
    }
  }

  private static OptionalInt maybe(Integer count) {
    return count == null ? OptionalInt.empty() : OptionalInt.of(count);
  }
}
