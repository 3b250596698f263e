package io.drivemark.architectures.zoo.option;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The option of decoders that end at 1/8. Stateless. */
public final class Tail {
  private static final String BILINEAR = "bilinear";

  /** How the logits come to the image's extent. */
  public static final Option OPTION =
      Option.word(
          "tail",
          List.of("transposed", BILINEAR),
          "last step from 1/8 to full size: transposed convolution, or left to the caller");

  private Tail() {}

  /** Whether the last step is left to the caller. */
  public static boolean bilinear(Options chosen) {
    return chosen.word(OPTION.name()).equals(BILINEAR);
  }

  /**
   * The choice that leaves a node out, {@code tail=bilinear}: of architectures that can end before
   * their last transposed convolution and leave the rest of the way to bilinear interpolation.
   *
   * @param architecture the zoo's name, or any other
   * @param options the model's
   */
  public static Optional<String> instead(
      String architecture, Map<String, String> options, Network network, Node node) {
    boolean hasTail =
        Architectures.names().contains(architecture)
            && Architectures.named(architecture).options().contains(OPTION);
    return hasTail
            && !BILINEAR.equals(options.get(OPTION.name()))
            && node.op() instanceof ConvTranspose2d
            && isLastConvolution(network, node)
        ? Optional.of(OPTION.name() + "=" + BILINEAR)
        : Optional.empty();
  }

  /** Whether no further convolution lies between a node and the logits. */
  private static boolean isLastConvolution(Network network, Node node) {
    List<Node> nodes = network.nodes();
    return nodes.subList(nodes.indexOf(node) + 1, nodes.size()).stream()
        .noneMatch(n -> n.op() instanceof Conv2d || n.op() instanceof ConvTranspose2d);
  }
}
