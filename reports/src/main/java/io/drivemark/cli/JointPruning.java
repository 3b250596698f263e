package io.drivemark.cli;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.variant.CalibrationSet;
import io.drivemark.architectures.variant.JointMaker;
import io.drivemark.architectures.variant.JointTask;
import io.drivemark.architectures.variant.PruneRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** What {@code prune --technique joint} does once everything is opened. */
final class JointPruning {
  private final JointTask task;
  private final PruneParent opened;
  private final JointMaker maker;
  private final PrintWriter out;

  /**
   * @param pruning where times of pieces are kept, where a latency is
   */
  JointPruning(JointTask task, PruneParent opened, PruneArguments pruning, CommandLine command) {
    this.task = task;
    this.opened = opened;
    this.out = command.getOut();
    boolean timed = task.request().amount() instanceof PruneRequest.KeepLatency;
    this.maker =
        new JointMaker(
            task,
            opened.setting(
                timed ? pruning.keptTables() : LatencyTables.notKept(),
                Optional.empty(),
                task.recipe().threads()),
            TerminalProgress.to(command.getErr()));
  }

  /**
   * Learns masks, tunes what they leave, and writes both.
   *
   * @param masked where what masks leave goes; null if nowhere
   * @return 1 if it takes more of the latency than was asked for
   */
  int run(PruneOutput output, Path masked) {
    Model start = maker.start(output.masksCheckpoint());
    say(start);
    if (masked != null) {
      Model small = start.forInference();
      Models.write(small, masked);
      out.println(OutputFile.summary(small, masked));
    }
    output.deliver(maker.finish(start, output.checkpoint()), opened.val());
    return task.request()
        .amount()
        .by(
            factor -> ExitCode.FINE,
            keep -> ExitCode.FINE,
            keep -> reached(start.spec().provenance(), keep.share()));
  }

  private void say(Model start) {
    Network parent = opened.parent().network();
    CalibrationSet frames = opened.frames();
    for (Measure measure : Measure.values()) {
      long before = measure.of(parent, frames.height(), frames.width());
      long after = measure.of(start.network(), frames.height(), frames.width());
      say("%-8s %d of %d (%.1f %%)", measure.key(), after, before, 100.0 * after / before);
    }
    Map<String, String> found = start.spec().provenance();
    say(
        "masks    penalty %s, lambda %s in the end",
        found.get("mask-penalty"), found.get("mask-lambda"));
    if (found.containsKey("mask-frozen")) {
      say(
          "         %s of %s live (encoder %s, decoder %s), frozen %s",
          found.get("masks-live"),
          found.get("masks"),
          found.get("mask-encoder-live"),
          found.get("mask-decoder-live"),
          found.get("mask-frozen"));
    }
    if (found.containsKey("mask-removable")) {
      say(
          "         one filter is left of %s: prune such layers with --technique layer",
          found.get("mask-removable"));
    }
  }

  private int reached(Map<String, String> found, double asked) {
    double share = Double.parseDouble(found.get("latency-measured"));
    double band = Double.parseDouble(found.get("latency-band"));
    say(
        "latency  %s of %s ms (%.1f %%, A-A band ±%.1f %%) at %s on %s",
        found.get("latency-ms"),
        found.get("latency-parent-ms"),
        100 * share,
        100 * band,
        found.get("latency-size"),
        found.get("latency-engine"));
    if (share <= asked + band) {
      return ExitCode.FINE;
    }
    say("         asked for were %.1f %%; ask for less", 100 * asked);
    return ExitCode.FINDINGS;
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
