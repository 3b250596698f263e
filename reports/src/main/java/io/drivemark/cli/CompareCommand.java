package io.drivemark.cli;

import io.drivemark.eval.history.compare.Allowance;
import io.drivemark.eval.history.compare.CellComparison;
import io.drivemark.eval.history.compare.Comparer;
import io.drivemark.eval.history.compare.Comparison;
import io.drivemark.eval.history.compare.ComparisonJson;
import io.drivemark.eval.history.compare.NamedResults;
import io.drivemark.eval.history.compare.NightsFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.nightly.NightResults;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.OneLine;
import io.drivemark.reports.board.CompareWords;
import io.drivemark.reports.page.ComparePage;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what changed between two results. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    header = Summaries.COMPARE,
    description =
        "Compares two output folders of 'drivemark run', or nights: B is judged against A. For each"
            + " cell first whether the predictions are the same bits, then what moved and whether it"
            + " is worse on these frames, which is exact, and apart from it whether it would be on"
            + " others; latencies, of a night the median over its processes, as ratios beyond what"
            + " all cells have in common. What cannot be paired is listed with the reason.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  drivemark compare before after --html changes.html",
      "  drivemark compare last-good last --nights nights --allow miou=0.002,latency=2%%",
      "  drivemark compare pinned last --nights night.yaml",
      "",
      "Exit codes: 0 equal or not worse, 1 worse or determinism broken, 2 cannot be compared."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "The first: an output folder, or with --nights a night's name, last, last-good, pinned.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "The second, which is judged.")
  private String b;

  @Option(
      names = "--nights",
      paramLabel = "DIR|NIGHT.yaml",
      description =
          "A folder of nights, whose names order them by time, or the file of 'drivemark nightly',"
              + " which may pin one.")
  private Path nights;

  @Option(
      names = "--allow",
      paramLabel = "miou=X,absRel=X,latency=X%%",
      description =
          "By how much B may be worse and still count as the same (miou=0.0005, absRel=0.0005,"
              + " latency=2%%).")
  private String allow;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  private Path html;

  @Option(names = "--json", paramLabel = "FILE", description = "Write drivemark-compare/1.")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputFile.requireWritable("--html", html);
    OutputFile.requireWritable("--json", json);
    Allowance allowance = allow == null ? Allowance.defaults() : Allowance.parse(allow);
    Optional<NamedResults> named = Optional.ofNullable(nights).map(CompareCommand::named);
    Comparison comparison = Comparer.compare(a, folder(a, named), b, folder(b, named), allowance);
    say(comparison, spec.commandLine().getOut(), spec.commandLine().getErr());
    if (html != null) {
      DurableFiles.write(html, ComparePage.text(comparison));
      spec.commandLine().getOut().println("Page: " + html.toAbsolutePath().normalize());
    }
    if (json != null) {
      ResultsJson.writeNode(json, ComparisonJson.write(comparison));
    }
    return comparison.outcome().exitCode();
  }

  private static NamedResults named(Path nights) {
    return Files.isRegularFile(nights)
        ? new NightResults(NightPlan.read(nights), StoreOption.password())
        : new NightsFolder(nights);
  }

  /** A name of a night goes before a folder, but never in silence. */
  private static Path folder(String given, Optional<NamedResults> named) {
    Optional<Path> night = named.flatMap(names -> names.folder(given));
    Optional<Path> folder = path(given).filter(CompareCommand::holdsResults);
    if (night.isPresent() && folder.isPresent() && !same(night.get(), folder.get())) {
      throw new BadInputException(
          given
              + ": is the night "
              + night.get()
              + " and the folder "
              + folder.get().toAbsolutePath().normalize()
              + "; write ./"
              + given
              + " for the folder, or the night's path");
    }
    return night
        .or(() -> path(given).filter(Files::isDirectory))
        .orElseThrow(
            () ->
                new BadInputException(
                    given
                        + ": found no folder of this name"
                        + named
                            .map(n -> ", and no night; there are " + String.join(", ", n.names()))
                            .orElse(
                                "; give an output folder of 'drivemark run', or --nights DIR with"
                                    + " last, last-good or a night's name")));
  }

  private static Optional<Path> path(String given) {
    try {
      return Optional.of(Path.of(given));
    } catch (InvalidPathException e) {
      throw new BadInputException(given + ": is no path: " + e.getMessage(), e);
    }
  }

  private static boolean holdsResults(Path folder) {
    return Files.isRegularFile(folder.resolve(RunStore.RESULTS));
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private static void say(Comparison comparison, PrintWriter out, PrintWriter err) {
    out.println(CompareWords.headline(comparison) + ".");
    for (CellComparison cell : comparison.cells()) {
      out.println(OneLine.printed("  " + CompareWords.line(cell)));
    }
    CompareWords.notes(comparison).forEach(note -> err.println(OneLine.printed("note: " + note)));
    comparison
        .unpaired()
        .forEach(
            one -> err.println(OneLine.printed("not compared: " + CompareWords.unpaired(one))));
    CompareWords.worse(comparison).forEach(said -> err.println(OneLine.printed("worse: " + said)));
  }
}
