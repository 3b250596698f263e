package io.drivemark.architectures.pruning.gate;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a gated network's metadata says of its gates; which unit each channel belongs to is in the
 * graph. Immutable.
 */
record GateNotes(GateDesign design, List<GateSite> sites) {
  /** The metadata key. */
  static final String KEY = "drivemark.gates";

  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  @JsonPropertyOrder({"version", "design", "sites"})
  private record Text(int version, GateDesign design, List<Site> sites) {}

  @JsonPropertyOrder({"name", "kind", "input", "units", "unit", "places"})
  private record Site(
      String name, GateSite.Kind kind, String input, int units, int unit, List<String> places) {}

  String toJson() {
    List<Site> all =
        sites.stream()
            .map(
                s ->
                    new Site(
                        s.name(),
                        s.kind(),
                        s.input(),
                        s.units(),
                        s.unit(),
                        s.places().stream().map(GateSite.Place::value).toList()))
            .toList();
    try {
      return JSON.writeValueAsString(new Text(VERSION, design, all));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("gates are made of texts and numbers", e);
    }
  }

  /**
   * Reads them and compares them with the graph.
   *
   * @return empty if the network has none
   * @throws BadInputException if the graph has not the gates that the metadata speaks of
   */
  static Optional<GateNotes> of(Network network) {
    String text = network.metadata().get(KEY);
    if (text == null) {
      return Optional.empty();
    }
    Text read;
    try {
      read = JSON.readValue(text, Text.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw misfit(network, "cannot be read: " + firstLine(e));
    }
    if (read.version() != VERSION) {
      throw misfit(
          network, "has version " + read.version() + ", this program reads version " + VERSION);
    }
    Map<String, Node> makers = new HashMap<>();
    network.nodes().forEach(n -> n.outputs().forEach(o -> makers.put(o, n)));
    List<GateSite> sites = new ArrayList<>();
    for (Site site : read.sites()) {
      List<GateSite.Place> places = new ArrayList<>();
      for (int i = 0; i < site.places().size(); i++) {
        places.add(new GateSite.Place(site.places().get(i), units(network, makers, site, i)));
      }
      GateSite made;
      try {
        made =
            new GateSite(site.name(), site.kind(), site.input(), site.units(), site.unit(), places);
      } catch (IllegalArgumentException e) {
        throw misfit(network, "is wrong: " + e.getMessage());
      }
      requireHead(network, makers, made);
      sites.add(made);
    }
    return Optional.of(new GateNotes(read.design(), sites));
  }

  /** The network, whose metadata says nothing of gates. */
  static Network without(Network network) {
    Map<String, String> metadata = new HashMap<>(network.metadata());
    metadata.remove(KEY);
    return new Network(
        network.name(),
        network.inputs(),
        network.nodes(),
        network.weights().values(),
        network.outputs(),
        metadata);
  }

  private static List<Integer> units(
      Network network, Map<String, Node> makers, Site site, int place) {
    String at = GateGraph.PREFIX + site.name() + "/";
    Node spread = makers.get(at + "spread" + place);
    String value = site.places().get(place);
    if (spread == null || !(spread.op() instanceof Gather) || !makers.containsKey(value)) {
      throw misfit(
          network, "speaks of gates at " + value + " of site " + site.name() + ", there are none");
    }
    Weight indices = network.weights().get(spread.inputs().get(1));
    if (indices == null || indices.tensor().isFloat()) {
      throw misfit(network, "speaks of units of " + value + ", which are not stored");
    }
    List<Integer> units =
        Arrays.stream(indices.tensor().longs()).mapToObj(Math::toIntExact).toList();
    if (units.stream().anyMatch(u -> u < 0 || u >= site.units())) {
      throw misfit(
          network, "says " + site.units() + " units of " + site.name() + ", the graph has others");
    }
    boolean multiplies =
        network.nodes().stream()
            .anyMatch(
                n ->
                    n.op() instanceof Gate
                        && n.inputs().get(0).equals(value)
                        && n.inputs().get(1).equals(spread.output()));
    if (!multiplies) {
      throw misfit(network, "speaks of gates at " + value + ", nothing multiplies it");
    }
    return units;
  }

  private static void requireHead(Network network, Map<String, Node> makers, GateSite site) {
    Weight bias = network.weights().get(GatedNetwork.bias(site));
    boolean whole =
        makers.containsKey(GatedNetwork.live(site))
            && makers.containsKey(GatedNetwork.logits(site))
            && network.weights().containsKey(GatedNetwork.weight(site))
            && bias != null
            && bias.tensor().shape().elements() == site.units();
    if (!whole) {
      throw misfit(
          network, "speaks of " + site.units() + " units of " + site.name() + ", without a head");
    }
  }

  private static BadInputException misfit(Network network, String what) {
    return new BadInputException(
        "network "
            + network.name()
            + ": its metadata "
            + KEY
            + " "
            + what
            + "; prune its parent again with --technique dynamic");
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
