package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Shape;
import java.util.Arrays;
import java.util.Random;

/**
 * How a convolution's kernel starts: He-normal, with variance 2/fan-in (He et al., arXiv
 * 1502.01852).
 *
 * <p>A transposed convolution whose kernel is as large as its stride computes each pixel of a block
 * of that size by weights of its own, as ENet's last layer does. What they differ by in the
 * beginning is a checkerboard in the output, and it fades slowly, since the truth of such pixels
 * hardly differs: there all positions start alike (Aitken et al., arXiv 1707.02937). Stateless.
 */
public final class StartingKernel {
  private StartingKernel() {}

  /**
   * Draws a kernel.
   *
   * @param shape the last two extents are the kernel's height and width
   * @param fanIn values that an output is summed from, at least 1
   * @param positionsAlike whether all positions of the kernel are to have the weights of the first;
   *     as many numbers are drawn either way
   */
  public static Tensor draw(Shape shape, int fanIn, boolean positionsAlike, Random random) {
    double deviation = Math.sqrt(2.0 / fanIn);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    if (positionsAlike) {
      int positions = shape.extent(2) * shape.extent(3);
      for (int from = 0; from < values.length; from += positions) {
        Arrays.fill(values, from, from + positions, values[from]);
      }
    }
    return Tensor.sharing(shape, values);
  }
}
