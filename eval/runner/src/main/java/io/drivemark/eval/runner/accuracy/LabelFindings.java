package io.drivemark.eval.runner.accuracy;

import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.runner.evidence.PathRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What was found of the labels of a cell's frames, in one pass or put together from several, to be
 * written down.
 *
 * @param result of the frames
 * @param pass what gauges counted on them
 * @param kept the frames that pictures are made of
 * @param canary see {@link OpenedCell#canary}
 * @param runs for each picture, in the order seen, where cues are around the network
 * @param further writes what else a cell's evidence has, runs among it, below the cell's folder
 */
public record LabelFindings(
    AccuracyPass.Result result,
    GaugePass pass,
    KeptFrames<?> kept,
    String canary,
    List<PathRuns.Run> runs,
    Consumer<Path> further) {
  public LabelFindings {
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(pass, "pass");
    Objects.requireNonNull(kept, "kept");
    Objects.requireNonNull(canary, "canary");
    runs = List.copyOf(runs);
    Objects.requireNonNull(further, "further");
  }
}
