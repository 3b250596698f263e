package io.drivemark.eval.runner.accuracy;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What was found of the distances of a cell's frames, in one pass or put together from several, to
 * be written down.
 *
 * @param result of the frames
 * @param kept the frames that pictures are made of
 * @param canary see {@link OpenedCell#canary}
 * @param further writes what else there is below the cell's folder
 */
public record DepthFindings(
    DepthPass.Result result, KeptFrames<?> kept, String canary, Consumer<Path> further) {
  public DepthFindings {
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(kept, "kept");
    Objects.requireNonNull(canary, "canary");
    Objects.requireNonNull(further, "further");
  }
}
