package io.drivemark.cli;

import io.drivemark.architectures.model.Model;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.variant.MadeVariants;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a study and writes its report. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Runs a study and writes its report.%n",
    description = {
      "Runs every model of a study on every dataset with every engine, measures accuracy and speed,"
          + " and writes report.html, report.md, results.csv and results.json. What the study's prune"
          + " section asks for is made before, into DIR/variants.",
      "Each finished cell and variant is kept at once, a training after each epoch: killed"
          + " half-way, the same command continues and gives the same accuracy."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  cat > study.yaml <<END",
      "  schema: drivemark-study/1",
      "  datasets: [{name: camvid, root: /data/camvid, split: val}]",
      "  models: [enet-camvid, my-network.yaml]",
      "  engines: [{name: onnxruntime, threads: 2}]",
      "  latency: {runs: 200}",
      "  require: {miou: \">=0.5\"}",
      "  END",
      "  drivemark run study.yaml --out results",
      "",
      "A study that makes variants of a model:",
      "  prune:",
      "    finetune: {epochs: 10, crop: 180x240, threads: 1}",
      "    variants:",
      "      - {parent: enet-camvid, technique: [filter, layer], keep: macs=0.6, criterion: [l1,"
          + " random]}",
      "      - {parent: enet-camvid, technique: dense}",
      "",
      "Exit codes: 0 fine; 1 a frame was left out, a variant could not be made or a requirement is",
      "not met; 2 bad input; 3 no engine could be started."
    })
final class RunCommand implements Callable<Integer> {
  private static final List<String> STAGES = List.of("plans", "variants", "accuracy", "latency");

  @Parameters(paramLabel = "STUDY.yaml", description = "What to measure.")
  private Path study;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where report, results and cells go.")
  private Path out;

  @Option(
      names = "--until",
      paramLabel = "STAGE",
      defaultValue = "latency",
      description =
          "Stop after plans (decided what variants lose), variants (made, not measured), accuracy or"
              + " latency (${DEFAULT-VALUE}); the same command without it goes on. What times"
              + " networks, plans to a latency and latency itself, wants a quiet machine.")
  private String until;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!STAGES.contains(until)) {
      throw new BadInputException(
          "--until is "
              + until
              + Nearest.hint(until, STAGES)
              + ", expected one of "
              + String.join(", ", STAGES));
    }
    OutputFile.requireFolder("--out", out);
    Study read = Study.read(study);
    PrintWriter err = spec.commandLine().getErr();
    if (until.equals("plans")) {
      return findings(Runner.planVariants(read, out, TerminalProgress.to(err)), err);
    }
    if (until.equals("variants")) {
      return variants(read, err);
    }
    Study wanted = until.equals("accuracy") ? read.withLatency(Optional.empty()) : read;
    return StudyOutput.finish(
        Runner.run(wanted, out, TerminalProgress.to(err)), out, spec.commandLine().getOut(), err);
  }

  private int variants(Study read, PrintWriter err) {
    MadeVariants made = Runner.makeVariants(read, out, TerminalProgress.to(err));
    for (Model model : made.models()) {
      Map<String, String> facts = model.spec().provenance();
      spec.commandLine()
          .getOut()
          .println(
              model.spec().name()
                  + ": "
                  + model.storedParameters().total()
                  + " parameters"
                  + (facts.containsKey("val-miou") ? ", val mIoU " + facts.get("val-miou") : ""));
    }
    return findings(made.issues(), err);
  }

  private static int findings(List<String> issues, PrintWriter err) {
    issues.forEach(issue -> err.println("finding: " + issue));
    return issues.isEmpty() ? ExitCode.FINE : ExitCode.FINDINGS;
  }
}
