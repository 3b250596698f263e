package io.drivemark.cli;

import io.drivemark.eval.history.store.Imported;
import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.Verified;
import io.drivemark.eval.history.store.folder.Folders;
import io.drivemark.problem.BadInputException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done with a store of results. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    header = Summaries.STORE,
    description =
        "The folders of runs and nights are the truth, a store is an index of them: it can be made"
            + " again by 'rebuild'. What people said ('drivemark accept', 'annotate', 'exclude') is"
            + " kept in the store and beside the night's files.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  drivemark store init --store sqlite:history.db",
      "  drivemark store import nights --store sqlite:history.db"
    },
    subcommands = {
      StoreCommand.Init.class,
      StoreCommand.Import.class,
      StoreCommand.Rebuild.class,
      StoreCommand.Verify.class,
      StoreCommand.Dump.class,
      PruneStoreCommand.class,
      StoreCommand.Migrate.class,
    })
final class StoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.FINE;
  }

  /** A command of a store. */
  abstract static class OfStore implements Callable<Integer> {
    @Mixin protected StoreOption store;
    @Spec protected CommandSpec spec;

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    PrintWriter err() {
      return spec.commandLine().getErr();
    }
  }

  /** Makes the tables. */
  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      header = "Makes the tables of an empty store.%n",
      description = "A store that has them stays as it is.")
  static final class Init extends OfStore {
    @Override
    public Integer call() {
      int steps = store.migrate();
      out().println(store.url() + (steps == 0 ? ": has its tables already" : ": made its tables"));
      try (ResultStore open = store.open()) {
        open.warning().ifPresent(err()::println);
      }
      return ExitCode.FINE;
    }
  }

  /** Brings a store to the schema of this program. */
  @Command(
      name = "migrate",
      mixinStandardHelpOptions = true,
      header = "Brings a store to this program's schema.%n",
      description = "Programs that are older than this one refuse it from then on.")
  static final class Migrate extends OfStore {
    @Override
    public Integer call() {
      int steps = store.migrate();
      out()
          .println(
              store.url()
                  + (steps == 0
                      ? ": has this program's schema already"
                      : ": " + count(steps, "step") + " of its schema done"));
      return ExitCode.FINE;
    }
  }

  /** Takes folders in. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      header = "Takes folders of runs or nights in.%n",
      description =
          "What is there already is not taken in twice. A folder that contradicts itself stays out"
              + " and the others go on; then the exit code is 1.")
  static final class Import extends OfStore {
    @Parameters(
        arity = "1..*",
        paramLabel = "DIR",
        description = "Folders that 'drivemark run' or 'nightly' wrote, or folders of such.")
    private List<Path> folders;

    @Override
    public Integer call() {
      List<Path> all = Folders.of(folders);
      List<Imported> done = new ArrayList<>();
      List<BadInputException> refused = new ArrayList<>();
      try (ResultStore open = store.open()) {
        for (Path folder : all) {
          try {
            done.add(open.add(folder));
          } catch (BadInputException e) {
            refused.add(e);
          }
        }
      }
      if (done.isEmpty()) {
        throw refused.get(0);
      }
      return report(this, done, refused);
    }
  }

  /** Takes folders in anew. */
  @Command(
      name = "rebuild",
      mixinStandardHelpOptions = true,
      header = "Makes the store again from folders.%n",
      description =
          "Takes each folder in as if it had not been there. Nights of the store that have no folder"
              + " among them stay, and so does what people said.")
  static final class Rebuild extends OfStore {
    @Parameters(
        arity = "1..*",
        paramLabel = "DIR",
        description = "Folders that 'drivemark run' or 'nightly' wrote, or folders of such.")
    private List<Path> folders;

    @Override
    public Integer call() {
      List<Path> all = Folders.of(folders);
      try (ResultStore open = store.open()) {
        List<Imported> done = open.rebuild(all);
        List<String> uids = done.stream().map(Imported::uid).toList();
        open.nights().stream()
            .filter(night -> !uids.contains(night.ref().uid()))
            .forEach(
                night ->
                    out().println("kept\t" + night.folder() + "\tnot among the folders given"));
        return report(this, done, List.of());
      }
    }
  }

  private static int report(OfStore command, List<Imported> done, List<BadInputException> refused) {
    Map<Imported.Outcome, Integer> counts = new EnumMap<>(Imported.Outcome.class);
    for (Imported one : done) {
      counts.merge(one.outcome(), 1, Integer::sum);
      if (one.outcome() != Imported.Outcome.KNOWN) {
        command.out().println(one.outcome().words() + "\t" + one.folder());
      }
      if (!one.missing().isEmpty()) {
        command
            .out()
            .println(
                "evidence gone\t"
                    + one.folder()
                    + "\t"
                    + count(one.missing().size(), "file")
                    + ", its numbers cannot be derived again");
      }
    }
    refused.forEach(e -> command.err().println("not taken in: " + e.getMessage()));
    command
        .out()
        .println(
            count(done.size(), "folder")
                + ": "
                + counts.entrySet().stream()
                    .map(c -> c.getValue() + " " + c.getKey().words())
                    .collect(Collectors.joining(", "))
                + (refused.isEmpty() ? "" : "; " + refused.size() + " not taken in"));
    return refused.isEmpty() ? ExitCode.FINE : ExitCode.FINDINGS;
  }

  /** Holds a store against its folders. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      header = "Holds the store against the folders of its nights.%n",
      description = "Exit code 1 if something is not the same.")
  static final class Verify extends OfStore {
    @Option(
        names = "--derive",
        description =
            "Derive all numbers from the evidence again, too; takes seconds for each night.")
    private boolean derive;

    @Override
    public Integer call() {
      try (ResultStore open = store.open()) {
        Verified verified = open.verify(derive);
        verified.notes().forEach(note -> out().println("note\t" + note));
        verified.differences().forEach(difference -> out().println("different\t" + difference));
        out()
            .println(
                count(verified.nights(), "night")
                    + " held against "
                    + (verified.nights() == 1 ? "its folder" : "their folders")
                    + ", "
                    + count(verified.differences().size(), "difference"));
        return verified.differences().isEmpty() ? ExitCode.FINE : ExitCode.FINDINGS;
      }
    }
  }

  /** Writes a store as text. */
  @Command(
      name = "dump",
      mixinStandardHelpOptions = true,
      header = "Writes the whole store as text.%n",
      description =
          "A line of JSON for each row. Two stores that hold the same give the same bytes, whatever"
              + " database keeps them.")
  static final class Dump extends OfStore {
    @Parameters(paramLabel = "FILE", description = "Replaced if it is there.")
    private Path file;

    @Override
    public Integer call() {
      OutputFile.requireWritable("FILE", file);
      try (ResultStore open = store.open()) {
        open.dump(file);
      }
      out().println("Wrote " + file.toAbsolutePath().normalize());
      return ExitCode.FINE;
    }
  }

  static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
