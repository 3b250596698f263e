package io.drivemark.architectures.pruning.mask;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.architectures.pruning.ChannelMasks;
import io.drivemark.architectures.pruning.Materialise;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network with joint masks. For each mask there is a real parameter m, at first {@value #START};
 * with s = sigmoid(m) the mask is 1 where m &gt; 0, which is where s &gt; 0.5, and 0 elsewhere,
 * exactly; its gradient is that of s, s(1 − s). The masks multiply behind activation, so that at
 * first the network answers as without them, in every bit.
 *
 * <p>For a site called S of M masks the graph has:
 *
 * <ul>
 *   <li>{@code mask/S/m} [M], the parameters, weights of group {@value Weight#MASKS};
 *   <li>{@code mask/S/soft} [M], their sigmoids;
 *   <li>{@code mask/S/live} [M], each 0 or 1.
 * </ul>
 *
 * <p>No layer may go dark. That is seen to after every step of a training, by {@link #revive}, and
 * not in the graph: where all parameters of a site are equal, a graph that keeps the largest would
 * keep them all.
 *
 * <p>Immutable.
 */
public final class JointMasks {
  /** What every parameter is at first: all masks are 1, and near the edge. */
  public static final float START = 0.01f;

  private final Network dense;
  private final ChannelGroups groups;
  private final List<MaskSite> sites;
  private final Network network;
  private final List<List<Place>> parts;

  /** A mask of a site. */
  private record Place(int site, int mask) {}

  private JointMasks(Network dense, ChannelGroups groups, List<MaskSite> sites, Network network) {
    this.dense = dense;
    this.groups = groups;
    this.sites = List.copyOf(sites);
    this.network = network;
    this.parts = parts();
  }

  /**
   * Puts masks into a network, all of them 1.
   *
   * @param dense without masks
   * @param sites of this network
   * @throws BadInputException if there is no site
   */
  public static JointMasks attach(Network dense, List<MaskSite> sites) {
    if (sites.isEmpty()) {
      throw new BadInputException(
          "network " + dense.name() + " has no filters that masks could switch off");
    }
    ChannelGroups groups = ChannelGroups.of(dense);
    return new JointMasks(dense, groups, sites, new MaskGraph(dense, groups, sites).build(START));
  }

  /** The name of a site's parameters, [M]. */
  public static String weight(MaskSite site) {
    return MaskGraph.PREFIX + site.name() + "/m";
  }

  /** The value that has the sigmoids of a site's parameters, [M]. */
  public static String soft(MaskSite site) {
    return MaskGraph.PREFIX + site.name() + "/soft";
  }

  /** The value that has a site's masks, [M], each 0 or 1. */
  public static String live(MaskSite site) {
    return MaskGraph.PREFIX + site.name() + "/live";
  }

  /** The network with masks: everything is computed, and what is off is multiplied by 0. */
  public Network network() {
    return network;
  }

  /** The network that the masks were put into. */
  public Network dense() {
    return dense;
  }

  /** Where masks are. */
  public List<MaskSite> sites() {
    return sites;
  }

  /** How many masks there are. */
  public int masks() {
    return sites.stream().mapToInt(MaskSite::masks).sum();
  }

  /**
   * The masks that are 1.
   *
   * @param parameters of each site, by {@link #weight}
   * @return one set a site
   */
  public List<BitSet> live(Map<String, float[]> parameters) {
    List<BitSet> all = new ArrayList<>();
    for (MaskSite site : sites) {
      BitSet live = new BitSet();
      float[] m = parameters.get(weight(site));
      for (int i = 0; i < m.length; i++) {
        live.set(i, m[i] > 0);
      }
      all.add(live);
    }
    return all;
  }

  /** The parameters of a network of this graph, as a training leaves it. */
  public Map<String, float[]> parameters(Network trained) {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (MaskSite site : sites) {
      all.put(weight(site), trained.weights().get(weight(site)).tensor().floats());
    }
    return all;
  }

  /**
   * Sees to it that every site, and every map, has a mask that is 1: where there is none, the
   * largest parameter, the first of equals, is put back to {@link #START}.
   *
   * @param parameters by {@link #weight}, changed in place
   * @return the names of the sites where that was necessary
   */
  public Set<String> revive(Map<String, float[]> parameters) {
    Set<String> revived = new LinkedHashSet<>();
    for (List<Place> part : parts) {
      Place best = null;
      for (Place place : part) {
        if (best == null || m(place, parameters) > m(best, parameters)) {
          best = place;
        }
      }
      if (!(m(best, parameters) > 0)) {
        MaskSite site = sites.get(best.site());
        parameters.get(weight(site))[best.mask()] = START;
        revived.add(site.name());
      }
    }
    return revived;
  }

  private float m(Place place, Map<String, float[]> parameters) {
    return parameters.get(weight(sites.get(place.site())))[place.mask()];
  }

  /** The sites, and the maps that have no channel without a mask and not all of any site. */
  private List<List<Place>> parts() {
    Map<Integer, Place> places = new HashMap<>();
    List<List<Place>> all = new ArrayList<>();
    List<Set<Place>> whole = new ArrayList<>();
    for (int s = 0; s < sites.size(); s++) {
      Set<Place> own = new LinkedHashSet<>();
      for (int m = 0; m < sites.get(s).masks(); m++) {
        Place place = new Place(s, m);
        own.add(place);
        sites.get(s).unitsOf(m).forEach(u -> places.put(u, place));
      }
      whole.add(own);
      all.add(List.copyOf(own));
    }
    Set<Set<Place>> others = new LinkedHashSet<>();
    for (Node node : dense.nodes()) {
      int[] units = groups.unitsOf(node.output()).orElse(new int[0]);
      Set<Place> read = new LinkedHashSet<>();
      boolean masked = units.length > 0;
      for (int unit : units) {
        masked &= places.containsKey(unit);
        read.add(places.get(unit));
      }
      if (masked && whole.stream().noneMatch(read::containsAll)) {
        others.add(read);
      }
    }
    others.forEach(o -> all.add(List.copyOf(o)));
    return List.copyOf(all);
  }

  /** One mask a site, and a channel a map: the least that can remain. */
  public List<BitSet> least() {
    Map<String, float[]> none = new LinkedHashMap<>();
    sites.forEach(site -> none.put(weight(site), new float[site.masks()]));
    revive(none);
    return live(none);
  }

  /** The units that stay where these masks are 1. */
  public ChannelMasks channels(List<BitSet> live) {
    Collection<Integer> removed = new HashSet<>();
    for (int s = 0; s < sites.size(); s++) {
      MaskSite site = sites.get(s);
      if (live.get(s).isEmpty() || live.get(s).length() > site.masks()) {
        throw new IllegalArgumentException(
            "mask site " + site.name() + " of " + site.masks() + " masks: live are " + live.get(s));
      }
      for (int m = 0; m < site.masks(); m++) {
        if (!live.get(s).get(m)) {
          removed.addAll(site.unitsOf(m));
        }
      }
    }
    return ChannelMasks.without(groups, removed);
  }

  /** The dense network cut to what these masks leave, with its own weights. */
  public Network cut(List<BitSet> live) {
    return Materialise.apply(dense, channels(live));
  }

  /**
   * The network that a training leaves, without masks and without what they switch off: it answers
   * as the trained one.
   *
   * @param trained of {@link #network}'s graph
   */
  public Network hardened(Network trained) {
    return Materialise.apply(unmasked(trained), channels(live(parameters(trained))));
  }

  /** The dense network with the weights of a network of this graph. */
  public Network unmasked(Network trained) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Weight weight : dense.weights().values()) {
      tensors.put(weight.name(), trained.weights().get(weight.name()).tensor());
    }
    return dense.withTensors(tensors);
  }

  /** The network with masks of these parameters, by {@link #weight}. */
  public Network with(Network trained, Map<String, float[]> parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) ->
            tensors.put(name, Tensor.of(network.weights().get(name).tensor().shape(), values)));
    return trained.withTensors(tensors);
  }
}
