package io.drivemark.cli;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.method.Judge;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.nightly.DryRun;
import io.drivemark.eval.history.nightly.FailOn;
import io.drivemark.eval.history.nightly.Nightly;
import io.drivemark.eval.history.nightly.Outcome;
import io.drivemark.eval.history.nightly.Parts;
import io.drivemark.eval.history.nightly.StoredHistory;
import io.drivemark.eval.history.nightly.ThisMachine;
import io.drivemark.eval.history.store.StoreUrl;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.ruler.Ruler;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.UnavailableException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a night. */
@Command(
    name = "nightly",
    mixinStandardHelpOptions = true,
    header = Summaries.NIGHTLY,
    description = {
      "Runs a study into a folder of its own, times it again in fresh processes, takes it into the"
          + " history and judges it against the nights before: accuracy exactly, latency by"
          + " statistics whose false alarms are counted. What is suspected is timed again before it"
          + " is believed.",
      "Killed at any point, the same command goes on with the same night. A store that is new takes in"
          + " the nights that lie there first."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  cat > night.yaml <<END",
      "  schema: drivemark-night/1",
      "  study: study.yaml",
      "  notify: [{on: [opened, closed, unjudged], command: [./tell.sh]}]",
      "  END",
      "  drivemark nightly night.yaml",
      "",
      "Exit codes: 0 enough was judged and nothing is worse; 1 something is worse: confirmed, bits",
      "that were to be equal are not, or a requirement of the study is not met; 2 bad input; 3 too",
      "little was judged: an engine is missing, the machine was busy, frames are gone, the store",
      "cannot be reached, or there are too few nights before. The verdict says which."
    })
final class NightlyCommand implements Callable<Integer> {
  private static final List<String> FAIL_ON =
      Arrays.stream(FailOn.values()).map(FailOn::word).toList();

  /** More of them tell nobody anything. */
  private static final int MOST_REASONS = 5;

  @Parameters(paramLabel = "NIGHT.yaml", description = "What every night does.")
  private Path file;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = "sqlite:FILE or postgresql://HOST/DATABASE, in place of the file's.")
  private String store;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      defaultValue = "confirmed",
      description =
          "What ends with 1: confirmed (${DEFAULT-VALUE}), candidate (what is suspected, too) or"
              + " never. Too little judged ends with 3 whatever is said here.")
  private String failOn;

  @Option(names = "--no-confirm", description = "Do not time again what is suspected.")
  private boolean noConfirm;

  @Option(
      names = "--dry-run",
      description = "Say what would be done and how long it would take, and do nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int choice = FAIL_ON.indexOf(failOn);
    if (choice < 0) {
      throw new BadInputException(
          "--fail-on is "
              + failOn
              + Nearest.hint(failOn, FAIL_ON)
              + ", expected one of "
              + String.join(", ", FAIL_ON));
    }
    NightPlan plan = NightPlan.read(file);
    if (store != null) {
      plan = plan.withStore(store);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Nightly nightly = new Nightly(plan, !noConfirm, parts(err));
    if (dryRun) {
      say(nightly.dryRun(), out);
      return ExitCode.FINE;
    }
    Outcome outcome = nightly.run();
    say(outcome, out, err);
    return outcome.exitCode(FailOn.values()[choice]);
  }

  private static Parts parts(PrintWriter err) {
    return new Parts(
        Instant::now,
        NightlyCommand::sleep,
        Sources.installed(),
        new ThisMachine(),
        () -> Ruler.measure(Engines.named("onnxruntime"), NanoClock.SYSTEM),
        new ChildJvm(),
        StoredHistory.opener(Optional.ofNullable(System.getenv(StoreUrl.PASSWORD)), Judge::judge),
        NightViews::write,
        new NoticeCommand(),
        TerminalProgress.to(err));
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while waiting", e);
    }
  }

  private static void say(DryRun would, PrintWriter out) {
    out.println(
        would
            .goesOn()
            .map(night -> "Would go on with the night " + night + ", which was killed:")
            .orElse("Would begin a night, with " + would.history() + " before it:"));
    for (DryRun.Step step : would.steps()) {
      out.println("  " + step.what() + ": " + step.time());
    }
    out.println("All of it: " + would.time() + ", by the times of the last night.");
    would.notes().forEach(note -> out.println("note: " + note));
    would
        .unquiet()
        .ifPresent(why -> out.println("The machine is not fit for timing now: " + why + "."));
  }

  private static void say(Outcome outcome, PrintWriter out, PrintWriter err) {
    Verdict verdict = outcome.verdict();
    out.println(verdict.sentence());
    verdict.reasons().forEach(reason -> out.println("  " + reason));
    Verdict.Coverage coverage = verdict.coverage();
    out.println(
        "Judged "
            + coverage.judged()
            + " of "
            + Counted.of(coverage.judged() + coverage.notJudged(), "figure")
            + ".");
    outcome.unjudged().entrySet().stream()
        .limit(MOST_REASONS)
        .forEach(e -> out.println("  not judged: " + e.getValue() + " × " + e.getKey()));
    if (outcome.unjudged().size() > MOST_REASONS) {
      int more = outcome.unjudged().size() - MOST_REASONS;
      out.println("  and " + Counted.of(more, "more reason") + ", in the verdict's census");
    }
    outcome.requirements().forEach(finding -> err.println("finding: " + finding));
    outcome.unchecked().forEach(finding -> err.println("not checked: " + finding));
    outcome.notes().forEach(note -> err.println("note: " + note));
    out.println("Verdict: " + outcome.night().verdict().toAbsolutePath().normalize());
  }
}
