package io.drivemark.architectures.pruning.gate;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
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
import java.util.Optional;
import java.util.Set;

/**
 * Which convolution's filter every channel of a network comes from. Unlike the channel groups of
 * static pruning nothing is tied: the channels of a sum of different filters come from none, for
 * they are there while one of these is. Immutable.
 */
final class ChannelOrigins {
  /** Of a channel that comes from no single filter. */
  static final int NONE = -1;

  private static final Set<Class<? extends Op>> CHANNELWISE =
      Set.of(
          Activation.class,
          AdaptiveAveragePool.class,
          AdaptiveAveragePoolLike.class,
          AdaptiveAveragePoolScaled.class,
          AveragePool.class,
          BatchNorm.class,
          CropLike.class,
          Dropout.class,
          Gate.class,
          GlobalPool.class,
          Identity.class,
          MaxPool.class,
          MaxUnpool.class,
          PRelu.class,
          PadToMultiple.class,
          Resize.class,
          ResizeLike.class,
          ResizeScaled.class,
          ResizeTo.class,
          StopGradient.class);

  private final Network network;
  private final Map<String, Shape> shapes;
  private final Map<String, int[]> origins = new HashMap<>();
  private final Map<String, Integer> first = new LinkedHashMap<>();
  private int filters;

  private ChannelOrigins(Network network) {
    this.network = network;
    this.shapes = network.shapes(network.inputs().stream().map(NetworkInput::shape).toList());
  }

  /** Works them out for a network without gates. */
  static ChannelOrigins of(Network network) {
    ChannelOrigins made = new ChannelOrigins(network);
    network.inputs().forEach(i -> made.none(i.name()));
    network.nodes().forEach(made::visit);
    return made;
  }

  /** The filter of each channel of a value, or {@link #NONE}; empty if it is no map. */
  Optional<int[]> of(String value) {
    return Optional.ofNullable(origins.get(value)).map(int[]::clone);
  }

  /** The number of a convolution's first filter; the others follow. */
  int firstFilter(String convolution) {
    return first.get(convolution);
  }

  /** Whether a convolution handles each channel alone. */
  boolean isDepthwise(Node node) {
    Shape x = shapes.get(node.inputs().get(0));
    int groups =
        node.op() instanceof Conv2d conv
            ? conv.groups()
            : node.op() instanceof ConvTranspose2d transposed ? transposed.groups() : 1;
    return groups > 1 && x.hasRank() && groups == x.channels();
  }

  private void visit(Node node) {
    Op op = node.op();
    int[] in = node.inputs().isEmpty() ? null : origins.get(node.inputs().get(0));
    if ((op instanceof Conv2d || op instanceof ConvTranspose2d) && in != null) {
      convolution(node, in);
    } else if (CHANNELWISE.contains(op.getClass()) && in != null) {
      node.outputs().forEach(o -> origins.put(o, in));
    } else if (op instanceof Elementwise elementwise) {
      elementwise(node, elementwise.kind());
    } else if (op instanceof Concat concat
        && concat.axis() == 1
        && node.inputs().stream().allMatch(origins::containsKey)) {
      origins.put(
          node.output(),
          node.inputs().stream().flatMapToInt(i -> Arrays.stream(origins.get(i))).toArray());
    } else if (in == null || !rearranged(node, in)) {
      node.outputs().forEach(this::none);
    }
  }

  private void convolution(Node node, int[] in) {
    Shape made = shapes.get(node.output());
    if (!made.hasRank() || made.channels() == Shape.UNKNOWN) {
      return;
    }
    int[] out = new int[made.channels()];
    if (isDepthwise(node)) {
      int each = out.length / in.length;
      for (int c = 0; c < out.length; c++) {
        out[c] = in[c / each];
      }
    } else {
      first.put(node.name(), filters);
      for (int c = 0; c < out.length; c++) {
        out[c] = filters++;
      }
    }
    origins.put(node.output(), out);
  }

  /** A sum is there while one of its maps is, a product only while all are. */
  private void elementwise(Node node, Elementwise.Kind kind) {
    int[] a = origins.get(node.inputs().get(0));
    int[] b = origins.get(node.inputs().get(1));
    boolean scaled = a != null && isOneValue(node.inputs().get(1));
    boolean product = kind == Elementwise.Kind.MUL || kind == Elementwise.Kind.DIV;
    if (scaled) {
      origins.put(node.output(), a);
    } else if (b != null && isOneValue(node.inputs().get(0)) && kind != Elementwise.Kind.DIV) {
      origins.put(node.output(), b);
    } else if (a == null || b == null || a.length != b.length) {
      none(node.output());
    } else if (product) {
      Shape one = shapes.get(node.inputs().get(0));
      boolean factor = one.height() == 1 && one.width() == 1;
      origins.put(node.output(), factor ? b : a);
    } else {
      int[] out = new int[a.length];
      for (int c = 0; c < out.length; c++) {
        out[c] = a[c] == b[c] ? a[c] : NONE;
      }
      origins.put(node.output(), out);
    }
  }

  private boolean isOneValue(String value) {
    return network.weights().containsKey(value)
        && network.weights().get(value).tensor().shape().elements() == 1;
  }

  /** Operators that move channels; false if the node is none of these. */
  private boolean rearranged(Node node, int[] in) {
    Op op = node.op();
    if (op instanceof ChannelShuffle shuffle) {
      int width = in.length / shuffle.groups();
      int[] out = new int[in.length];
      for (int c = 0; c < out.length; c++) {
        out[c] = in[c % shuffle.groups() * width + c / shuffle.groups()];
      }
      origins.put(node.output(), out);
    } else if (op instanceof Split split && split.axis() == 1) {
      int from = 0;
      for (int i = 0; i < split.sizes().size(); i++) {
        int to = from + split.sizes().get(i);
        origins.put(node.outputs().get(i), Arrays.copyOfRange(in, from, to));
        from = to;
      }
    } else if (op instanceof Slice slice && !slice.axes().contains(0)) {
      int at = slice.axes().indexOf(1);
      origins.put(
          node.output(), at < 0 ? in : part(in, slice.starts().get(at), slice.ends().get(at)));
    } else if (op instanceof Pad pad && pad.before().size() == 4 && pad.value() == 0) {
      int[] out = new int[pad.before().get(1) + in.length + pad.after().get(1)];
      Arrays.fill(out, NONE);
      System.arraycopy(in, 0, out, pad.before().get(1), in.length);
      origins.put(node.output(), out);
    } else {
      return false;
    }
    return true;
  }

  private static int[] part(int[] in, int start, int end) {
    int from = within(start, in.length);
    return Arrays.copyOfRange(in, from, Math.max(from, within(end, in.length)));
  }

  private static int within(int index, int size) {
    return Math.max(0, Math.min(size, index < 0 ? size + index : index));
  }

  private void none(String value) {
    Shape shape = shapes.get(value);
    if (shape.hasRank() && shape.rank() == 4 && shape.channels() != Shape.UNKNOWN) {
      int[] all = new int[shape.channels()];
      Arrays.fill(all, NONE);
      origins.put(value, all);
    }
  }

  /** The names of the convolutions with filters of their own, in the network's order. */
  List<String> convolutions() {
    return List.copyOf(first.keySet());
  }
}
