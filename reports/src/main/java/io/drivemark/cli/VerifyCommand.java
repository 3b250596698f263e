package io.drivemark.cli;

import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.verify.DatasetVerifier;
import io.drivemark.datasets.verify.Finding;
import io.drivemark.datasets.verify.VerifyJson;
import io.drivemark.datasets.verify.VerifyReport;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import io.drivemark.problem.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    header = Summaries.VERIFY,
    description =
        "Looks through a dataset for what would spoil an evaluation: missing partners, sizes that"
            + " differ, unknown label values, damaged files, links that lead astray, frames two"
            + " splits share or nearly share; and counts its classes. Exit code 1 if there are"
            + " errors.",
    footerHeading = "%nExample:%n",
    footer = {
      "  drivemark verify --dataset camvid --root /data/camvid",
      "  drivemark verify --dataset mapillary-v1.2 --root /data/mapillary --fast --json found.json",
      "",
      "'drivemark datasets verify' is the same."
    })
final class VerifyCommand implements Callable<Integer> {
  /** Findings of one kind that are printed for a split; the JSON file has all. */
  private static final int MOST_LINES = 20;

  @Mixin private DatasetArguments dataset;

  @Option(
      names = "--split",
      paramLabel = "S",
      description = "One split; by default all that are there.")
  private String split;

  @Option(
      names = "--fast",
      description =
          "Check that photographs are whole without decoding them, and read the label values of at"
              + " most "
              + DatasetVerifier.FAST_FRAMES
              + " frames, spread evenly.")
  private boolean fast;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write every finding and count to this file.")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputFile.requireWritable("--json", json);
    (split == null ? splits() : List.of(split))
        .forEach(each -> dataset.places(each).requireFile("--json", json));
    Progress progress = TerminalProgress.to(spec.commandLine().getErr());
    List<VerifyReport> reports = new ArrayList<>();
    List<BadInputException> absent = new ArrayList<>();
    if (split != null) {
      reports.add(verify(split, progress));
    } else {
      for (String each : splits()) {
        try {
          reports.add(verify(each, progress));
        } catch (BadInputException e) {
          absent.add(e);
        }
      }
      if (reports.isEmpty()) {
        throw absent.get(0);
      }
      absent.forEach(e -> spec.commandLine().getErr().println("not looked at: " + e.getMessage()));
    }
    reports = VerifyReport.withoutRepeats(reports);
    if (json != null) {
      ResultsJson.writeNode(
          json, VerifyJson.of(reports, absent.stream().map(Exception::getMessage).toList()));
    }
    PrintWriter out = spec.commandLine().getOut();
    reports.forEach(report -> findings(report, out));
    reports.forEach(report -> classes(report, out));
    summary(reports, out);
    return reports.stream().anyMatch(VerifyReport::hasErrors) ? ExitCode.FINDINGS : ExitCode.FINE;
  }

  private VerifyReport verify(String one, Progress progress) {
    return DatasetVerifier.verify(dataset.request(one, false), fast, progress);
  }

  private List<String> splits() {
    return Datasets.splits(dataset.name(), dataset.root());
  }

  private void findings(VerifyReport report, PrintWriter out) {
    Map<Finding.Kind, Integer> printed = new EnumMap<>(Finding.Kind.class);
    for (Finding finding : errorsFirst(report.findings())) {
      if (printed.merge(finding.kind(), 1, Integer::sum) <= MOST_LINES) {
        out.println(
            severity(finding.kind())
                + "\t"
                + finding.kind().word()
                + "\t"
                + (finding.id().isEmpty() ? "-" : finding.id())
                + "\t"
                + finding.message());
      }
    }
    printed.forEach(
        (kind, count) -> {
          if (count > MOST_LINES) {
            out.println(
                severity(kind)
                    + "\t"
                    + kind.word()
                    + "\t-\tand "
                    + (count - MOST_LINES)
                    + " more in split "
                    + report.split()
                    + "; --json writes all");
          }
        });
  }

  private static List<Finding> errorsFirst(List<Finding> findings) {
    return findings.stream().sorted(Comparator.comparing(f -> f.kind().severity())).toList();
  }

  private static String severity(Finding.Kind kind) {
    return kind.severity().name().toLowerCase(Locale.ROOT);
  }

  private static void classes(VerifyReport report, PrintWriter out) {
    out.println(
        report.dataset()
            + " "
            + report.split()
            + ": "
            + report.goodFrames()
            + " of "
            + Counted.of(report.frames(), "frame")
            + (report.goodFrames() == 1 ? " is good" : " are good")
            + (report.decoded() < report.goodFrames()
                ? ", label values read in " + report.decoded()
                : "")
            + String.format(
                Locale.ROOT,
                ", %.2f %% void (median frame %.2f %%, worst %.2f %%)",
                100 * report.voidShare(),
                100 * report.voids().median(),
                100 * report.voids().highest()));
    for (VerifyReport.ClassCount c : report.classes()) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %-20s %6.2f %%  in %d %s",
              c.name(),
              report.pixels() == 0 ? 0 : 100.0 * c.pixels() / report.pixels(),
              c.frames(),
              c.frames() == 1 ? "frame" : "frames"));
    }
    out.println("  sizes " + report.sizes() + " (height x width=frames)");
  }

  /** One line a kind of finding, one column a split. */
  private static void summary(List<VerifyReport> reports, PrintWriter out) {
    out.print(String.format(Locale.ROOT, "%-24s", "findings"));
    reports.forEach(r -> out.print(String.format(Locale.ROOT, " %12s", r.split())));
    out.println();
    for (Finding.Kind kind : Finding.Kind.values()) {
      if (reports.stream().anyMatch(r -> r.counts().containsKey(kind))) {
        out.print(String.format(Locale.ROOT, "%-24s", severity(kind) + " " + kind.word()));
        reports.forEach(
            r -> out.print(String.format(Locale.ROOT, " %12d", r.counts().getOrDefault(kind, 0L))));
        out.println();
      }
    }
    if (reports.stream().allMatch(r -> r.findings().isEmpty())) {
      out.println("none");
    }
  }
}
