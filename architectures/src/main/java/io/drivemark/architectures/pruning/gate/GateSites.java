package io.drivemark.architectures.pruning.gate;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.RemovableUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a network's filters can be gated, by the rules of Elkerdawy et al., arXiv:2110.08232, for
 * segmentation networks:
 *
 * <ul>
 *   <li>a convolution is gated behind its normalisation and activation; where it is added to
 *       another map, before that: the branch is gated, never the sum;
 *   <li>a depthwise convolution has no gates of its own: it has those of the map it reads;
 *   <li>maps that are joined keep their gates;
 *   <li>class scores, what enlarges them, and transposed convolutions are computed whole, and so is
 *       what has a map of one pixel.
 * </ul>
 *
 * <p>{@link #of} leaves out the convolutions whose filters are tied to others, by a sum or an
 * unpooling, and switches the filters of a grouped convolution at the same places of every group.
 * What is left for a frame is then a network that static pruning could make, and as fast. {@link
 * #everywhere} gates all.
 *
 * <p>Immutable.
 */
public final class GateSites {
  private final List<GateSite> sites;
  private final Map<String, String> refused;

  GateSites(List<GateSite> sites, Map<String, String> refused) {
    this.sites = List.copyOf(sites);
    this.refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }

  /**
   * The sites of a network's first output, with single filters as units.
   *
   * @param dense without gates
   */
  public static GateSites of(Network dense) {
    return new SiteAnalysis(dense, false).sites();
  }

  /** The same with the convolutions whose filters are tied to others. */
  public static GateSites everywhere(Network dense) {
    return new SiteAnalysis(dense, true).sites();
  }

  /** A network's residual units, each a site of one unit: those that layer pruning removes. */
  public static List<GateSite> layers(Network dense) {
    Map<String, Shape> shapes =
        dense.shapes(dense.inputs().stream().map(input -> input.shape()).toList());
    return RemovableUnit.of(dense).stream()
        .map(
            unit ->
                new GateSite(
                    unit.name(),
                    GateSite.Kind.LAYERS,
                    unit.entry(),
                    1,
                    1,
                    List.of(
                        new GateSite.Place(
                            unit.exit(),
                            Collections.nCopies(shapes.get(unit.exit()).channels(), 0)))))
        .toList();
  }

  /** The sites, in the network's order. */
  public List<GateSite> sites() {
    return sites;
  }

  /** The sites with filters switched in blocks. */
  public List<GateSite> inBlocks(int filters) {
    return sites.stream().map(s -> s.inBlocks(filters)).toList();
  }

  /** Why other convolutions have no gates, by name, in the network's order. */
  public Map<String, String> refused() {
    return refused;
  }
}
