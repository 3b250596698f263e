package io.drivemark.architectures.pruning.gate;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.architectures.pruning.ChannelMasks;
import io.drivemark.architectures.pruning.LayerRemoval;
import io.drivemark.architectures.pruning.Materialise;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A network with gates, in masked form: everything is computed, and what a frame's gates leave out
 * is multiplied by 0. That is what is trained and what every engine runs; an engine may run it in a
 * form that leaves the work out too, with the same result.
 *
 * <p>Beside the network's own outputs there is {@value #OUTPUT}, [N, all units, 1, 1] of zeros and
 * ones, the sites one behind the other. For a site called S with U units these values and weights
 * are in the graph:
 *
 * <ul>
 *   <li>{@code gate/S/logits} [N, U, 1, 1]: a unit is live where it is above 0;
 *   <li>{@code gate/S/live} [N, U, 1, 1]: 1 or 0. Of filters those with the largest logit are
 *       always live, so that no layer goes dark;
 *   <li>{@code gate/S/weight} [U, C, 1, 1] and {@code gate/S/bias} [U], in the parameter group
 *       {@value #GROUP}.
 * </ul>
 *
 * <p>Immutable.
 */
public final class GatedNetwork {
  /** The output that has all gates. */
  public static final String OUTPUT = "gates";

  /** The parameter group of heads. */
  public static final String GROUP = "gates";

  /** The metadata key under which a network says where its gates are. */
  public static final String METADATA = GateNotes.KEY;

  private final Network network;
  private final GateDesign design;
  private final List<GateSite> sites;

  private GatedNetwork(Network network, GateDesign design, List<GateSite> sites) {
    this.network = network;
    this.design = design;
    this.sites = List.copyOf(sites);
  }

  /**
   * Puts heads and gates into a network. At first every unit is live: the outputs are the dense
   * network's.
   *
   * @param dense without gates
   * @param sites of this network, at least one
   * @param pooled of each site's input, by the site's name; needed where the design standardises
   * @throws BadInputException if the network has gates already, or there is no site
   * @throws IllegalArgumentException if sites do not fit the network or each other
   */
  public static GatedNetwork attach(
      Network dense, List<GateSite> sites, GateDesign design, Map<String, Standardisation> pooled) {
    if (isGated(dense)) {
      throw new BadInputException(
          "network " + dense.name() + " has gates already; take the network it was made from");
    }
    if (sites.isEmpty()) {
      throw new BadInputException(
          "network " + dense.name() + " has no place where units can be switched for each frame");
    }
    return new GatedNetwork(new GateGraph(dense, design, pooled).attach(sites), design, sites);
  }

  /** Whether a network has gates. */
  public static boolean isGated(Network network) {
    return network.metadata().containsKey(GateNotes.KEY);
  }

  /**
   * The gates of a network that was made by {@link #attach}, possibly read from a file, or with
   * fewer outputs.
   *
   * @return empty if it has none
   * @throws BadInputException if its graph and what its metadata says of gates differ
   */
  public static Optional<GatedNetwork> of(Network network) {
    return GateNotes.of(network)
        .map(notes -> new GatedNetwork(network, notes.design(), notes.sites()));
  }

  /** The network in masked form. */
  public Network network() {
    return network;
  }

  /** What its heads look like. */
  public GateDesign design() {
    return design;
  }

  /** Its sites, in the order of {@value #OUTPUT}. */
  public List<GateSite> sites() {
    return sites;
  }

  /** Units of all sites together. */
  public int units() {
    return sites.stream().mapToInt(GateSite::units).sum();
  }

  /** The value that has a site's logits, [N, U, 1, 1]. */
  public static String logits(GateSite site) {
    return GateGraph.PREFIX + site.name() + "/logits";
  }

  /** The value that has a site's gates, [N, U, 1, 1], each 0 or 1. */
  public static String live(GateSite site) {
    return GateGraph.PREFIX + site.name() + "/live";
  }

  /** The name of a head's weights, [U, C, 1, 1]. */
  public static String weight(GateSite site) {
    return GateGraph.PREFIX + site.name() + "/weight";
  }

  /** The name of a head's biases, [U]. */
  public static String bias(GateSite site) {
    return GateGraph.PREFIX + site.name() + "/bias";
  }

  /** The value that a place is once its gates have multiplied it. */
  public static String gated(GateSite site, int place) {
    return GateGraph.PREFIX + site.name() + "/gated" + place;
  }

  /** Whether a node is of heads or gates and not of the network they were put into. */
  public static boolean isOfGates(Node node) {
    return node.name().startsWith(GateGraph.PREFIX) || node.name().equals(OUTPUT);
  }

  /** The value that a site's head and layers read: gated where it is a place of another site. */
  public String input(GateSite site) {
    return renamed().getOrDefault(site.input(), site.input());
  }

  /**
   * The network that a training takes: behind its own outputs the logits of each site and the value
   * that its target looks at, {@link GateSite#tap}; for residual units also what they are given.
   */
  public Network training() {
    Set<String> outputs = new LinkedHashSet<>(network.outputs());
    for (GateSite site : sites) {
      outputs.add(logits(site));
      outputs.add(site.tap());
      if (site.kind() == GateSite.Kind.LAYERS) {
        outputs.add(input(site));
      }
    }
    return network.withOutputs(List.copyOf(outputs));
  }

  /**
   * The part of the network that its gates need, answering with {@value #OUTPUT} alone. What the
   * last gates switch is not in it, so that it is no gated network any more.
   */
  public Network gatesAlone() {
    return GateNotes.without(network.forInference(List.of(OUTPUT)));
  }

  /** The same sites and heads around other weights, as a training gives them. */
  public GatedNetwork withWeightsOf(Network trained) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Weight weight : network.weights().values()) {
      tensors.put(weight.name(), trained.weights().get(weight.name()).tensor());
    }
    return new GatedNetwork(network.withTensors(tensors), design, sites);
  }

  /** The network without heads and gates, with the same weights. */
  public Network dense() {
    Map<String, String> before = new HashMap<>();
    renamed().forEach((value, gated) -> before.put(gated, value));
    List<Node> nodes =
        network.nodes().stream()
            .filter(n -> !isOfGates(n))
            .map(
                n ->
                    new Node(
                        n.name(),
                        n.op(),
                        n.inputs().stream().map(i -> before.getOrDefault(i, i)).toList(),
                        n.outputs()))
            .toList();
    List<Weight> weights =
        network.weights().values().stream()
            .filter(w -> !w.name().startsWith(GateGraph.PREFIX))
            .filter(w -> !w.name().startsWith(Weight.CONSTANT_PREFIX + GateGraph.PREFIX))
            .toList();
    List<String> outputs =
        network.outputs().stream()
            .filter(o -> !o.equals(OUTPUT) && !isOfHeads(o))
            .map(o -> before.getOrDefault(o, o))
            .distinct()
            .toList();
    return GateNotes.without(
        new Network(network.name(), network.inputs(), nodes, weights, outputs, network.metadata()));
  }

  private boolean isOfHeads(String value) {
    return value.startsWith(GateGraph.PREFIX) && !renamed().containsValue(value);
  }

  /** What each place's value is called once it is gated. */
  private Map<String, String> renamed() {
    Map<String, String> renamed = new HashMap<>();
    for (GateSite site : sites) {
      for (int i = 0; i < site.places().size(); i++) {
        renamed.put(site.places().get(i).value(), gated(site, i));
      }
    }
    return renamed;
  }

  /**
   * The same network with gates that do not depend on the frame: the heads are computed and their
   * weights are 0, so that the biases decide.
   *
   * @param live the live units of each site, in order; of filters at least one
   */
  public GatedNetwork constant(List<BitSet> live) {
    requireLive(live);
    Map<String, Tensor> tensors = new HashMap<>();
    for (int s = 0; s < sites.size(); s++) {
      GateSite site = sites.get(s);
      Tensor weight = network.weights().get(weight(site)).tensor();
      float[] bias = new float[site.units()];
      for (int u = 0; u < bias.length; u++) {
        bias[u] = live.get(s).get(u) ? 1 : -1;
      }
      tensors.put(
          weight(site),
          Tensor.of(weight.shape(), new float[Math.toIntExact(weight.shape().elements())]));
      tensors.put(bias(site), Tensor.of(network.weights().get(bias(site)).tensor().shape(), bias));
    }
    return new GatedNetwork(network.withTensors(tensors), design, sites);
  }

  /** The same network with every unit live, whatever the frame: the most it can take. */
  public GatedNetwork allLive() {
    return constant(everything());
  }

  /** Every unit of every site. */
  public List<BitSet> everything() {
    return sites.stream()
        .map(
            s -> {
              BitSet all = new BitSet();
              all.set(0, s.units());
              return all;
            })
        .toList();
  }

  /**
   * The network that has only these units, without heads: what the gated one computes for a frame
   * that switches them on. Needs sites of {@link GateSites#of} or {@link GateSites#layers}.
   *
   * @param live the live units of each site, in order; of filters at least one
   */
  public Network cut(List<BitSet> live) {
    requireLive(live);
    Network dense = dense();
    if (sites.get(0).kind() == GateSite.Kind.LAYERS) {
      Set<String> off = new LinkedHashSet<>();
      IntStream.range(0, sites.size())
          .filter(i -> !live.get(i).get(0))
          .forEach(i -> off.add(sites.get(i).name()));
      return LayerRemoval.apply(
          dense, RemovableUnit.of(dense).stream().filter(u -> off.contains(u.name())).toList());
    }
    ChannelGroups groups = ChannelGroups.of(dense);
    Set<Integer> removed = new LinkedHashSet<>();
    for (int s = 0; s < sites.size(); s++) {
      GateSite site = sites.get(s);
      int[] channels = groups.unitsOf(site.tap()).orElseThrow();
      requireAlone(site, groups, channels);
      for (int c = 0; c < channels.length; c++) {
        if (!live.get(s).get(site.unitOfChannel().get(c))) {
          removed.add(channels[c]);
        }
      }
    }
    return Materialise.apply(dense, ChannelMasks.without(groups, new ArrayList<>(removed)));
  }

  private static void requireAlone(GateSite site, ChannelGroups groups, int[] channels) {
    Set<Integer> mine = new LinkedHashSet<>();
    IntStream.of(channels).forEach(mine::add);
    groups.families().stream()
        .filter(f -> f.units().stream().anyMatch(mine::contains))
        .filter(f -> !f.producers().equals(List.of(site.name())))
        .findFirst()
        .ifPresent(
            f -> {
              throw new IllegalArgumentException(
                  "the filters of "
                      + site.name()
                      + " are tied to those of "
                      + String.join(", ", f.producers())
                      + ": no static network computes what is live");
            });
  }

  private void requireLive(List<BitSet> live) {
    if (live.size() != sites.size()) {
      throw new IllegalArgumentException(
          "live units of " + live.size() + " sites, there are " + sites.size());
    }
    for (int s = 0; s < sites.size(); s++) {
      GateSite site = sites.get(s);
      boolean dark = site.kind() == GateSite.Kind.FILTERS && live.get(s).isEmpty();
      if (dark || live.get(s).length() > site.units()) {
        throw new IllegalArgumentException(
            "site " + site.name() + " of " + site.units() + " units: live are " + live.get(s));
      }
    }
  }

  /** What decodes {@value #OUTPUT}. */
  public GatesHead head() {
    return new GatesHead(sites.stream().map(s -> new GatesHead.Site(s.name(), s.units())).toList());
  }
}
