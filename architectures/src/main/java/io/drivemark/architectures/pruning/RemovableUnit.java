package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import java.util.List;
import java.util.Set;

/**
 * Layers of a network that can be replaced by nothing: what reads their result can read what they
 * are given instead, for both have one shape. Immutable.
 *
 * <p>Units are found by structure, so that pruned and foreign networks have them too:
 *
 * <ul>
 *   <li>a residual block: everything between a map and the sum it is added to, if it keeps the
 *       map's size, with the normalisation and activation after the sum (not with a normalisation
 *       where the block begins with its own);
 *   <li>in networks without such blocks, and in decoders (what reads anything that was enlarged)
 *       beside them, a depthwise separable convolution of stride 1, and a convolution with its
 *       normalisation or activation, of as many output as input channels and stride 1, that no
 *       max-pooling follows.
 * </ul>
 *
 * <p>Example: {@code x → conv 8→8 → batch norm → relu} is one unit, entered at x.
 *
 * @param name what its nodes' names have in common
 * @param entry the value it is given
 * @param exit the value it makes
 * @param nodes names of its nodes, in the network's order
 */
public record RemovableUnit(String name, String entry, String exit, List<String> nodes) {
  public RemovableUnit {
    nodes = List.copyOf(nodes);
  }

  /** All of a network, in its order; no two share a node. */
  public static List<RemovableUnit> of(Network network) {
    return new UnitAnalysis(network).units();
  }

  /** The multiply-accumulates of its nodes for an image of this size. */
  public long macs(Network network, int height, int width) {
    Set<String> mine = Set.copyOf(nodes);
    return Cost.of(network, height, width).nodes().stream()
        .filter(n -> mine.contains(n.node()))
        .mapToLong(Cost.NodeCost::macs)
        .sum();
  }
}
