package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Upsampling;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the removable units of a network. */
final class UnitAnalysis {
  private static final int HEIGHT = 256;
  private static final int WIDTH = 512;

  private final Network network;
  private final Map<String, Shape> shapes;
  private final Map<String, Node> makers = new HashMap<>();
  private final Map<String, List<Node>> readers = new HashMap<>();

  UnitAnalysis(Network network) {
    this.network = network;
    Shape declared = network.inputs().get(0).shape();
    this.shapes =
        declared.isKnown()
            ? network.shapes(network.inputs().stream().map(NetworkInput::shape).toList())
            : network.shapesAt(HEIGHT, WIDTH);
    for (Node node : network.nodes()) {
      node.outputs().forEach(o -> makers.put(o, node));
      for (String input : new LinkedHashSet<>(node.inputs())) {
        readers.computeIfAbsent(input, k -> new ArrayList<>()).add(node);
      }
    }
  }

  List<RemovableUnit> units() {
    List<Found> found = new ArrayList<>();
    for (Node node : network.nodes()) {
      residual(node).ifPresent(found::add);
    }
    found.removeIf(
        outer -> found.stream().anyMatch(f -> f != outer && outer.nodes().containsAll(f.nodes())));
    List<Node> plain = found.isEmpty() ? network.nodes() : decoder();
    Set<Node> taken = new HashSet<>();
    found.forEach(f -> taken.addAll(f.nodes()));
    for (Node node : plain) {
      separable(node).ifPresent(f -> add(f, found, taken));
    }
    for (Node node : plain) {
      plain(node).ifPresent(f -> add(f, found, taken));
    }
    List<RemovableUnit> units = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node node : network.nodes()) {
      for (Found f : found) {
        if (f.nodes().iterator().next().equals(node)) {
          units.add(named(f, names));
        }
      }
    }
    return units;
  }

  /** The nodes that read anything that was enlarged. */
  private List<Node> decoder() {
    Set<String> upsampled = Upsampling.values(network.nodes(), shapes);
    return network.nodes().stream()
        .filter(n -> n.inputs().stream().anyMatch(upsampled::contains))
        .toList();
  }

  /** A unit without a name; its nodes in the network's order. */
  private record Found(String entry, String exit, Set<Node> nodes) {}

  private static void add(Found unit, List<Found> all, Set<Node> taken) {
    if (unit.nodes().stream().noneMatch(taken::contains)) {
      taken.addAll(unit.nodes());
      all.add(unit);
    }
  }

  private Optional<Found> residual(Node sum) {
    if (!(sum.op() instanceof Elementwise e) || e.kind() != Elementwise.Kind.ADD) {
      return Optional.empty();
    }
    String a = sum.inputs().get(0);
    String b = sum.inputs().get(1);
    Optional<Found> one = residual(sum, a, b);
    return one.isPresent() ? one : residual(sum, b, a);
  }

  /** The block that adds {@code branch}, made of {@code x} alone, to {@code x}. */
  private Optional<Found> residual(Node sum, String x, String branch) {
    Shape shape = shapes.get(x);
    if (!isMap(x) || !shape.equals(shapes.get(branch)) || !shape.equals(shapes.get(sum.output()))) {
      return Optional.empty();
    }
    Optional<Set<Node>> between = between(x, branch);
    if (between.isEmpty() || between.get().isEmpty()) {
      return Optional.empty();
    }
    Set<Node> nodes = new HashSet<>(between.get());
    boolean convolves = nodes.stream().anyMatch(n -> n.op() instanceof Conv2d);
    boolean normalisedFirst =
        readers.get(x).stream().anyMatch(n -> nodes.contains(n) && followsConvolution(n.op()));
    nodes.add(sum);
    for (Node node : nodes) {
      for (String output : node.outputs()) {
        if (!output.equals(sum.output()) && (!isInside(output, nodes) || !fits(output, shape))) {
          return Optional.empty();
        }
      }
    }
    String exit = normalisedFirst ? sum.output() : tail(sum.output(), nodes);
    return convolves ? unit(x, exit, nodes) : Optional.empty();
  }

  /** The nodes on all ways back from a value to {@code x}; none if a way misses it. */
  private Optional<Set<Node>> between(String x, String value) {
    Set<Node> nodes = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      String at = open.pop();
      if (at.equals(x) || network.weights().containsKey(at)) {
        continue;
      }
      Node maker = makers.get(at);
      if (maker == null) {
        return Optional.empty();
      }
      if (nodes.add(maker)) {
        open.addAll(maker.inputs());
      }
    }
    return Optional.of(nodes);
  }

  private boolean isInside(String value, Collection<Node> nodes) {
    return !network.outputs().contains(value)
        && nodes.containsAll(readers.getOrDefault(value, List.of()));
  }

  /** Whether a value inside a block has the block's size, or is one of a global pooling. */
  private boolean fits(String value, Shape block) {
    Shape shape = shapes.get(value);
    return isMap(value)
        && (shape.height() == block.height() && shape.width() == block.width()
            || shape.height() == 1 && shape.width() == 1);
  }

  private Optional<Found> separable(Node first) {
    if (!(first.op() instanceof Conv2d depthwise)
        || depthwise.groups() == 1
        || depthwise.groups() != shapes.get(first.inputs().get(0)).channels()
        || !keepsShape(first)) {
      return Optional.empty();
    }
    Set<Node> nodes = new HashSet<>(Set.of(first));
    String middle = tail(first.output(), nodes);
    List<Node> next = readers.getOrDefault(middle, List.of());
    if (next.size() != 1
        || network.outputs().contains(middle)
        || !(next.get(0).op() instanceof Conv2d pointwise)
        || pointwise.groups() != 1
        || !isPointwise(next.get(0))
        || !keepsShape(next.get(0))) {
      return Optional.empty();
    }
    nodes.add(next.get(0));
    return carryingNoPool(first.inputs().get(0), tail(next.get(0).output(), nodes), nodes);
  }

  private Optional<Found> plain(Node conv) {
    if (!(conv.op() instanceof Conv2d op) || op.groups() != 1 || !keepsShape(conv)) {
      return Optional.empty();
    }
    Set<Node> nodes = new HashSet<>(Set.of(conv));
    String exit = tail(conv.output(), nodes);
    return nodes.size() == 1 ? Optional.empty() : carryingNoPool(conv.inputs().get(0), exit, nodes);
  }

  private Optional<Found> carryingNoPool(String entry, String exit, Set<Node> nodes) {
    boolean pooled =
        readers.getOrDefault(exit, List.of()).stream().anyMatch(n -> n.op() instanceof MaxPool);
    return pooled ? Optional.empty() : unit(entry, exit, nodes);
  }

  private Optional<Found> unit(String entry, String exit, Set<Node> nodes) {
    if (network.outputs().contains(exit) || readers.getOrDefault(exit, List.of()).isEmpty()) {
      return Optional.empty();
    }
    Set<Node> ordered = new LinkedHashSet<>();
    network.nodes().stream().filter(nodes::contains).forEach(ordered::add);
    return Optional.of(new Found(entry, exit, ordered));
  }

  /** Takes in the normalisation and the activation that alone read a value; what they make. */
  private String tail(String value, Set<Node> nodes) {
    String at = value;
    while (!network.outputs().contains(at)) {
      List<Node> next = readers.getOrDefault(at, List.of());
      if (next.size() != 1
          || !(followsConvolution(next.get(0).op()) || next.get(0).op() instanceof Dropout)
          || !next.get(0).inputs().get(0).equals(at)) {
        break;
      }
      nodes.add(next.get(0));
      at = next.get(0).output();
      if (!(next.get(0).op() instanceof BatchNorm || next.get(0).op() instanceof Dropout)) {
        break;
      }
    }
    return at;
  }

  private static boolean followsConvolution(Op op) {
    return op instanceof BatchNorm || op instanceof Activation || op instanceof PRelu;
  }

  private boolean keepsShape(Node node) {
    String x = node.inputs().get(0);
    return isMap(x)
        && shapes.get(x).equals(shapes.get(node.output()))
        && network.weights().containsKey(node.inputs().get(1));
  }

  private boolean isPointwise(Node conv) {
    Shape kernel = shapes.get(conv.inputs().get(1));
    return new Extent(kernel.extent(2), kernel.extent(3)).equals(Extent.ONE);
  }

  private boolean isMap(String value) {
    Shape shape = shapes.get(value);
    return !network.weights().containsKey(value) && shape.isKnown() && shape.rank() == 4;
  }

  private static RemovableUnit named(Found found, Set<String> names) {
    List<String> nodes = found.nodes().stream().map(Node::name).toList();
    String name = nodes.get(0);
    if (found.nodes().stream().filter(n -> n.op() instanceof Conv2d).count() > 1) {
      for (String node : nodes) {
        name = common(name, node);
      }
    }
    if (name.isEmpty() || !names.add(name)) {
      name = nodes.get(nodes.size() - 1);
      names.add(name);
    }
    return new RemovableUnit(name, found.entry(), found.exit(), nodes);
  }

  /** The longest common beginning that ends before a dot or slash. */
  private static String common(String one, String two) {
    String[] left = one.split("(?=[./])");
    String[] right = two.split("(?=[./])");
    StringBuilder common = new StringBuilder();
    for (int i = 0; i < Math.min(left.length, right.length) && left[i].equals(right[i]); i++) {
      common.append(left[i]);
    }
    return common.toString();
  }
}
