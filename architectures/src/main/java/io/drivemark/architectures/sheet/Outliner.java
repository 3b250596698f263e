package io.drivemark.architectures.sheet;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.sheet.Outline.Block;
import io.drivemark.architectures.sheet.Outline.Kind;
import io.drivemark.architectures.sheet.Outline.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes an {@link Outline}. Vertex 0 is the image, vertex i + 1 node i. Not thread-safe. */
final class Outliner {
  private static final int MOST_BLOCKS = 30;
  private static final int IMAGE = 0;

  private static final Set<Class<? extends Op>> WEIGHTY =
      Set.of(Conv2d.class, ConvTranspose2d.class, MatMul.class);
  private static final Set<Class<? extends Op>> POOLS =
      Set.of(
          MaxPool.class,
          AveragePool.class,
          GlobalPool.class,
          AdaptiveAveragePool.class,
          AdaptiveAveragePoolLike.class,
          AdaptiveAveragePoolScaled.class);
  private static final Set<Class<? extends Op>> STEPS =
      Set.of(
          Resize.class,
          ResizeLike.class,
          ResizeScaled.class,
          ResizeTo.class,
          MaxUnpool.class,
          CropLike.class);
  private static final Set<Class<? extends Op>> JOINS = Set.of(Concat.class, Elementwise.class);

  /** Of these only the size of the second input is read. */
  private static final Set<Class<? extends Op>> SIZED_LIKE =
      Set.of(CropLike.class, ResizeLike.class, AdaptiveAveragePoolLike.class);

  private final Network network;
  private final List<Node> nodes;
  private final Map<String, Shape> shapes;
  private final Map<String, Cost.NodeCost> costs = new HashMap<>();
  private final Groups groups;
  private final Map<Integer, List<String>> names = new HashMap<>();

  Outliner(Network network, int height, int width) {
    this.network = network;
    this.nodes = Cost.needed(network, network.outputs());
    this.shapes = network.shapesAt(height, width);
    Cost.ofAllOutputs(network, height, width).nodes().forEach(c -> costs.put(c.node(), c));
    List<String> keys = NameParts.keys(nodes, node -> weighty(node.op()));
    int[] initial = new int[nodes.size() + 1];
    Map<String, Integer> byKey = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      initial[i + 1] = byKey.computeIfAbsent(keys.get(i), key -> byKey.size() + 1);
    }
    this.groups = new Groups(predecessors(), initial);
    for (int i = 0; i < nodes.size(); i++) {
      names.putIfAbsent(groups.of(i + 1), List.of(keys.get(i)));
    }
  }

  Outline outline() {
    uniteGlue();
    uniteRuns();
    uniteChains();
    List<Integer> order = sorted();
    List<Block> blocks = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    for (int to = 0; to < order.size(); to++) {
      blocks.add(block(order.get(to)));
      for (int read : groups.before(order.get(to))) {
        links.add(new Link(order.indexOf(read), to));
      }
    }
    return new Outline(blocks, links);
  }

  private List<List<Integer>> predecessors() {
    Map<String, Integer> makers = new HashMap<>();
    network.inputs().forEach(input -> makers.put(input.name(), IMAGE));
    List<List<Integer>> all = new ArrayList<>();
    all.add(List.of());
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean sized = SIZED_LIKE.contains(node.op().getClass());
      all.add(
          (sized ? node.inputs().subList(0, 1) : node.inputs())
              .stream().filter(makers::containsKey).map(makers::get).distinct().toList());
      for (String output : node.outputs()) {
        makers.put(output, i + 1);
      }
    }
    return all;
  }

  private static boolean weighty(Op op) {
    return WEIGHTY.contains(op.getClass()) || op instanceof Opaque;
  }

  /** The kind of a group; empty for what only accompanies others: activations, paddings. */
  private Optional<Kind> kind(int group) {
    if (group == groups.of(IMAGE)) {
      return Optional.of(Kind.IMAGE);
    }
    List<Op> ops = groups.members(group).stream().map(v -> nodes.get(v - 1).op()).toList();
    if (ops.stream().anyMatch(Opaque.class::isInstance)) {
      return Optional.of(Kind.OPAQUE);
    }
    Map<Set<Class<? extends Op>>, Kind> kinds = new LinkedHashMap<>();
    kinds.put(WEIGHTY, Kind.BLOCK);
    kinds.put(JOINS, Kind.JOIN);
    kinds.put(POOLS, Kind.POOL);
    kinds.put(STEPS, Kind.RESIZE);
    return kinds.entrySet().stream()
        .filter(e -> ops.stream().anyMatch(op -> e.getKey().contains(op.getClass())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Activations and the like go to what they follow, a padding of the image to what follows. */
  private void uniteGlue() {
    for (int group : groups.all()) {
      if (kind(group).isPresent()) {
        continue;
      }
      TreeSet<Integer> before = groups.before(group);
      TreeSet<Integer> after = groups.after(group);
      if (before.size() == 1 && before.first() != groups.of(IMAGE)) {
        groups.unite(before.first(), group);
      } else if (before.size() == 1 && after.size() == 1) {
        groups.unite(after.first(), group);
      }
    }
  }

  /** Blocks of one name but for the number, one after the other, that change no shape. */
  private void uniteRuns() {
    for (int group : groups.all()) {
      TreeSet<Integer> before = groups.before(group);
      if (before.size() != 1 || !groups.chained(before.first(), group)) {
        continue;
      }
      int last = before.first();
      boolean alike =
          names.containsKey(last)
              && kind(last).equals(kind(group))
              && NameParts.base(names.get(last).get(0)).equals(NameParts.base(name(group)))
              && kept(last)
              && kept(group)
              && shape(last).equals(shape(group));
      if (alike) {
        names.put(last, joined(names.get(last), names.get(group)));
        groups.unite(last, group);
      }
    }
  }

  /** While there are too many: the lightest two that stand in a chain at one resolution. */
  private void uniteChains() {
    while (groups.all().size() > MOST_BLOCKS) {
      int first = -1;
      int second = -1;
      int least = Integer.MAX_VALUE;
      for (int group : groups.all()) {
        for (int next : groups.after(group)) {
          int size = groups.members(group).size() + groups.members(next).size();
          if (size < least
              && group != groups.of(IMAGE)
              && groups.chained(group, next)
              && sameExtent(shape(group), shape(next))) {
            first = group;
            second = next;
            least = size;
          }
        }
      }
      if (first < 0) {
        return;
      }
      names.put(first, List.of(NameParts.span(name(first), name(second))));
      groups.unite(first, second);
    }
  }

  private static List<String> joined(List<String> a, List<String> b) {
    List<String> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private String name(int group) {
    return names.get(group).get(0);
  }

  private static boolean sameExtent(Shape a, Shape b) {
    return a.isKnown()
        && b.isKnown()
        && a.rank() == 4
        && b.rank() == 4
        && a.height() == b.height()
        && a.width() == b.width();
  }

  /** Whether what a group reads has the shape of what it makes. */
  private boolean kept(int group) {
    TreeSet<Integer> before = groups.before(group);
    return before.size() == 1 && shape(before.first()).equals(shape(group));
  }

  /** The shape of the value that others read last from a group. */
  private Shape shape(int group) {
    List<Integer> members = groups.members(group);
    int last = members.get(members.size() - 1);
    return last == IMAGE
        ? shapes.get(network.inputs().get(0).name())
        : shapes.get(nodes.get(last - 1).output());
  }

  /** Groups so that each follows those it reads. */
  private List<Integer> sorted() {
    List<Integer> waiting = new ArrayList<>(groups.all());
    List<Integer> order = new ArrayList<>();
    while (!waiting.isEmpty()) {
      int next =
          waiting.stream()
              .filter(g -> order.containsAll(groups.before(g)))
              .findFirst()
              .orElseThrow();
      waiting.remove((Integer) next);
      order.add(next);
    }
    return order;
  }

  private Block block(int group) {
    if (group == groups.of(IMAGE)) {
      return new Block("image", Kind.IMAGE, 1, shape(group), 0, 0, "");
    }
    long parameters = 0;
    long macs = 0;
    Map<String, Integer> operators = new LinkedHashMap<>();
    for (int vertex : groups.members(group)) {
      Node node = nodes.get(vertex - 1);
      Cost.NodeCost cost = costs.get(node.name());
      parameters += cost.parameters();
      macs += cost.macs();
      String type = node.op() instanceof Opaque foreign ? foreign.type() : cost.operator();
      operators.merge(type, 1, Integer::sum);
    }
    return new Block(
        NameParts.run(names.get(group)),
        kind(group).orElse(Kind.BLOCK),
        names.get(group).size(),
        shape(group),
        parameters,
        macs,
        operators.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", ")));
  }
}
