package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network without its removed channels: filters, the rows of the next filters that read them, and
 * their normalisation and activation parameters are cut out. Computes what {@link MaskedNetwork}
 * computes with the same masks, faster. Stateless.
 */
public final class Materialise {
  private final ChannelMasks masks;
  private final Map<String, int[]> units;
  private final Map<String, Weight> weights;
  private final List<Node> nodes = new ArrayList<>();

  private Materialise(Network network, ChannelMasks masks) {
    this.masks = masks;
    this.units = masks.groups().byValue();
    this.weights = new LinkedHashMap<>(network.weights());
  }

  /**
   * The smaller network; names stay.
   *
   * @param masks made from this network's groups
   */
  public static Network apply(Network network, ChannelMasks masks) {
    Materialise pass = new Materialise(network, masks);
    network.nodes().forEach(pass::rewrite);
    return new Network(
        network.name(),
        network.inputs(),
        pass.nodes,
        pass.weights.values(),
        network.outputs(),
        network.metadata());
  }

  private void rewrite(Node node) {
    Op op = node.op();
    String x = node.inputs().isEmpty() ? "" : node.inputs().get(0);
    if (!units.containsKey(x)) {
      nodes.add(node);
    } else if (op instanceof Conv2d conv) {
      int groups = conv.groups();
      cutConvolution(node, groups, 0);
      replace(
          node, new Conv2d(conv.stride(), conv.padding(), conv.dilation(), groups(node, groups)));
    } else if (op instanceof ConvTranspose2d conv) {
      int groups = conv.groups();
      cutConvolution(node, groups, 1);
      replace(
          node,
          new ConvTranspose2d(
              conv.stride(),
              conv.padding(),
              conv.outputPadding(),
              conv.dilation(),
              groups(node, groups)));
    } else if (op instanceof BatchNorm || op instanceof PRelu || op instanceof Gate) {
      for (String parameter : node.inputs().subList(1, node.inputs().size())) {
        cutVector(parameter, x);
      }
      nodes.add(node);
    } else {
      nodes.add(relayout(node, op, x));
    }
  }

  /** Operators whose attributes speak of channels. */
  private Node relayout(Node node, Op op, String x) {
    int before = units.get(x).length;
    int[] kept = kept(x);
    if (kept.length == before && !(op instanceof Pad)) {
      return node;
    }
    if (op instanceof Split split && split.axis() == 1) {
      List<Integer> sizes = node.outputs().stream().map(o -> kept(o).length).toList();
      return with(node, new Split(1, sizes));
    }
    if (op instanceof Slice slice && slice.axes().contains(1)) {
      int at = slice.axes().indexOf(1);
      int start =
          slice.starts().get(at) < 0 ? before + slice.starts().get(at) : slice.starts().get(at);
      List<Integer> starts = new ArrayList<>(slice.starts());
      List<Integer> ends = new ArrayList<>(slice.ends());
      int from = (int) Arrays.stream(kept).filter(c -> c < start).count();
      starts.set(at, from);
      ends.set(at, from + kept(node.output()).length);
      return with(node, new Slice(slice.axes(), starts, ends));
    }
    if (op instanceof Pad pad) {
      int[] out = units.get(node.output());
      List<Integer> ahead = new ArrayList<>(pad.before());
      List<Integer> behind = new ArrayList<>(pad.after());
      int first = ahead.get(1);
      ahead.set(1, masks.kept(Arrays.copyOfRange(out, 0, first)).length);
      behind.set(1, masks.kept(Arrays.copyOfRange(out, first + before, out.length)).length);
      return with(node, new Pad(ahead, behind, pad.value()));
    }
    if (op instanceof ChannelShuffle) {
      return shuffled(node, (ChannelShuffle) op, kept, before);
    }
    return node;
  }

  /** What remains of a shuffle is a permutation that groups no longer describe. */
  private Node shuffled(Node node, ChannelShuffle shuffle, int[] kept, int before) {
    int width = before / shuffle.groups();
    long[] order =
        Arrays.stream(kept(node.output()))
            .map(i -> i % shuffle.groups() * width + i / shuffle.groups())
            .mapToLong(i -> Arrays.binarySearch(kept, i))
            .toArray();
    String name = Weight.CONSTANT_PREFIX + node.name() + ".order";
    weights.put(name, Weight.constant(name, Tensor.ofLongs(order)));
    return new Node(
        node.name(), new Gather(1), List.of(node.inputs().get(0), name), node.outputs());
  }

  private void cutConvolution(Node node, int groups, int outAxis) {
    int[] out = kept(node.output());
    int[] in = kept(node.inputs().get(0));
    String weight = node.inputs().get(1);
    if (groups == 1) {
      cut(weight, outAxis, out);
      cut(weight, 1 - outAxis, in);
    } else if (isDepthwise(node, groups)) {
      cut(weight, 0, outAxis == 0 ? out : in);
    } else {
      // Axis 0 has the channels of all groups, axis 1 those of one: the made or the read ones.
      cut(weight, 0, outAxis == 0 ? out : in);
      String other = outAxis == 0 ? node.inputs().get(0) : node.output();
      if (!makesOneEach(node.output(), groups)) {
        int each = units.get(other).length / groups;
        int[] kept = outAxis == 0 ? in : out;
        cut(weight, 1, Arrays.stream(kept).filter(c -> c < each).toArray());
      }
    }
    if (node.inputs().size() > 2) {
      cut(node.inputs().get(2), 0, out);
    }
  }

  private boolean isDepthwise(Node node, int groups) {
    return groups == units.get(node.inputs().get(0)).length;
  }

  /** Whether every group makes one channel, so that groups go as a whole. */
  private boolean makesOneEach(String output, int groups) {
    return groups > 1 && units.get(output).length == groups;
  }

  private int groups(Node node, int groups) {
    String x = node.inputs().get(0);
    if (groups > 1 && groups == units.get(x).length) {
      return kept(x).length;
    }
    return makesOneEach(node.output(), groups) ? kept(node.output()).length : groups;
  }

  private void cutVector(String parameter, String map) {
    Weight weight = weights.get(parameter);
    if (weight != null && weight.tensor().shape().extent(0) == units.get(map).length) {
      cut(parameter, 0, kept(map));
    }
  }

  private int[] kept(String value) {
    return masks.kept(units.get(value));
  }

  private void replace(Node node, Op op) {
    nodes.add(with(node, op));
  }

  private static Node with(Node node, Op op) {
    return new Node(node.name(), op, node.inputs(), node.outputs());
  }

  /** Keeps these entries of an axis of a weight. */
  private void cut(String name, int axis, int[] kept) {
    Weight weight = weights.get(name);
    Tensor tensor = weight == null ? null : weight.tensor();
    if (tensor == null || tensor.shape().extent(axis) == kept.length) {
      return;
    }
    int outer = 1;
    int inner = 1;
    for (int d = 0; d < tensor.shape().rank(); d++) {
      outer *= d < axis ? tensor.shape().extent(d) : 1;
      inner *= d > axis ? tensor.shape().extent(d) : 1;
    }
    float[] from = tensor.sharedFloats();
    float[] to = new float[outer * kept.length * inner];
    int extent = tensor.shape().extent(axis);
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < kept.length; k++) {
        System.arraycopy(
            from, (o * extent + kept[k]) * inner, to, (o * kept.length + k) * inner, inner);
      }
    }
    Shape shape = tensor.shape().with(axis, kept.length);
    weights.put(name, new Weight(name, weight.role(), weight.group(), Tensor.sharing(shape, to)));
  }
}
