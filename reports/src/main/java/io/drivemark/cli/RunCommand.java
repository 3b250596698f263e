package io.drivemark.cli;

import io.drivemark.architectures.model.Model;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.shard.WorkCell;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.variant.MadeVariants;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
    header = Summaries.RUN,
    description = {
      "Runs every model of a study on every dataset with every engine, measures accuracy and speed,"
          + " and writes report.html, report.md, results.csv and results.json. What the study's prune"
          + " section asks for is made before, into DIR/variants.",
      "With --shards the accuracy is not measured here: what there is to measure is written into"
          + " DIR/shards, for any number of processes and machines that see DIR ('drivemark work DIR')"
          + " and one that puts together what they found ('drivemark merge DIR').",
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

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "Cut the frames of each cell into N ranges for workers, measure nothing here. Speed is one"
              + " machine's: the same command without it measures it after the merge.")
  private Integer shards;

  @Option(
      names = "--silence",
      paramLabel = "SECONDS",
      description =
          "With --shards: how long a worker may say nothing before others take its range over (120)."
              + " Longer than a network file system remembers a folder's names.")
  private Integer silence;

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
    PrintWriter err = spec.commandLine().getErr();
    if (shards != null || silence != null) {
      return share(err);
    }
    Study read = Study.read(study);
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

  private int share(PrintWriter err) {
    if (shards == null || !until.equals("latency")) {
      throw new BadInputException(
          shards == null
              ? "--silence is said of workers; give --shards N too"
              : "--shards measures nothing, so there is no --until; leave one of them out");
    }
    if (shards < 1 || silence != null && silence < 1) {
      throw new BadInputException(
          (shards < 1 ? "--shards is " + shards : "--silence is " + silence)
              + ", expected a whole number from 1");
    }
    Study read = Study.read(study.toAbsolutePath()); // workers start in other folders
    WorkList list =
        ShardedRun.share(
            read,
            out,
            shards,
            silence == null ? ShardedRun.SILENCE : Duration.ofSeconds(silence),
            TerminalProgress.to(err));
    PrintWriter print = spec.commandLine().getOut();
    for (WorkCell cell : list.cells()) {
      print.println(
          cell.title()
              + ": "
              + StoreCommand.count(cell.frames(), "frame")
              + " in "
              + StoreCommand.count(cell.ranges().size(), "range")
              + cell.whole().map(why -> ", one worker takes it: " + why).orElse(""));
    }
    list.left().forEach(left -> print.println("Left to the machine that merges: " + left));
    if (read.engines().stream().anyMatch(engine -> engine.threads().isEmpty())) {
      print.println(
          "Engines without threads: take "
              + list.threads()
              + ", as many as this machine has processors; a machine with another number of them"
              + " that measures speed later would measure accuracy anew, so write threads: "
              + list.threads()
              + ".");
    }
    print.println(
        "Start 'drivemark work "
            + out
            + "' as often and on as many machines as you like, then 'drivemark merge "
            + out
            + "'.");
    return findings(list.issues(), err);
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
