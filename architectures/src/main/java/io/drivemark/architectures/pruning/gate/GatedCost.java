package io.drivemark.architectures.pruning.gate;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.RemovableUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The multiply-accumulates that a frame takes whose gates leave units out, in two ways of counting:
 *
 * <ul>
 *   <li><em>strict</em>: what must be computed, each convolution from its live input channels to
 *       its live filters, all that is not gated, and the heads;
 *   <li><em>paper</em>: as the authors of arXiv:2110.08232 count: without heads, and with n/groups
 *       rounded down for the n live input channels of a convolution in groups, so that a depthwise
 *       convolution costs nothing as soon as one of its channels is off. Convolutions without gates
 *       are counted here; their program left the ones in shortcuts out.
 * </ul>
 *
 * <p>Immutable.
 */
public final class GatedCost {
  private final List<Layer> layers;
  private final long heads;
  private final long dense;
  private final int sites;

  /** A unit of a site. */
  private record Unit(int site, int number) {}

  /**
   * A node with multiply-accumulates.
   *
   * @param in the units of its input channels, null where a channel has none; empty if it is no
   *     convolution
   * @param out the units of its filters
   * @param groups 1 = it mixes all channels
   * @param within the residual unit it belongs to
   */
  private record Layer(
      long macs, List<Unit> in, List<Unit> out, int groups, Optional<Unit> within) {
    long count(List<BitSet> live, boolean paper) {
      if (within.filter(u -> !isLive(u, live)).isPresent()) {
        return 0;
      }
      if (in.isEmpty()) {
        return macs;
      }
      int reads = in.size() / groups;
      int makes = out.size() / groups;
      long pairs = 0;
      if (paper) {
        pairs = live(in, live) / groups * live(out, live);
        return Math.multiplyExact(macs, pairs) / ((long) reads * out.size());
      }
      for (int g = 0; g < groups; g++) {
        pairs +=
            live(in.subList(g * reads, (g + 1) * reads), live)
                * live(out.subList(g * makes, (g + 1) * makes), live);
      }
      return Math.multiplyExact(macs, pairs) / ((long) reads * out.size());
    }

    private static long live(List<Unit> units, List<BitSet> live) {
      return units.stream().filter(u -> u == null || isLive(u, live)).count();
    }

    private static boolean isLive(Unit unit, List<BitSet> live) {
      return live.get(unit.site()).get(unit.number());
    }
  }

  private GatedCost(List<Layer> layers, long heads, int sites) {
    this.layers = List.copyOf(layers);
    this.heads = heads;
    this.sites = sites;
    this.dense = layers.stream().mapToLong(Layer::macs).sum();
  }

  /**
   * The costs of a gated network's first output, for an image of this size.
   *
   * @throws IllegalArgumentException if the network cannot take this size
   */
  public static GatedCost of(GatedNetwork gated, int height, int width) {
    Network network = gated.dense();
    Map<String, Shape> shapes = network.shapesAt(height, width);
    ChannelOrigins origins = ChannelOrigins.of(network);
    Map<Integer, Unit> units = new HashMap<>();
    Map<String, Unit> layersOfUnit = new HashMap<>();
    List<RemovableUnit> removable = RemovableUnit.of(network);
    for (int s = 0; s < gated.sites().size(); s++) {
      GateSite site = gated.sites().get(s);
      Unit only = new Unit(s, 0);
      switch (site.kind()) {
        case FILTERS -> {
          int first = origins.firstFilter(site.name());
          for (int c = 0; c < site.channels(); c++) {
            units.put(first + c, new Unit(s, site.unitOfChannel().get(c)));
          }
        }
        case LAYERS ->
            removable.stream()
                .filter(u -> u.name().equals(site.name()))
                .flatMap(u -> u.nodes().stream())
                .forEach(n -> layersOfUnit.put(n, only));
      }
    }
    List<Layer> layers = new ArrayList<>();
    for (Node node : Cost.needed(network, network.outputs().subList(0, 1))) {
      long macs =
          node.op()
              .macs(
                  node.inputs().stream().map(shapes::get).toList(),
                  node.outputs().stream().map(shapes::get).toList());
      if (macs > 0) {
        layers.add(layer(node, macs, origins, units, layersOfUnit));
      }
    }
    Network whole = gated.network();
    Map<String, Long> heads = new HashMap<>();
    Cost.of(whole, height, width).nodes().forEach(n -> heads.put(n.node(), n.macs()));
    return new GatedCost(
        layers,
        gated.sites().stream().mapToLong(s -> heads.get(GatedNetwork.logits(s))).sum(),
        gated.sites().size());
  }

  private static Layer layer(
      Node node,
      long macs,
      ChannelOrigins origins,
      Map<Integer, Unit> units,
      Map<String, Unit> layersOfUnit) {
    Optional<Unit> within = Optional.ofNullable(layersOfUnit.get(node.name()));
    int count =
        node.op() instanceof Conv2d conv
            ? conv.groups()
            : node.op() instanceof ConvTranspose2d transposed ? transposed.groups() : 0;
    Optional<int[]> in = origins.of(node.inputs().get(0));
    Optional<int[]> out = origins.of(node.output());
    if (count == 0 || in.isEmpty() || out.isEmpty()) {
      return new Layer(macs, List.of(), List.of(), 1, within);
    }
    return new Layer(macs, of(in.get(), units), of(out.get(), units), count, within);
  }

  private static List<Unit> of(int[] channels, Map<Integer, Unit> units) {
    return Arrays.stream(channels)
        .mapToObj(units::get)
        .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
  }

  /** The network's without heads, everything live. */
  public long dense() {
    return dense;
  }

  /** The heads'. */
  public long heads() {
    return heads;
  }

  /**
   * What must be computed, heads included.
   *
   * @param live the live units of each site, in order
   */
  public long strict(List<BitSet> live) {
    return heads + count(live, false);
  }

  /** What the authors would count. */
  public long paper(List<BitSet> live) {
    return count(live, true);
  }

  private long count(List<BitSet> live, boolean paper) {
    if (live.size() != sites) {
      throw new IllegalArgumentException(
          "live units of " + live.size() + " sites, there are " + sites);
    }
    return layers.stream().mapToLong(l -> l.count(live, paper)).sum();
  }
}
