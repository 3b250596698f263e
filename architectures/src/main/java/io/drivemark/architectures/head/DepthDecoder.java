package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.Depth;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** From one plane of numbers to metres on a frame's grid; see {@link DepthHead}. */
final class DepthDecoder implements HeadDecoder<Depth> {
  private final HeadSite site;
  private final DoubleUnaryOperator metres;

  DepthDecoder(DepthHead head, HeadSite site) {
    this.site = site;
    this.metres = head.metres();
  }

  static Optional<String> misfit(Shape shape) {
    return MetricPlane.misfit(
        shape, 1, "one plane of depth [1, 1, height, width] or [1, height, width]");
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
  public Depth decode(FloatBuffer output, int frameHeight, int frameWidth, int threads) {
    return new MetricPlane(site, 1, "depth", Double.POSITIVE_INFINITY, "")
        .decode(output, metres, frameHeight, frameWidth, threads);
  }
}
