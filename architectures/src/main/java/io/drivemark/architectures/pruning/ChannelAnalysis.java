package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.StopGradient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks a network and ties the channels that must stay or go together. */
final class ChannelAnalysis {
  /** Operators that treat each channel alone and read one map. */
  private static final Set<Class<? extends Op>> CHANNELWISE =
      Set.of(
          Activation.class,
          AdaptiveAveragePool.class,
          AdaptiveAveragePoolLike.class,
          AdaptiveAveragePoolScaled.class,
          AveragePool.class,
          CropLike.class,
          Dropout.class,
          GlobalPool.class,
          Identity.class,
          MaxPool.class,
          PadToMultiple.class,
          Resize.class,
          ResizeLike.class,
          ResizeScaled.class,
          ResizeTo.class,
          StopGradient.class);

  private final Network network;
  private final Map<String, Shape> shapes;
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, int[]> ids = new LinkedHashMap<>();
  private final TiedChannels channels = new TiedChannels();

  ChannelAnalysis(Network network) {
    this.network = network;
    this.shapes = network.shapes(network.inputs().stream().map(NetworkInput::shape).toList());
    for (Node node : network.nodes()) {
      node.inputs().forEach(i -> readers.merge(i, 1, Integer::sum));
    }
    for (NetworkInput input : network.inputs()) {
      if (isMap(input.name())) {
        int[] made = channels.fresh(input.name(), shapes.get(input.name()).channels());
        ids.put(input.name(), made);
        channels.lock(made, "it is the network's input");
      }
    }
    network.nodes().forEach(this::visit);
    for (String output : network.outputs()) {
      lock(output, "it is output " + output + " of the network");
    }
  }

  ChannelGroups groups() {
    return channels.groups(ids);
  }

  private void visit(Node node) {
    Op op = node.op();
    String x = node.inputs().isEmpty() ? "" : node.inputs().get(0);
    if (op instanceof Conv2d conv) {
      convolution(node, conv.groups(), 0);
    } else if (op instanceof ConvTranspose2d conv) {
      convolution(node, conv.groups(), 1);
    } else if (CHANNELWISE.contains(op.getClass()) && ids.containsKey(x)) {
      node.outputs().forEach(o -> ids.put(o, ids.get(x)));
    } else if (op instanceof BatchNorm && ids.containsKey(x)) {
      perChannel(node, 1, 4);
    } else if (op instanceof PRelu && ids.containsKey(x)) {
      perChannel(node, 1, 1);
    } else if (op instanceof Gate && ids.containsKey(x)) {
      perChannel(node, 1, 1);
    } else if (op instanceof ReduceMean mean
        && ids.containsKey(x)
        && mean.keepAxes()
        && Set.of(2, 3, -1, -2).containsAll(mean.axes())) {
      ids.put(node.output(), ids.get(x));
    } else if (!layout(node, op, x)) {
      String reason = op.getClass().getSimpleName() + " " + node.name() + " mixes channels";
      node.inputs().forEach(i -> lock(i, reason));
      for (String output : node.outputs()) {
        makeLocked(node, output, reason);
      }
    }
  }

  /** Operators that rearrange channels or join maps; false if the node is none of these. */
  private boolean layout(Node node, Op op, String x) {
    if (op instanceof Elementwise) {
      return elementwise(node);
    }
    if (op instanceof Concat concat && concat.axis() == 1 && allMaps(node.inputs())) {
      ids.put(
          node.output(),
          node.inputs().stream().flatMapToInt(i -> Arrays.stream(ids.get(i))).toArray());
      return true;
    }
    if (!ids.containsKey(x)) {
      return false;
    }
    int[] in = ids.get(x);
    if (op instanceof MaxUnpool
        && ids.containsKey(node.inputs().get(1))
        && ids.get(node.inputs().get(1)).length == in.length) {
      channels.tie(in, ids.get(node.inputs().get(1)));
      ids.put(node.output(), in);
      return true;
    }
    if (op instanceof ChannelShuffle shuffle) {
      int[] out = new int[in.length];
      int width = in.length / shuffle.groups();
      for (int i = 0; i < in.length; i++) {
        out[i] = in[i % shuffle.groups() * width + i / shuffle.groups()];
      }
      ids.put(node.output(), out);
      return true;
    }
    if (op instanceof Split split && split.axis() == 1) {
      int from = 0;
      for (int i = 0; i < split.sizes().size(); i++) {
        int to = from + split.sizes().get(i);
        ids.put(node.outputs().get(i), Arrays.copyOfRange(in, from, to));
        from = to;
      }
      return true;
    }
    if (op instanceof Slice slice && !slice.axes().contains(0)) {
      int at = slice.axes().indexOf(1);
      ids.put(
          node.output(),
          at < 0
              ? in
              : Arrays.copyOfRange(
                  in,
                  within(slice.starts().get(at), in.length),
                  Math.max(
                      within(slice.starts().get(at), in.length),
                      within(slice.ends().get(at), in.length))));
      return true;
    }
    if (op instanceof Pad pad && pad.before().size() == 4 && pad.value() == 0) {
      int[] before = channels.fresh(node.name(), pad.before().get(1));
      int[] after = channels.fresh(node.name(), pad.after().get(1));
      int[] out = Arrays.copyOf(before, before.length + in.length + after.length);
      System.arraycopy(in, 0, out, before.length, in.length);
      System.arraycopy(after, 0, out, before.length + in.length, after.length);
      ids.put(node.output(), out);
      return true;
    }
    return false;
  }

  private void convolution(Node node, int groups, int outAxis) {
    String x = node.inputs().get(0);
    String weight = node.inputs().get(1);
    int[] in = ids.get(x);
    boolean plainWeights =
        node.inputs().stream().skip(1).allMatch(w -> isWeight(w) && readers.get(w) == 1);
    if (in == null || !plainWeights) {
      String reason =
          "the weights of " + node.name() + " are shared or computed, or its input is no map";
      lock(x, reason);
      makeLocked(node, node.output(), reason);
    } else if (groups == 1) {
      int out = network.weights().get(weight).tensor().shape().extent(outAxis);
      ids.put(node.output(), channels.fresh(node.name(), out));
    } else if (groups == in.length) {
      int each = shapes.get(node.output()).channels() / groups;
      int[] out = new int[in.length * each];
      for (int i = 0; i < out.length; i++) {
        out[i] = in[i / each];
      }
      ids.put(node.output(), out);
    } else {
      int out = shapes.get(node.output()).channels();
      ids.put(
          node.output(), out == groups ? wholeGroups(in, groups) : slots(node, in, out, groups));
    }
  }

  /** Every group makes one channel: it goes with all it reads, as in a depthwise convolution. */
  private int[] wholeGroups(int[] in, int groups) {
    int each = in.length / groups;
    int[] out = new int[groups];
    for (int g = 0; g < groups; g++) {
      out[g] = in[g * each];
      for (int i = 1; i < each; i++) {
        channels.tie(new int[] {out[g]}, new int[] {in[g * each + i]});
      }
    }
    return out;
  }

  /** All groups lose the channels at the same places, so that as many survive in each. */
  private int[] slots(Node node, int[] in, int out, int groups) {
    int[] made = channels.fresh(node.name(), out);
    for (int g = 1; g < groups; g++) {
      tieFirst(in, g, groups);
      tieFirst(made, g, groups);
    }
    return made;
  }

  /** The channels of one group to those of the first. */
  private void tieFirst(int[] all, int group, int groups) {
    int each = all.length / groups;
    channels.tie(
        Arrays.copyOfRange(all, 0, each),
        Arrays.copyOfRange(all, group * each, (group + 1) * each));
  }

  /** Weights {@code from} to {@code to} have an entry a channel, or one for all. */
  private void perChannel(Node node, int from, int to) {
    int[] in = ids.get(node.inputs().get(0));
    ids.put(node.output(), in);
    for (int i = from; i <= to; i++) {
      String weight = node.inputs().get(i);
      boolean sliceable = isWeight(weight) && (readers.get(weight) == 1 || elements(weight) == 1);
      if (!sliceable) {
        channels.lock(in, "value " + weight + " of " + node.name() + " is shared or computed");
      }
    }
  }

  private boolean elementwise(Node node) {
    String a = node.inputs().get(0);
    String b = node.inputs().get(1);
    if (ids.containsKey(a) && ids.containsKey(b)) {
      int[] left = ids.get(a);
      int[] right = ids.get(b);
      if (left.length == right.length) {
        channels.tie(left, right);
        ids.put(node.output(), left);
        return true;
      }
      int[] one = left.length == 1 ? left : right;
      channels.lock(one, "it is one channel that " + node.name() + " spreads over others");
      ids.put(node.output(), left.length == 1 ? right : left);
      return true;
    }
    String map = ids.containsKey(a) ? a : b;
    String other = map.equals(a) ? b : a;
    if (ids.containsKey(map) && isWeight(other) && elements(other) == 1) {
      ids.put(node.output(), ids.get(map));
      return true;
    }
    return false;
  }

  private void makeLocked(Node node, String output, String reason) {
    if (isMap(output)) {
      int[] made = channels.fresh(node.name(), shapes.get(output).channels());
      ids.put(output, made);
      channels.lock(made, reason);
    }
  }

  private boolean isMap(String value) {
    Shape shape = shapes.get(value);
    return shape.hasRank() && shape.rank() == 4 && shape.channels() != Shape.UNKNOWN;
  }

  private boolean isWeight(String value) {
    return network.weights().containsKey(value);
  }

  private long elements(String weight) {
    Weight found = network.weights().get(weight);
    return found.tensor().shape().elements();
  }

  private boolean allMaps(List<String> values) {
    return values.stream().allMatch(ids::containsKey);
  }

  private static int within(int index, int size) {
    return Math.max(0, Math.min(size, index < 0 ? size + index : index));
  }

  private void lock(String value, String reason) {
    if (ids.containsKey(value)) {
      channels.lock(ids.get(value), reason);
    }
  }
}
