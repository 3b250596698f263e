package io.drivemark.cli;

import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.verify.DatasetVerifier;
import io.drivemark.datasets.verify.Finding;
import io.drivemark.datasets.verify.VerifyReport;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks through a dataset for what would spoil an evaluation. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    header = "Looks through a dataset for mistakes.%n",
    description =
        "Looks through a dataset for what would spoil an evaluation: missing partners, sizes that"
            + " differ, unknown label values, damaged files, frames two splits share; and counts"
            + " its classes. Exit code 1 if there are errors.",
    footerHeading = "%nExample:%n",
    footer = "  drivemark verify --dataset camvid --root /data/camvid")
final class VerifyCommand implements Callable<Integer> {
  @Mixin private DatasetArguments dataset;

  @Option(
      names = "--split",
      paramLabel = "S",
      description = "One split; by default all that are there.")
  private String split;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Progress progress = TerminalProgress.to(spec.commandLine().getErr());
    List<VerifyReport> reports = new ArrayList<>();
    if (split != null) {
      reports.add(DatasetVerifier.verify(dataset.request(split, false), progress));
    } else {
      List<BadInputException> absent = new ArrayList<>();
      for (String each : splits()) {
        try {
          reports.add(DatasetVerifier.verify(dataset.request(each, false), progress));
        } catch (BadInputException e) {
          absent.add(e);
        }
      }
      if (reports.isEmpty()) {
        throw absent.get(0);
      }
      absent.forEach(e -> spec.commandLine().getErr().println("not looked at: " + e.getMessage()));
    }
    reports.forEach(this::print);
    return reports.stream().anyMatch(VerifyReport::hasErrors) ? ExitCode.FINDINGS : ExitCode.FINE;
  }

  private List<String> splits() {
    return Datasets.infos().stream()
        .filter(info -> info.name().equals(dataset.name()))
        .findFirst()
        .map(Datasets.Info::splits)
        .orElseGet(() -> Datasets.format(dataset.name()).splits());
  }

  private void print(VerifyReport report) {
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : report.findings()) {
      String severity = finding.kind().severity().name().toLowerCase(Locale.ROOT);
      out.println(
          severity
              + "\t"
              + finding.kind().word()
              + "\t"
              + (finding.id().isEmpty() ? "-" : finding.id())
              + "\t"
              + finding.message());
    }
    out.println(
        report.dataset()
            + " "
            + report.split()
            + ": "
            + report.goodFrames()
            + " of "
            + report.frames()
            + " frames are good, "
            + String.format(Locale.ROOT, "%.2f", 100 * report.voidShare())
            + " % void");
    for (VerifyReport.ClassCount c : report.classes()) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %-20s %6.2f %%  in %d frames",
              c.name(),
              report.pixels() == 0 ? 0 : 100.0 * c.pixels() / report.pixels(),
              c.frames()));
    }
  }
}
