package io.drivemark.architectures.pruning.mask;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Upsampling;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.architectures.pruning.ScoreLayers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a network can have joint masks: one site a group of filters that can only be cut together.
 * Filters whose maps are added share a mask; a depthwise convolution has that of what it reads; a
 * grouped convolution loses the filters at the same places of every group; class scores, other
 * outputs and what enlarges them stay whole. Immutable.
 */
public final class MaskSites {
  private final List<MaskSite> sites;
  private final Map<String, String> refused;

  private MaskSites(List<MaskSite> sites, Map<String, String> refused) {
    this.sites = List.copyOf(sites);
    this.refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }

  /**
   * The sites of the layers that a network's first output needs.
   *
   * @param network without masks or gates
   * @param block filters that one mask switches, at least 1
   * @param height of the images, which decides what counts as enlarging
   * @param width of them
   */
  public static MaskSites of(Network network, MaskPreset preset, int block, int height, int width) {
    return new Analysis(network, preset, block, height, width).sites();
  }

  /** The sites, in the network's order. */
  public List<MaskSite> sites() {
    return sites;
  }

  /** Why other convolutions have no masks, by name, in the network's order. */
  public Map<String, String> refused() {
    return refused;
  }

  /** One use. */
  private static final class Analysis {
    private final MaskPreset preset;
    private final int block;
    private final ChannelGroups groups;
    private final Map<String, Node> makers = new HashMap<>();
    private final Set<String> convolutions = new HashSet<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> upsampled;
    private final Set<String> enlarged;
    private final Set<String> scores;

    Analysis(Network network, MaskPreset preset, int block, int height, int width) {
      this.preset = preset;
      this.block = block;
      this.groups = ChannelGroups.of(network);
      List<Node> nodes = Cost.needed(network, network.outputs().subList(0, 1));
      Map<String, Shape> shapes = network.shapesAt(height, width);
      this.upsampled = Upsampling.values(nodes, shapes);
      this.enlarged = Upsampling.enlarged(nodes, shapes);
      this.scores = ScoreLayers.of(network, nodes, shapes);
      for (Node node : nodes) {
        node.outputs().forEach(o -> makers.put(o, node));
        if (node.op() instanceof Conv2d || node.op() instanceof ConvTranspose2d) {
          convolutions.add(node.name());
          values.put(node.name(), node.output());
        }
      }
    }

    MaskSites sites() {
      Map<String, MaskSite> sites = new LinkedHashMap<>();
      Map<String, String> refused = new LinkedHashMap<>();
      for (ChannelGroups.Family family : groups.families()) {
        List<String> layers =
            values.keySet().stream().filter(family.producers()::contains).toList();
        if (layers.isEmpty()) {
          continue; // made by no convolution that the output needs
        }
        refusal(family, layers)
            .ifPresentOrElse(
                why -> layers.forEach(l -> refused.put(l, why)),
                () -> sites.put(named(layers.get(0), sites), site(layers, family, sites)));
      }
      List<MaskSite> inOrder = new ArrayList<>();
      Map<String, String> reasons = new LinkedHashMap<>();
      for (String layer : values.keySet()) {
        sites.values().stream().filter(s -> s.layers().get(0).equals(layer)).forEach(inOrder::add);
        boolean masked = sites.values().stream().anyMatch(s -> s.layers().contains(layer));
        if (!masked && refused.containsKey(layer)) {
          reasons.put(layer, refused.get(layer));
        }
      }
      return new MaskSites(inOrder, reasons);
    }

    /** Filters of one layer can be in several groups: then the later ones are numbered. */
    private static String named(String layer, Map<String, MaskSite> before) {
      String name = layer;
      for (int i = 2; before.containsKey(name); i++) {
        name = layer + "." + i;
      }
      return name;
    }

    private MaskSite site(
        List<String> layers, ChannelGroups.Family family, Map<String, MaskSite> before) {
      return new MaskSite(
          named(layers.get(0), before),
          layers,
          family.units(),
          block,
          layers.stream().allMatch(l -> upsampled.contains(values.get(l))));
    }

    private Optional<String> refusal(ChannelGroups.Family family, List<String> layers) {
      if (family.lock().isPresent()) {
        return family.lock();
      }
      if (layers.stream().anyMatch(scores::contains)) {
        return Optional.of("it makes class scores");
      }
      if (preset == MaskPreset.PAPER) {
        Optional<String> fusion = layers.stream().filter(l -> !isPublished(l)).findFirst();
        if (fusion.isPresent()) {
          return Optional.of(
              layers.size() == 1
                  ? "it fuses maps of the decoder"
                  : "its filters go together with those of "
                      + fusion.get()
                      + ", which fuses maps of the decoder");
        }
      }
      return family.units().size() > block
          ? Optional.empty()
          : Optional.of(
              block == 1
                  ? "it has one filter"
                  : "its " + family.units().size() + " filters make one block of " + block);
    }

    /** Of the encoder, or reading what was just enlarged, or enlarging itself. */
    private boolean isPublished(String layer) {
      String value = values.get(layer);
      if (!upsampled.contains(value) || enlarged.contains(value)) {
        return true;
      }
      Node node = makers.get(value);
      String read = node.inputs().get(0);
      while (makers.containsKey(read) && passes(makers.get(read))) {
        read = makers.get(read).inputs().get(0);
      }
      return enlarged.contains(read);
    }

    private static boolean passes(Node node) {
      return node.op() instanceof Pad
          || node.op() instanceof CropLike
          || node.op() instanceof Identity
          || node.op() instanceof Dropout;
    }
  }
}
