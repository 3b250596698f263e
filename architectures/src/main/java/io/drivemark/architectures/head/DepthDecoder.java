package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.BilinearPlane;
import io.drivemark.datasets.Depth;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** From one plane of numbers to metres on a frame's grid; see {@link DepthHead}. */
final class DepthDecoder implements HeadDecoder<Depth> {
  private static final int RANK = 4;

  private final HeadSite site;
  private final DoubleUnaryOperator metres;
  private final int height;
  private final int width;

  DepthDecoder(DepthHead head, HeadSite site) {
    this.site = site;
    this.metres = head.metres();
    Shape shape = site.output();
    boolean last = shape.rank() == RANK && shape.extent(1) != 1;
    this.height = shape.extent(last ? 1 : -2);
    this.width = shape.extent(last ? 2 : -1);
  }

  static Optional<String> misfit(Shape shape) {
    if (!shape.hasRank()) {
      return Optional.empty();
    }
    boolean plane = shape.rank() == RANK - 1 && isOne(shape.extent(0));
    boolean fits =
        plane
            || shape.rank() == RANK
                && isOne(shape.extent(0))
                && (isOne(shape.extent(1)) || isOne(shape.extent(3)));
    if (!fits) {
      return Optional.of(
          "is "
              + shape
              + ", expected one plane of depth [1, 1, height, width] or [1, height, width]");
    }
    boolean both = shape.rank() == RANK && shape.extent(1) == 1 && shape.extent(3) == 1;
    return both && shape.extent(2) != 1
        ? Optional.of(
            "is " + shape + ", which does not tell height from width; expected [1, height, width]")
        : Optional.empty();
  }

  private static boolean isOne(int extent) {
    return extent == 1 || extent == Shape.UNKNOWN;
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
    float[] values = new float[height * width];
    output.duplicate().clear().get(0, values);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new BadInputException(
            site.subject()
                + ": "
                + values[i]
                + " at row "
                + i / width
                + ", column "
                + i % width
                + " is no depth; the network's weights or its input are damaged");
      }
    }
    BilinearPlane plane =
        new BilinearPlane(
            height, width, site.rowShare(), site.columnShare(), frameHeight, frameWidth);
    float[] out = new float[Math.multiplyExact(frameHeight, frameWidth)];
    int parts = Math.min(threads, frameHeight);
    IntStream range = IntStream.range(0, parts);
    (parts > 1 ? range.parallel() : range)
        .forEach(
            p ->
                fill(
                    plane,
                    values,
                    out,
                    (int) ((long) p * frameHeight / parts),
                    (int) ((p + 1L) * frameHeight / parts)));
    return Depth.of(frameHeight, frameWidth, out);
  }

  private void fill(BilinearPlane plane, float[] values, float[] out, int from, int to) {
    plane.fill(values, from, to, out);
    int columns = plane.width();
    for (int i = from * columns; i < to * columns; i++) {
      out[i] = (float) metres.applyAsDouble(out[i]);
    }
  }
}
