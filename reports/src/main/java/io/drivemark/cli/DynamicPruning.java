package io.drivemark.cli;

import io.drivemark.architectures.estimate.GateEstimate;
import io.drivemark.architectures.estimate.GateEstimator;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.variant.GateMaker;
import io.drivemark.config.JsonText;
import io.drivemark.files.DurableFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** What {@code prune --technique dynamic} does once everything is opened. */
final class DynamicPruning {
  private final GateMaker maker;
  private final PrintWriter out;

  DynamicPruning(GateMaker maker, PrintWriter out) {
    this.maker = maker;
    this.out = out;
  }

  /**
   * Prints what ratios would save.
   *
   * @param clock the engine whose times are predicted; empty if none is asked for
   * @param asked a ratio besides the usual ones; 1 if none is asked for
   * @param json where the estimate goes; null if nowhere
   */
  void estimate(Optional<EngineSetup> clock, double asked, Path json) {
    clock.ifPresent(maker::timedOn);
    List<Double> ratios =
        DoubleStream.concat(
                GateEstimator.RATIOS.stream().mapToDouble(r -> r), DoubleStream.of(asked))
            .distinct()
            .boxed()
            .toList();
    GateEstimate estimate = maker.estimate(ratios);
    EstimateTable.lines(estimate).forEach(out::println);
    if (json != null) {
      DurableFiles.write(json, JsonText.indented(estimate.keys()) + "\n");
    }
  }
}
