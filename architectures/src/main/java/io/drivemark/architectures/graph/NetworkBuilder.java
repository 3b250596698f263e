package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a {@link Network} node by node. Values are handled by name; {@link #channels(String)}
 * tells their width. Convolutions start from the builder's seed as {@link StartingKernel} says,
 * biases and normalisation neutral. Weights are named after their node: {@code NODE.weight}, {@code
 * NODE.bias}, {@code NODE.running_mean}, {@code NODE.running_var}, which is what PyTorch state
 * dicts use too. Not thread-safe.
 *
 * <pre>{@code
 * NetworkBuilder b = new NetworkBuilder("tiny", 1);
 * String x = b.input("image", 3);
 * x = b.conv("stem", x, 16, 3).stride(2).padding(1).build();
 * x = b.relu("stem.act", b.batchNorm("stem.bn", x, 1e-5));
 * Network tiny = b.build(b.conv("head", x, 11, 1).bias().build());
 * }</pre>
 */
public final class NetworkBuilder {
  private final String name;
  private final Random random;
  private final List<NetworkInput> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Weight> weights = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, String> metadata = new HashMap<>();

  /** Starts a network; the seed decides its initial weights. */
  public NetworkBuilder(String name, long seed) {
    this.name = name;
    this.random = new Random(seed);
  }

  /** Declares the image input [1, channels, ?, ?]. */
  public String input(String inputName, int channels) {
    Shape shape = Shape.of(1, channels, Shape.UNKNOWN, Shape.UNKNOWN);
    inputs.add(new NetworkInput(inputName, shape));
    shapes.put(inputName, shape);
    return inputName;
  }

  /** The number of channels of a value. */
  public int channels(String value) {
    return shape(value).channels();
  }

  /** The shape of a value as far as it is known without the input's size. */
  public Shape shape(String value) {
    Shape shape = shapes.get(value);
    if (shape == null) {
      throw new IllegalArgumentException("network " + name + ": no value is called " + value);
    }
    return shape;
  }

  /** Adds a text to the metadata. */
  public NetworkBuilder metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Adds a node with one output, which is named like the node. */
  public String add(String nodeName, Op op, String... operands) {
    return addAll(nodeName, op, List.of(operands), List.of(nodeName)).get(0);
  }

  /** Adds a node with several outputs. */
  public List<String> addAll(String nodeName, Op op, List<String> operands, List<String> outputs) {
    List<Shape> made;
    try {
      made = op.outputShapes(operands.stream().map(this::shape).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "network " + name + ", node " + nodeName + ": " + e.getMessage(), e);
    }
    nodes.add(new Node(nodeName, op, operands, outputs));
    for (int i = 0; i < outputs.size(); i++) {
      shapes.put(outputs.get(i), made.get(i));
    }
    return outputs;
  }

  /** Adds a learned weight. */
  public String learned(String weightName, String group, Tensor tensor) {
    return weight(new Weight(weightName, Weight.Role.LEARNED, group, tensor));
  }

  /** Adds a constant; {@code const/} is put before its name. */
  public String constant(String constantName, Tensor tensor) {
    return weight(Weight.constant(Weight.CONSTANT_PREFIX + constantName, tensor));
  }

  /** Adds any weight. */
  public String weight(Weight weight) {
    if (weights.put(weight.name(), weight) != null) {
      throw new IllegalArgumentException("network " + name + ": two weights " + weight.name());
    }
    shapes.put(weight.name(), weight.tensor().shape());
    return weight.name();
  }

  /** Begins a convolution with a square kernel, stride 1, no padding, no bias. */
  public Convolution conv(String nodeName, String x, int outChannels, int kernel) {
    return new Convolution(nodeName, x, outChannels, Extent.square(kernel), false);
  }

  /** Begins a convolution with a kernel of this extent, stride 1, no padding, no bias. */
  public Convolution conv(String nodeName, String x, int outChannels, Extent kernel) {
    return new Convolution(nodeName, x, outChannels, kernel, false);
  }

  /** Begins a transposed convolution with a square kernel, stride 1, no padding, no bias. */
  public Convolution convTranspose(String nodeName, String x, int outChannels, int kernel) {
    return new Convolution(nodeName, x, outChannels, Extent.square(kernel), true);
  }

  /** Batch normalisation of a map, starting neutral. */
  public String batchNorm(String nodeName, String x, double epsilon) {
    Shape c = Shape.of(channels(x));
    return add(
        nodeName,
        new BatchNorm(epsilon),
        x,
        learned(nodeName + ".weight", Weight.OFFSETS, Tensor.filled(c, 1)),
        learned(nodeName + ".bias", Weight.OFFSETS, Tensor.filled(c, 0)),
        statistic(nodeName + ".running_mean", Tensor.filled(c, 0)),
        statistic(nodeName + ".running_var", Tensor.filled(c, 1)));
  }

  /** Parametric ReLU with one slope a channel, starting at 0.25. */
  public String pRelu(String nodeName, String x) {
    Tensor slopes = Tensor.filled(Shape.of(channels(x)), 0.25f);
    return add(nodeName, new PRelu(), x, learned(nodeName + ".weight", Weight.OFFSETS, slopes));
  }

  /**
   * max(x, 0), element by element.
   *
   * @param x a value of any shape
   * @return the result, of the shape of {@code x}
   */
  public String relu(String nodeName, String x) {
    return add(nodeName, Activation.relu(), x);
  }

  /**
   * a + b, element by element. Extents of 1 are repeated as in NumPy, so [N, C, 1, 1] may be added
   * to [N, C, H, W]; other extents must be equal, or inferring the network's shapes fails.
   *
   * @return the sum, of the joint shape
   */
  public String sum(String nodeName, String a, String b) {
    return add(nodeName, new Elementwise(Elementwise.Kind.ADD), a, b);
  }

  /**
   * Joins maps along their channels, in this order: of [N, A, H, W] and [N, B, H, W] it makes [N, A
   * + B, H, W].
   */
  public String concat(String nodeName, String... parts) {
    return add(nodeName, new Concat(1), parts);
  }

  /** Finishes: output 0 is the logits, further ones are auxiliary. */
  public Network build(String... outputs) {
    return new Network(name, inputs, nodes, weights.values(), Arrays.asList(outputs), metadata);
  }

  private String statistic(String weightName, Tensor tensor) {
    return weight(new Weight(weightName, Weight.Role.STATISTIC, "", tensor));
  }

  /** A convolution being described; {@link #build()} adds its node and returns its value. */
  public final class Convolution {
    private final String nodeName;
    private final String x;
    private final int outChannels;
    private final Extent kernel;
    private final boolean transposed;
    private Extent stride = Extent.ONE;
    private Extent dilation = Extent.ONE;
    private Extent outputPadding = new Extent(0, 0);
    private Padding padding = Padding.NONE;
    private int groups = 1;
    private boolean bias;
    private Tensor initial;

    private Convolution(String nodeName, String x, int out, Extent kernel, boolean transposed) {
      this.nodeName = nodeName;
      this.x = x;
      this.outChannels = out;
      this.kernel = kernel;
      this.transposed = transposed;
    }

    public Convolution stride(int size) {
      this.stride = Extent.square(size);
      return this;
    }

    public Convolution stride(Extent size) {
      this.stride = size;
      return this;
    }

    public Convolution dilation(int size) {
      this.dilation = Extent.square(size);
      return this;
    }

    public Convolution dilation(Extent size) {
      this.dilation = size;
      return this;
    }

    public Convolution padding(int size) {
      this.padding = Padding.all(size);
      return this;
    }

    public Convolution padding(Padding sides) {
      this.padding = sides;
      return this;
    }

    /** Padding that keeps the extent at stride 1: dilation·(kernel − 1)/2, for odd kernels. */
    public Convolution same() {
      this.padding =
          Padding.symmetric(
              dilation.h() * (kernel.h() - 1) / 2, dilation.w() * (kernel.w() - 1) / 2);
      return this;
    }

    public Convolution outputPadding(int size) {
      this.outputPadding = Extent.square(size);
      return this;
    }

    public Convolution groups(int count) {
      this.groups = count;
      return this;
    }

    /** One group a channel. */
    public Convolution depthwise() {
      return groups(channels(x));
    }

    public Convolution bias() {
      this.bias = true;
      return this;
    }

    /** Starts from these values instead of random ones. */
    public Convolution initial(Tensor weight) {
      this.initial = weight;
      return this;
    }

    /** Adds the node and returns the name of its value. */
    public String build() {
      int in = channels(x);
      if (in % groups != 0 || outChannels % groups != 0) {
        throw new IllegalArgumentException(
            "network "
                + name
                + ", node "
                + nodeName
                + ": "
                + in
                + " and "
                + outChannels
                + " channels do not divide into "
                + groups
                + " groups");
      }
      Shape shape =
          transposed
              ? Shape.of(in, outChannels / groups, kernel.h(), kernel.w())
              : Shape.of(outChannels, in / groups, kernel.h(), kernel.w());
      int fanIn =
          in / groups * kernel.h() * kernel.w() / (transposed ? stride.h() * stride.w() : 1);
      boolean alike = transposed && kernel.equals(stride) && dilation.equals(Extent.ONE);
      Tensor start =
          initial == null ? StartingKernel.draw(shape, Math.max(1, fanIn), alike, random) : initial;
      if (!start.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "network "
                + name
                + ", node "
                + nodeName
                + ": initial weight "
                + start.shape()
                + ", expected "
                + shape);
      }
      List<String> operands = new ArrayList<>();
      operands.add(x);
      operands.add(learned(nodeName + ".weight", Weight.KERNELS, start));
      if (bias) {
        operands.add(
            learned(nodeName + ".bias", Weight.OFFSETS, Tensor.filled(Shape.of(outChannels), 0)));
      }
      Op op =
          transposed
              ? new ConvTranspose2d(stride, padding, outputPadding, dilation, groups)
              : new Conv2d(stride, padding, dilation, groups);
      return addAll(nodeName, op, operands, List.of(nodeName)).get(0);
    }
  }
}
