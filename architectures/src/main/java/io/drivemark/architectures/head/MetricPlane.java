package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.BilinearPlane;
import io.drivemark.datasets.Depth;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The first plane of an output whose numbers stand for distances: read, checked, brought to the
 * frame's grid bilinearly and turned into metres there.
 */
final class MetricPlane {
  private static final int RANK = 4;

  private final HeadSite site;
  private final String what;
  private final double largest;
  private final String beyond;
  private final int height;
  private final int width;
  private final int step;

  /**
   * @param most planes that the output may have
   * @param what one number is, for messages
   * @param largest the largest number that is one
   * @param beyond why a larger one is none
   */
  MetricPlane(HeadSite site, int most, String what, double largest, String beyond) {
    this.site = site;
    this.what = what;
    this.largest = largest;
    this.beyond = beyond;
    Shape shape = site.output();
    boolean last = shape.rank() == RANK && !isCount(shape.extent(1), most);
    this.height = shape.extent(last ? 1 : -2);
    this.width = shape.extent(last ? 2 : -1);
    this.step = last ? shape.extent(3) : 1;
  }

  /**
   * Why an output has no such plane.
   *
   * @param most planes that it may have
   * @param expected in words
   */
  static Optional<String> misfit(Shape shape, int most, String expected) {
    if (!shape.hasRank()) {
      return Optional.empty();
    }
    boolean first = shape.rank() == RANK && isCount(shape.extent(1), most);
    boolean last = shape.rank() == RANK && isCount(shape.extent(3), most);
    boolean plane = shape.rank() == RANK - 1;
    if (!isCount(shape.extent(0), 1) || !(plane || first || last)) {
      return Optional.of("is " + shape + ", expected " + expected);
    }
    boolean both = first && last && shape.extent(1) > 0 && shape.extent(3) > 0;
    return both && !(shape.extent(1) == 1 && shape.extent(2) == 1 && shape.extent(3) == 1)
        ? Optional.of(
            "is " + shape + ", which does not tell height from width; expected [1, height, width]")
        : Optional.empty();
  }

  private static boolean isCount(int extent, int most) {
    return extent >= 1 && extent <= most || extent == Shape.UNKNOWN;
  }

  /**
   * Metres on a frame's grid.
   *
   * @param metres from a finite number of the output
   */
  Depth decode(
      FloatBuffer output,
      DoubleUnaryOperator metres,
      int frameHeight,
      int frameWidth,
      int threads) {
    float[] values = values(output);
    BilinearPlane plane =
        new BilinearPlane(
            height, width, site.rowShare(), site.columnShare(), frameHeight, frameWidth);
    float[] out = new float[Math.multiplyExact(frameHeight, frameWidth)];
    int parts = Math.min(threads, frameHeight);
    IntStream range = IntStream.range(0, parts);
    (parts > 1 ? range.parallel() : range)
        .forEach(
            p -> {
              int from = (int) ((long) p * frameHeight / parts);
              int to = (int) ((p + 1L) * frameHeight / parts);
              plane.fill(values, from, to, out);
              for (int i = from * frameWidth; i < to * frameWidth; i++) {
                out[i] = (float) metres.applyAsDouble(out[i]);
              }
            });
    return Depth.of(frameHeight, frameWidth, out);
  }

  private float[] values(FloatBuffer output) {
    FloatBuffer all = output.duplicate().clear();
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i * step);
      if (!Float.isFinite(values[i])) {
        throw refused(i, values[i], "the network's weights or its input are damaged");
      }
      if (values[i] > largest) {
        throw refused(i, values[i], beyond);
      }
    }
    return values;
  }

  /** The refusal of a number of the output. */
  private BadInputException refused(int index, float value, String why) {
    return new BadInputException(
        site.subject()
            + ": "
            + value
            + " at row "
            + index / width
            + ", column "
            + index % width
            + " is no "
            + what
            + "; "
            + why);
  }
}
