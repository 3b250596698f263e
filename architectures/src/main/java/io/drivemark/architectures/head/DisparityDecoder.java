package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Depth;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.Optional;

/** From shares of the width to metres on a frame's grid; see {@link DisparityHead}. */
final class DisparityDecoder implements HeadDecoder<Depth> {
  private final HeadSite site;
  private final double nearest;
  private final double farthest;

  DisparityDecoder(DisparityHead head, HeadSite site) {
    this.site = site;
    this.nearest = head.nearest();
    this.farthest = head.farthest();
  }

  @Override
  public Class<Depth> decodesTo() {
    return Depth.class;
  }

  @Override
  public Shape buffer() {
    return site.output();
  }

  @Override
  public boolean needsCameras() {
    return true;
  }

  @Override
  public Depth decode(FloatBuffer output, int frameHeight, int frameWidth, int threads) {
    return decode(output, frameHeight, frameWidth, Optional.empty(), threads);
  }

  @Override
  public Depth decode(
      FloatBuffer output,
      int frameHeight,
      int frameWidth,
      Optional<CameraPair> cameras,
      int threads) {
    CameraPair pair =
        cameras.orElseThrow(
            () ->
                new BadInputException(
                    site.subject()
                        + ": answers with disparities, and focal length and baseline of the frame's"
                        + " cameras are not known, so they are no distances; take a dataset with"
                        + " a right view, or a network that answers with depth"));
    // what is padded has no part in the frame's width, but in the width that shares are of
    double pixels = frameWidth / site.columnShare();
    return new MetricPlane(
            site,
            2,
            "share of the width",
            1,
            "a network that answers with pixels must end with a division by its input's width")
        .decode(
            output,
            v -> v > 0 ? within(pair.metres(v * pixels)) : farthest,
            frameHeight,
            frameWidth,
            threads);
  }

  private double within(double metres) {
    return Math.min(farthest, Math.max(nearest, metres));
  }
}
