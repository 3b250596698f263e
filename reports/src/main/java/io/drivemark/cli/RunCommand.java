package io.drivemark.cli;

import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.study.Study;
import java.io.PrintWriter;
import java.nio.file.Path;
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
          + " and writes report.html, report.md, results.csv and results.json.",
      "Each finished cell is kept at once: killed half-way, the same command continues and gives"
          + " the same accuracy."
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
      "Exit codes: 0 fine; 1 a frame was left out or a requirement is not met; 2 bad input; 3 no",
      "engine could be started."
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STUDY.yaml", description = "What to measure.")
  private Path study;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where report, results and cells go.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    return StudyOutput.finish(
        Runner.run(Study.read(study), out, TerminalProgress.to(err)),
        out,
        spec.commandLine().getOut(),
        err);
  }
}
