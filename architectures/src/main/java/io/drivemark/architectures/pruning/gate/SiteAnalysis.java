package io.drivemark.architectures.pruning.gate;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.architectures.pruning.ScoreLayers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks a network and finds where its filters can be gated. One use. */
final class SiteAnalysis {
  private final Network network;
  private final boolean everywhere;
  private final List<Node> nodes;
  private final ChannelOrigins origins;
  private final ChannelGroups groups;
  private final Map<String, Shape> shapes;
  private final Map<String, List<Node>> readers = new HashMap<>();
  private final Map<Integer, ChannelGroups.Family> families = new HashMap<>();
  private final Set<String> scores;

  /**
   * @param everywhere whether filters are gated too that are added to others
   */
  SiteAnalysis(Network network, boolean everywhere) {
    this.network = network;
    this.everywhere = everywhere;
    this.origins = ChannelOrigins.of(network);
    this.nodes = Cost.needed(network, network.outputs().subList(0, 1));
    this.groups = ChannelGroups.of(network);
    this.shapes = network.shapes(network.inputs().stream().map(i -> i.shape()).toList());
    for (Node node : nodes) {
      new HashSet<>(node.inputs())
          .forEach(i -> readers.computeIfAbsent(i, k -> new ArrayList<>()).add(node));
    }
    groups.families().forEach(f -> f.units().forEach(u -> families.put(u, f)));
    this.scores = ScoreLayers.of(network, nodes, shapes);
  }

  GateSites sites() {
    List<GateSite> sites = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (node.op() instanceof Conv2d && !origins.isDepthwise(node)) {
        refusal(node)
            .ifPresentOrElse(
                why -> refused.put(node.name(), why),
                () ->
                    site(node)
                        .ifPresentOrElse(
                            sites::add,
                            () ->
                                refused.put(
                                    node.name(),
                                    "its map is joined with others before it is normalised")));
      } else if (node.op() instanceof ConvTranspose2d) {
        refused.put(node.name(), "it is a transposed convolution");
      }
    }
    return new GateSites(sites, refused);
  }

  /** Why a convolution's filters cannot be gated; empty if they can. */
  private Optional<String> refusal(Node node) {
    Optional<int[]> made = groups.unitsOf(node.output());
    if (made.isEmpty() || origins.of(node.output()).isEmpty()) {
      return Optional.of("its channels are not known");
    }
    if (scores.contains(node.name())) {
      return Optional.of("it makes class scores");
    }
    Shape map = shapes.get(node.output());
    if (map.height() == 1 && map.width() == 1) {
      return Optional.of("its map is one pixel");
    }
    Optional<String> answer = answer(made.get());
    if (everywhere && answer.isPresent()) {
      return answer.map(output -> "it is output " + output + " of the network");
    }
    if (everywhere) {
      return made.get().length < 2 ? Optional.of("it has one filter") : Optional.empty();
    }
    Set<Integer> units = new HashSet<>();
    Arrays.stream(made.get()).forEach(units::add);
    for (int unit : units) {
      ChannelGroups.Family family = families.get(unit);
      if (family.lock().isPresent()) {
        return family.lock();
      }
      if (!family.producers().equals(List.of(node.name()))) {
        List<String> others =
            family.producers().stream().filter(p -> !p.equals(node.name())).toList();
        return Optional.of("its filters go together with those of " + String.join(", ", others));
      }
    }
    return units.size() < 2 ? Optional.of("it has one filter") : Optional.empty();
  }

  /** The output of the network that has some of these units. */
  private Optional<String> answer(int[] units) {
    Set<Integer> all = new HashSet<>();
    Arrays.stream(units).forEach(all::add);
    return network.outputs().stream()
        .filter(
            output ->
                Arrays.stream(groups.unitsOf(output).orElse(new int[0])).anyMatch(all::contains))
        .findFirst();
  }

  private Optional<GateSite> site(Node convolution) {
    String tap = tap(convolution.output());
    int[] channels = groups.unitsOf(convolution.output()).orElseThrow();
    Map<Integer, Integer> ofGroup = new LinkedHashMap<>();
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    for (int c = 0; c < channels.length; c++) {
      ofGroup.putIfAbsent(channels[c], ofGroup.size());
      numbers.put(
          origins.firstFilter(convolution.name()) + c, everywhere ? c : ofGroup.get(channels[c]));
    }
    int units = everywhere ? channels.length : ofGroup.size();
    return places(tap, numbers)
        .map(
            places ->
                new GateSite(
                    convolution.name(),
                    GateSite.Kind.FILTERS,
                    convolution.inputs().get(0),
                    units,
                    1,
                    places));
  }

  /** What normalisation and activation make of a convolution's map. */
  private String tap(String made) {
    String at = made;
    while (!network.outputs().contains(at)) {
      List<Node> next = readers.getOrDefault(at, List.of());
      if (next.size() != 1 || !follows(next.get(0), at)) {
        return at;
      }
      at = next.get(0).output();
    }
    return at;
  }

  private static boolean follows(Node node, String map) {
    Op op = node.op();
    return (op instanceof BatchNorm
            || op instanceof Activation
            || op instanceof PRelu
            || op instanceof Dropout
            || op instanceof Identity)
        && node.inputs().get(0).equals(map);
  }

  /**
   * Where gates must multiply so that no reader that mixes channels sees anything but zeros of a
   * filter that is off; empty if one of these is a map that other channels are in too.
   */
  private Optional<List<GateSite.Place>> places(String tap, Map<Integer, Integer> numbers) {
    List<GateSite.Place> places = new ArrayList<>();
    places.add(place(tap, numbers));
    Set<String> shifted = new HashSet<>();
    Set<String> behind = new HashSet<>(Set.of(tap));
    for (Node node : nodes) {
      List<String> read = node.inputs().stream().filter(behind::contains).distinct().toList();
      if (read.isEmpty()) {
        continue;
      }
      boolean carries = carries(node, numbers);
      if (!carries || !passes(node)) {
        for (String value : read) {
          if (shifted.remove(value)) {
            if (!isWhole(value, numbers)) {
              return Optional.empty();
            }
            places.add(place(value, numbers));
          }
        }
      }
      if (carries) {
        behind.addAll(node.outputs());
        if (shifts(node) || read.stream().anyMatch(shifted::contains)) {
          shifted.addAll(node.outputs());
        }
      }
    }
    return Optional.of(places);
  }

  private GateSite.Place place(String value, Map<Integer, Integer> numbers) {
    int[] filters = origins.of(value).orElseThrow();
    return new GateSite.Place(value, Arrays.stream(filters).mapToObj(numbers::get).toList());
  }

  private boolean isWhole(String value, Map<Integer, Integer> numbers) {
    return Arrays.stream(origins.of(value).orElseThrow()).allMatch(numbers::containsKey);
  }

  /** Whether what a node makes has channels of the site. */
  private boolean carries(Node node, Map<Integer, Integer> numbers) {
    return node.outputs().stream()
        .flatMap(o -> origins.of(o).stream())
        .anyMatch(filters -> Arrays.stream(filters).anyMatch(numbers::containsKey));
  }

  /** Whether a node makes one map of one map (or a sum of the site's own maps). */
  private boolean passes(Node node) {
    return node.op() instanceof Elementwise
        || node.inputs().stream().filter(i -> !network.weights().containsKey(i)).count() == 1;
  }

  /** Whether a node turns zeros into other numbers. */
  private boolean shifts(Node node) {
    Op op = node.op();
    if (op instanceof Activation activation) {
      return switch (activation.kind()) {
        case RELU, LEAKY_RELU, ELU, TANH, HARD_SWISH, SQRT, STEP -> false;
        case CLIP -> activation.a() > 0 || activation.b() < 0;
        case SIGMOID, HARD_SIGMOID, EXP -> true;
      };
    }
    if (op instanceof Conv2d || op instanceof ConvTranspose2d) {
      return node.inputs().size() > 2;
    }
    if (op instanceof Elementwise elementwise) {
      boolean scaled = elementwise.kind() == Elementwise.Kind.MUL;
      boolean twoMaps = node.inputs().stream().noneMatch(network.weights()::containsKey);
      return !scaled && !twoMaps || elementwise.kind() == Elementwise.Kind.DIV;
    }
    return op instanceof BatchNorm;
  }
}
