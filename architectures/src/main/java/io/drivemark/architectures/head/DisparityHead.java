package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far each pixel moves to the left from the photograph to the picture of a camera to its right,
 * as a share of the width of what the network is given, padding included: [1, 1, h, w], [1, h, w,
 * 1] or [1, h, w]; or [1, 2, h, w], [1, h, w, 2], of which the first plane is meant and the second
 * is of the right picture. Decoded to a {@link io.drivemark.datasets.Depth} in metres on the
 * frame's grid: shares are upsampled bilinearly (pixel centres at half-integers), then
 *
 * <pre>metres = focal length in pixels · baseline / (share · width in pixels)</pre>
 *
 * with the frame's {@link io.drivemark.datasets.CameraPair}; a frame whose cameras are not known is
 * refused. Distances outside of the range become the nearer of its two ends, and so do shares of 0
 * and less, which are infinitely far. A number that is not finite or above 1 is an error.
 *
 * @param nearest metres, above 0
 * @param farthest metres, above nearest
 */
public record DisparityHead(double nearest, double farthest) implements HeadKind {
  /** The word of model files. */
  public static final String TYPE = "disparity";

  /** Reads them: {@code {range: [1, 80]}}; the range is in metres. */
  public static final class Type implements HeadType {
    @Override
    public String name() {
      return TYPE;
    }

    @Override
    public HeadKind read(ConfigMap keys, Path folder) {
      MetricRange range = MetricRange.read(keys);
      return new DisparityHead(range.nearest(), range.farthest());
    }
  }

  public DisparityHead {
    MetricRange.require(nearest, farthest);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String description() {
    return "disparity, share of the width, " + nearest + " to " + farthest + " m";
  }

  @Override
  public Map<String, Object> keys() {
    return Map.of("range", List.of(nearest, farthest));
  }

  @Override
  public Optional<String> misfit(Shape shape) {
    return MetricPlane.misfit(
        shape,
        2,
        "one or two planes of disparities [1, 1, height, width] or [1, 2, height, width]");
  }

  @Override
  public Optional<Task> task() {
    return Optional.of(Task.DEPTH);
  }

  @Override
  public HeadDecoder<io.drivemark.datasets.Depth> decoder(HeadSite site) {
    return new DisparityDecoder(this, site);
  }
}
