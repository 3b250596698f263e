package io.drivemark.architectures.pruning.gate;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of a network's sites get gates at an image size, and how many filters a gate switches.
 *
 * <ul>
 *   <li>{@code auto}: no gate where the layer's map has under {@value #FEWEST_PIXELS} pixels, for
 *       gathering and computing both go with the weights, and every gathered weight is used once a
 *       pixel: below that gathering costs more than it saves. Single filters where the map has
 *       {@value #MANY_PIXELS} pixels or more and at most {@value #FEW_BLOCKS} blocks of {@value
 *       #BLOCK}, so that blocks would be coarse and single filters cost little; and where filters
 *       make no two whole blocks. Blocks of {@value #BLOCK} elsewhere: engines lay channels out so.
 *   <li>{@code block}: blocks of {@value #BLOCK} wherever filters make two or more whole ones;
 *   <li>a number: units of that many filters wherever there are two or more, the last of which may
 *       be smaller;
 *   <li>{@code everywhere}: single filters of every convolution, those included that are added to
 *       others, as published; what is live is then no network that could be cut out, and only the
 *       filters' own computation is saved;
 *   <li>{@code layers}: residual units.
 * </ul>
 *
 * <p>A site of one unit is none: that unit would always be live. The numbers are those of measured
 * convolutions on ONNX Runtime: at 5,400 pixels and 64 filters gathering single ones costs 7 %, at
 * 2,700 pixels and 256 filters 16 to 25 %, at 690 pixels and 512 filters 65 %; at 80 pixels and 6.4
 * million weights even blocks cost more than they save. Immutable.
 */
public final class GatePlacement {
  /** Maps with fewer pixels get no gates with {@code auto}. */
  public static final int FEWEST_PIXELS = 150;

  /** From here on single filters can be gathered at little cost. */
  public static final int MANY_PIXELS = 3000;

  /** So few blocks are coarse. */
  public static final int FEW_BLOCKS = 4;

  /** Filters of a block. */
  public static final int BLOCK = 16;

  private final List<GateSite> sites;
  private final Map<String, String> refused;

  private GatePlacement(List<GateSite> sites, Map<String, String> refused) {
    this.sites = List.copyOf(sites);
    this.refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }

  /**
   * The sites of a network.
   *
   * @param dense without gates
   * @param height of the images
   * @param width of the images
   */
  public static GatePlacement of(Network dense, GateUnit unit, int height, int width) {
    if (unit.isLayers()) {
      return new GatePlacement(GateSites.layers(dense), Map.of());
    }
    GateSites all = unit.isEverywhere() ? GateSites.everywhere(dense) : GateSites.of(dense);
    Map<String, Shape> shapes = dense.shapesAt(height, width);
    List<GateSite> sites = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    for (GateSite site : all.sites()) {
      Shape map = shapes.get(site.tap());
      long pixels = (long) map.height() * map.width();
      refusal(unit, site.units(), pixels)
          .ifPresentOrElse(
              why -> refused.put(site.name(), why),
              () -> {
                int filters = filters(unit, site.units(), pixels);
                sites.add(filters == 1 ? site : site.inBlocks(filters));
              });
    }
    Map<String, String> inOrder = new LinkedHashMap<>();
    dense
        .nodes()
        .forEach(
            node ->
                Optional.ofNullable(all.refused().get(node.name()))
                    .or(() -> Optional.ofNullable(refused.get(node.name())))
                    .ifPresent(why -> inOrder.put(node.name(), why)));
    return new GatePlacement(sites, inOrder);
  }

  private static Optional<String> refusal(GateUnit unit, int filters, long pixels) {
    return switch (unit.kind()) {
      case AUTO ->
          pixels < FEWEST_PIXELS
              ? Optional.of(
                  "its map has "
                      + pixels
                      + " pixels: gathering its weights costs more than it saves"
                      + " under "
                      + FEWEST_PIXELS)
              : Optional.empty();
      case BLOCK ->
          hasBlocks(filters)
              ? Optional.empty()
              : Optional.of("its " + filters + " filters make no two whole blocks of " + BLOCK);
      case FILTERS ->
          filters > unit.filters()
              ? Optional.empty()
              : Optional.of("its " + filters + " filters make one unit of " + unit.filters());
      case EVERYWHERE -> Optional.empty();
      case LAYERS -> throw new IllegalStateException("layers are no filters");
    };
  }

  private static boolean hasBlocks(int filters) {
    return filters >= 2 * BLOCK && filters % BLOCK == 0;
  }

  private static int filters(GateUnit unit, int filters, long pixels) {
    return switch (unit.kind()) {
      case AUTO -> {
        boolean coarse = pixels >= MANY_PIXELS && filters <= FEW_BLOCKS * BLOCK;
        yield coarse || !hasBlocks(filters) ? 1 : BLOCK;
      }
      case BLOCK -> BLOCK;
      case FILTERS -> unit.filters();
      case EVERYWHERE -> 1;
      case LAYERS -> throw new IllegalStateException("layers are no filters");
    };
  }

  /** The sites, in the network's order; empty if nothing can be gated. */
  public List<GateSite> sites() {
    return sites;
  }

  /** Why other convolutions have no gates, by name, in the network's order. */
  public Map<String, String> refused() {
    return refused;
  }
}
