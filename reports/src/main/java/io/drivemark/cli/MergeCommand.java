package io.drivemark.cli;

import io.drivemark.eval.runner.MergedRun;
import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.study.Study;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts together what workers found. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    header = Summaries.MERGE,
    description = {
      "Holds what 'drivemark work' wrote against each other: rows of a frame that two workers"
          + " measured, and what each machine answers on a fixed frame. Where all frames are there and"
          + " nothing differs the folder is as if one machine had measured its accuracy, to the bit.",
      "Speed is never spread: 'drivemark run STUDY.yaml --out DIR' measures it afterwards, on the"
          + " machine that it shall be of."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  drivemark merge /shared/results",
      "",
      "Exit codes: 0 fine; 1 workers disagree, a frame was left out or a requirement is not met; 2",
      "frames are missing, or bad input; 3 environment."
    })
final class MergeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder that was given to run as --out.")
  private Path folder;

  @Option(
      names = "--study",
      paramLabel = "STUDY.yaml",
      description =
          "The study as this machine sees it, where its data lie elsewhere; the same cells must come"
              + " of it.")
  private Path study;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    MergedRun merged =
        ShardedRun.merge(
            folder,
            Optional.ofNullable(study).map(file -> Study.read(file.toAbsolutePath())),
            TerminalProgress.to(err));
    merged.outcome().notes().forEach(note -> err.println("note: " + note));
    if (merged.result().isEmpty()) {
      merged.outcome().disagreements().forEach(d -> err.println("finding: " + d));
      merged.outcome().missing().forEach(m -> err.println("missing: " + m));
      return ExitCode.FINDINGS;
    }
    int code = StudyOutput.finish(merged.result().get(), folder, out, err);
    if (WorkList.read(folder).parsed().latency().isPresent()) {
      out.println(
          "Speed is one machine's: 'drivemark run STUDY.yaml --out "
              + folder
              + "' measures it there.");
    }
    return code;
  }
}
