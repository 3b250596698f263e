package io.drivemark.architectures.pruning.mask;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.pruning.ChannelGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Puts masks into a network. They multiply where a convolution that mixes channels reads: behind
 * activation, and behind whatever else turns the zeros of a filter that is off into other numbers,
 * as {@link io.drivemark.architectures.pruning.MaskedNetwork} does. One use.
 */
final class MaskGraph {
  /** What every name of a mask starts with. */
  static final String PREFIX = "mask/";

  private final Network dense;
  private final ChannelGroups groups;
  private final List<MaskSite> sites;
  private final Map<Integer, Place> places = new HashMap<>();
  private final Map<String, Weight> weights;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> masked = new HashMap<>();

  /** The mask of a unit. */
  private record Place(int site, int mask) {}

  MaskGraph(Network dense, ChannelGroups groups, List<MaskSite> sites) {
    this.dense = dense;
    this.groups = groups;
    this.sites = sites;
    this.weights = new LinkedHashMap<>(dense.weights());
    for (int s = 0; s < sites.size(); s++) {
      for (int i = 0; i < sites.get(s).units().size(); i++) {
        places.put(sites.get(s).units().get(i), new Place(s, i / sites.get(s).block()));
      }
    }
  }

  Network build(float start) {
    sites.forEach(site -> mask(site, start));
    for (Node node : dense.nodes()) {
      String x = node.inputs().isEmpty() ? "" : node.inputs().get(0);
      Optional<int[]> units = groups.unitsOf(x);
      boolean reads =
          units.isPresent()
              && mixes(node.op(), units.get().length)
              && Arrays.stream(units.get()).anyMatch(places::containsKey);
      if (!reads) {
        nodes.add(node);
        continue;
      }
      if (!masked.containsKey(x)) {
        masked.put(x, add(PREFIX + "at/" + x, new Gate(), x, spread(x, units.get())));
      }
      List<String> inputs = new ArrayList<>(node.inputs());
      inputs.set(0, masked.get(x));
      nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
    }
    return new Network(
        dense.name(), dense.inputs(), nodes, weights.values(), dense.outputs(), dense.metadata());
  }

  private static boolean mixes(Op op, int channels) {
    int count =
        op instanceof Conv2d conv
            ? conv.groups()
            : op instanceof ConvTranspose2d transposed ? transposed.groups() : 0;
    return count == 1 || count > 1 && count < channels;
  }

  /** The masks of a site: 1 where the parameter is above 0; the gradient is the sigmoid's. */
  private void mask(MaskSite site, float start) {
    String m = JointMasks.weight(site);
    weights.put(
        m,
        new Weight(
            m, Weight.Role.LEARNED, Weight.MASKS, Tensor.filled(Shape.of(site.masks()), start)));
    String at = PREFIX + site.name() + "/";
    String soft = add(JointMasks.soft(site), Activation.of(Activation.Kind.SIGMOID), m);
    String hard = add(at + "hard", Activation.of(Activation.Kind.STEP), m);
    String stopped = add(at + "stopped", new StopGradient(), soft);
    String zero = add(at + "slope", new Elementwise(Elementwise.Kind.SUB), soft, stopped);
    add(JointMasks.live(site), new Elementwise(Elementwise.Kind.ADD), hard, zero);
  }

  /** The mask of every channel of a map: that of its unit, 1 where it has none. */
  private String spread(String value, int[] units) {
    TreeSet<Integer> read = new TreeSet<>();
    boolean whole = false;
    for (int unit : units) {
      Place place = places.get(unit);
      whole |= place == null;
      if (place != null) {
        read.add(place.site());
      }
    }
    List<String> parts = new ArrayList<>();
    Map<Integer, Integer> from = new HashMap<>();
    int size = 0;
    for (int site : read) {
      parts.add(JointMasks.live(sites.get(site)));
      from.put(site, size);
      size += sites.get(site).masks();
    }
    int one = size;
    if (whole) {
      size++;
      parts.add(constant(PREFIX + "one", Tensor.of(Shape.of(1), new float[] {1})));
    }
    long[] picked =
        Arrays.stream(units)
            .mapToLong(
                u -> {
                  Place place = places.get(u);
                  return place == null ? one : from.get(place.site()) + place.mask();
                })
            .toArray();
    String at = PREFIX + "at/" + value + "/";
    String all =
        parts.size() == 1
            ? parts.get(0)
            : add(at + "masks", new Concat(0), parts.toArray(String[]::new));
    boolean inOrder = picked.length == size;
    for (int i = 0; i < picked.length && inOrder; i++) {
      inOrder = picked[i] == i;
    }
    return inOrder
        ? all
        : add(at + "spread", new Gather(0), all, constant(at + "units", Tensor.ofLongs(picked)));
  }

  private String add(String name, Op op, String... inputs) {
    nodes.add(new Node(name, op, List.of(inputs), List.of(name)));
    return name;
  }

  private String constant(String name, Tensor tensor) {
    String full = Weight.CONSTANT_PREFIX + name;
    weights.putIfAbsent(full, Weight.constant(full, tensor));
    return full;
  }
}
