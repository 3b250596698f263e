package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Shape;
import java.util.Locale;
import java.util.Optional;

/** What operators are called where their times are listed. Stateless. */
public final class OperatorKinds {
  private static final String TRANSPOSED = "transposed convolution";

  private OperatorKinds() {}

  /** What a node computes, for people; layers whose speed differs have different names. */
  public static String kind(Network network, Node node) {
    if (node.op() instanceof Conv2d conv) {
      Optional<Shape> kernel = kernel(network, node);
      boolean isDepthwise = conv.groups() > 1 && kernel.map(k -> k.extent(1) == 1).orElse(false);
      if (isDepthwise) {
        return "depthwise convolution";
      }
      if (conv.dilation().h() > 1 || conv.dilation().w() > 1) {
        return "dilated convolution";
      }
      return kernel
          .map(k -> k.extent(2) + "×" + k.extent(3) + " convolution")
          .orElse("convolution");
    }
    if (node.op() instanceof ConvTranspose2d) {
      return TRANSPOSED;
    }
    if (node.op() instanceof Activation || node.op() instanceof PRelu) {
      return "activation";
    }
    if (node.op() instanceof BatchNorm) {
      return "normalisation";
    }
    if (node.op() instanceof Concat) {
      return "concatenation";
    }
    if (node.op() instanceof Elementwise) {
      return "sum or product of maps";
    }
    if (node.op() instanceof Opaque opaque) {
      return words(opaque.type());
    }
    return words(node.op().getClass().getSimpleName());
  }

  /** What an operator of the runtime's own does, by the runtime's name for it. */
  public static String ofRuntime(String operator) {
    return operator.startsWith("Reorder") ? "change of memory layout" : words(operator);
  }

  private static Optional<Shape> kernel(Network network, Node node) {
    return node.inputs().size() < 2
        ? Optional.empty()
        : Optional.ofNullable(network.weights().get(node.inputs().get(1)))
            .map(Weight::tensor)
            .map(t -> t.shape());
  }

  /** {@code MaxPool} is written max pool. */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
