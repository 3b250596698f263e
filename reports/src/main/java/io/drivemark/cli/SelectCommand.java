package io.drivemark.cli;

import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.decide.select.Budget;
import io.drivemark.eval.decide.select.Choice;
import io.drivemark.eval.decide.select.Selection;
import io.drivemark.eval.decide.select.SelectionJson;
import io.drivemark.eval.decide.select.Terms;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.statistics.JointDraws;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.reports.Reports;
import io.drivemark.reports.select.SelectWords;
import io.drivemark.reports.select.WhyWords;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which networks of finished studies can be chosen, with what certainty. */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    header = Summaries.SELECT,
    description = {
      "Says of each network in one or more finished studies whether it is on the front of accuracy"
          + " against speed for certain, certainly beaten (by whom), open (and what would tell), or"
          + " not comparable (and why).",
      "Several folders of one study, and the forks of nights, are processes of the same networks:"
          + " from three on, how much speed differs between processes is measured. Exit code 1: a"
          + " budget was given and no network keeps it for certain."
    },
    footerHeading = "%nExample:%n",
    footer = "  drivemark select results --budget 'latencyP95Ms<=50' --why-not enet-camvid")
final class SelectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Folders that 'drivemark run' or 'nightly' wrote into.")
  private List<Path> folders = List.of();

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = "In place of folders: the last nights of this store.")
  private String store;

  @Option(
      names = "--nights",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many nights of the store at most (${DEFAULT-VALUE}).")
  private int nights;

  @Option(
      names = "--budget",
      paramLabel = "B",
      description =
          "A limit that a choice must keep: a figure, <= or >=, a number. Latencies (latencyMs,"
              + " latencyP95Ms, …), fps, params, macs, activationBytes, peakActivationBytes, miou or"
              + " any gauge's figure. Repeatable.")
  private List<String> budgets = List.of();

  @Option(
      names = "--accuracy",
      paramLabel = "F",
      description =
          "The figure that networks are ranked by: miou, safeMiou, absRel, or any gauge's that"
              + " follows from summed counts. By default that of their task.")
  private String accuracy;

  @Option(
      names = "--sure",
      paramLabel = "P",
      defaultValue = "" + Terms.SURE,
      description = "The chance that no claim is false (${DEFAULT-VALUE}).")
  private double sure;

  @Option(
      names = "--why-not",
      paramLabel = "NAME",
      description = "Says what excludes this network, with numbers.")
  private String whyNot;

  @Option(names = "--html", paramLabel = "FILE", description = "Also writes a page.")
  private Path html;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes " + SelectionJson.SCHEMA + ".")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputFile.requireWritable("--html", html);
    OutputFile.requireWritable("--json", json);
    if (!(sure > 0.5 && sure < 1)) {
      throw new BadInputException(
          "--sure is " + sure + ", expected a chance of more than 0.5 and less than 1, as 0.95");
    }
    List<Path> from = sources();
    List<Budget> limits = budgets.stream().map(Budget::parse).toList();
    Optional<String> figure = Optional.ofNullable(accuracy).map(a -> Budget.named("--accuracy", a));
    figure.ifPresent(Terms::isMoreBetter);
    List<BoardSelection> boards =
        BoardSelection.of(SelectStudies.of(from), figure, limits, sure, JointDraws.DRAWS);
    if (boards.isEmpty()) {
      throw new BadInputException(
          from.size() == 1 && figure.isEmpty()
              ? from.get(0) + ": the study has no entries"
              : "--accuracy: no network in "
                  + from.get(0)
                  + (from.size() == 1 ? "" : " and the other folders")
                  + " has a figure "
                  + figure.orElse(""));
    }
    List<String> asked = whyNot == null ? List.of() : named(whyNot, boards);
    print(boards, asked);
    if (html != null) {
      Reports.writeSelection(boards, asked, from, html);
      spec.commandLine().getOut().println("Page: " + html.toAbsolutePath().normalize());
    }
    if (json != null) {
      ResultsJson.writeNode(json, SelectionJson.of(boards));
    }
    boolean missed =
        !limits.isEmpty() && boards.stream().anyMatch(b -> b.selection().within().isEmpty());
    return missed ? ExitCode.FINDINGS : ExitCode.FINE;
  }

  private List<Path> sources() {
    if (folders.isEmpty() == (store == null)) {
      throw new BadInputException(
          (store == null
                  ? "neither folders nor --store was given"
                  : "folders and --store were given")
              + ": name folders of finished runs, or a store of nights");
    }
    if (nights < 1) {
      throw new BadInputException("--nights is " + nights + ", expected at least 1");
    }
    return store == null ? folders : SelectStore.folders(store, nights);
  }

  /** The labels of a name: itself, or those that begin with it where several engines ran it. */
  private static List<String> named(String name, List<BoardSelection> boards) {
    List<String> known =
        boards.stream()
            .flatMap(b -> b.selection().choices().stream())
            .map(Choice::label)
            .distinct()
            .toList();
    if (known.contains(name)) {
      return List.of(name);
    }
    List<String> found = known.stream().filter(l -> l.startsWith(name + " · ")).toList();
    if (found.isEmpty()) {
      throw new BadInputException(
          "--why-not: no network here is called '"
              + name
              + "'"
              + Nearest.hint(name, known)
              + "; there are "
              + String.join(", ", known));
    }
    return found;
  }

  private void print(List<BoardSelection> boards, List<String> asked) {
    PrintWriter out = spec.commandLine().getOut();
    for (BoardSelection board : boards) {
      Selection selection = board.selection();
      SelectWords.lines(board, SelectWords.title(board, boards)).forEach(out::println);
      for (Choice choice : selection.choices()) {
        if (asked.contains(choice.label())) {
          out.println("Why not " + choice.label() + "?");
          WhyWords.of(choice, selection).forEach(line -> out.println("  " + line));
        }
      }
    }
  }
}
