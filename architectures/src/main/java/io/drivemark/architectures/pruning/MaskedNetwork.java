package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network whose removed channels are held at zero where they are read: a gate stands before every
 * convolution that mixes channels. Whatever normalisation and activation make of a removed channel
 * (a shift turns its zeros into something else) is stopped there, so that this network computes
 * exactly what {@link Materialise} makes of the same masks. Stateless.
 */
public final class MaskedNetwork {
  /** Name of a gate's mask: this, the gated value's name, and {@code .mask}. */
  private static final String MASK = Weight.CONSTANT_PREFIX;

  private MaskedNetwork() {}

  /**
   * The network with gates; a map that loses nothing gets none.
   *
   * @param masks made from this network's groups
   */
  public static Network of(Network network, ChannelMasks masks) {
    Map<String, int[]> units = masks.groups().byValue();
    Map<String, Weight> weights = new LinkedHashMap<>(network.weights());
    Map<String, String> gated = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      boolean mixes =
          node.op() instanceof Conv2d conv && !isDepthwise(units, node, conv.groups())
              || node.op() instanceof ConvTranspose2d transposed
                  && !isDepthwise(units, node, transposed.groups());
      String x = mixes ? node.inputs().get(0) : "";
      if (!units.containsKey(x) || masks.kept(units.get(x)).length == units.get(x).length) {
        nodes.add(node);
        continue;
      }
      if (!gated.containsKey(x)) {
        Weight mask = Weight.constant(MASK + x + ".mask", mask(units.get(x), masks));
        weights.put(mask.name(), mask);
        String name = x + ".gate";
        nodes.add(new Node(name, new Gate(), List.of(x, mask.name()), List.of(name)));
        gated.put(x, name);
      }
      List<String> inputs = new ArrayList<>(node.inputs());
      inputs.set(0, gated.get(x));
      nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
    }
    return new Network(
        network.name(),
        network.inputs(),
        nodes,
        weights.values(),
        network.outputs(),
        network.metadata());
  }

  private static boolean isDepthwise(Map<String, int[]> units, Node node, int groups) {
    int[] in = units.get(node.inputs().get(0));
    return groups > 1 && in != null && in.length == groups;
  }

  private static Tensor mask(int[] units, ChannelMasks masks) {
    float[] values = new float[units.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = masks.keeps(units[i]) ? 1 : 0;
    }
    return Tensor.sharing(Shape.of(values.length), values);
  }
}
