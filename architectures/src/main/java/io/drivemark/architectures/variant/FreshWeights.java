package io.drivemark.architectures.variant;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.StartingKernel;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A network's structure with nothing of what it learned: the control that tells whether a pruned
 * network profits from its parent's weights or from its shape alone.
 *
 * <p>Kernels are drawn as {@link StartingKernel} says, biases 0, normalisations neutral, slopes of
 * parametric ReLUs 0.25: as the networks of the zoo start. Constants stay, and so does what is no
 * parameter of these operators. Stateless.
 */
public final class FreshWeights {
  private static final float SLOPE = 0.25f;

  private FreshWeights() {}

  /**
   * The same structure, started anew.
   *
   * @param seed decides the kernels
   */
  public static Network of(Network network, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> fresh = new LinkedHashMap<>();
    for (Node node : network.nodes()) {
      if (node.op() instanceof Conv2d) {
        convolution(network, node, 1, random, fresh);
      } else if (node.op() instanceof ConvTranspose2d op) {
        convolution(network, node, op.stride().h() * op.stride().w(), random, fresh);
      } else if (node.op() instanceof BatchNorm) {
        fill(network, node, 1, 1, fresh);
        fill(network, node, 2, 0, fresh);
        fill(network, node, 3, 0, fresh);
        fill(network, node, 4, 1, fresh);
      } else if (node.op() instanceof PRelu) {
        fill(network, node, 1, SLOPE, fresh);
      }
    }
    return network.withTensors(fresh);
  }

  /** A transposed convolution gives each output a share of its kernel that the stride decides. */
  private static void convolution(
      Network network, Node node, int stride, Random random, Map<String, Tensor> fresh) {
    Weight kernel = network.weights().get(node.inputs().get(1));
    if (kernel != null && kernel.role() == Weight.Role.LEARNED) {
      Shape shape = kernel.tensor().shape();
      int inputs =
          node.op() instanceof ConvTranspose2d transposed
              ? shape.extent(0) / transposed.groups()
              : shape.extent(1);
      int fanIn = Math.max(1, inputs * shape.extent(2) * shape.extent(3) / stride);
      boolean alike =
          node.op() instanceof ConvTranspose2d transposed
              && transposed.stride().equals(new Extent(shape.extent(2), shape.extent(3)))
              && transposed.dilation().equals(Extent.ONE);
      fresh.put(kernel.name(), StartingKernel.draw(shape, fanIn, alike, random));
    }
    if (node.inputs().size() > 2) {
      fill(network, node, 2, 0, fresh);
    }
  }

  private static void fill(
      Network network, Node node, int input, float value, Map<String, Tensor> fresh) {
    Weight weight = network.weights().get(node.inputs().get(input));
    if (weight != null && weight.role() != Weight.Role.CONSTANT) {
      fresh.put(weight.name(), Tensor.filled(weight.tensor().shape(), value));
    }
  }
}
