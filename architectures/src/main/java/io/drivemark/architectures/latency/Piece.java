package io.drivemark.architectures.latency;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What an engine runs as one: an operator on operands of known shapes, and the normalisation and
 * activation it takes in. Two pieces are equal if they take equally long: names and weights do not
 * matter. Immutable.
 *
 * @param op the operator
 * @param operands everything it reads, in its order; one at least is a map
 * @param followers operators that each read what the one before makes, and weights
 */
record Piece(Op op, List<Operand> operands, List<Follower> followers) {
  /** What an operand is. */
  enum Kind {
    /** Float32 values that other operators make. */
    MAP,
    /** Values the network carries. */
    WEIGHT,
    /** Int64 positions. */
    INDICES
  }

  /** Something the operator reads. */
  record Operand(Kind kind, Shape shape) {}

  /**
   * An operator that follows.
   *
   * @param weights shapes of what it reads besides the map
   */
  record Follower(Op op, List<Shape> weights) {
    Follower {
      weights = List.copyOf(weights);
    }
  }

  Piece {
    operands = List.copyOf(operands);
    followers = List.copyOf(followers);
  }

  /** Whether it can be run alone: it reads a map [1, C, H, W]. */
  boolean standsAlone() {
    int x = firstMap();
    return x >= 0
        && operands.get(x).shape().rank() == 4
        && operands.get(x).shape().extent(0) == 1
        && operands.get(x).shape().elements() > 0;
  }

  private int firstMap() {
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i).kind() == Kind.MAP) {
        return i;
      }
    }
    return -1;
  }

  /** The height of the map it is given. */
  int height() {
    return operands.get(firstMap()).shape().height();
  }

  /** The width of the map it is given. */
  int width() {
    return operands.get(firstMap()).shape().width();
  }

  /** How many values it reads of maps and makes. */
  long values() {
    long read =
        operands.stream()
            .filter(o -> o.kind() != Kind.WEIGHT)
            .mapToLong(o -> o.shape().elements())
            .sum();
    return read + output().elements();
  }

  /** Channels it reads. */
  int inChannels() {
    return operands.get(0).shape().channels();
  }

  /** Channels it makes. */
  int outChannels() {
    return output().channels();
  }

  private Shape output() {
    return op.outputShapes(operands.stream().map(Operand::shape).toList()).get(0);
  }

  /** Whether it is a convolution that reads all channels for each it makes. */
  boolean isDense() {
    return groups() == 1;
  }

  /** Whether it is a convolution that makes each channel of one it reads. */
  boolean isDepthwise() {
    return groups() > 1 && groups() == inChannels() && groups() == outChannels();
  }

  /** Groups of a convolution with weights of its own; 0 for all else. */
  private int groups() {
    if (operands.size() < 2 || operands.get(1).kind() != Kind.WEIGHT) {
      return 0;
    }
    return op instanceof Conv2d conv
        ? conv.groups()
        : op instanceof ConvTranspose2d transposed ? transposed.groups() : 0;
  }

  /** The same convolution of other widths; a depthwise one has one width. */
  Piece withWidths(int in, int out) {
    boolean depthwise = isDepthwise();
    int inAxis = op instanceof Conv2d ? 1 : 0;
    Shape kernel = operands.get(1).shape();
    Shape cut = depthwise ? kernel.with(0, out) : kernel.with(inAxis, in).with(1 - inAxis, out);
    int before = outChannels();
    List<Operand> changed = new ArrayList<>();
    changed.add(new Operand(Kind.MAP, operands.get(0).shape().with(1, in)));
    changed.add(new Operand(Kind.WEIGHT, cut));
    if (operands.size() > 2) {
      changed.add(new Operand(Kind.WEIGHT, operands.get(2).shape().with(0, out)));
    }
    List<Follower> after =
        followers.stream()
            .map(
                f ->
                    new Follower(
                        f.op(),
                        f.weights().stream()
                            .map(s -> s.rank() == 1 && s.extent(0) == before ? s.with(0, out) : s)
                            .toList()))
            .toList();
    return new Piece(depthwise ? grouped(out) : op, changed, after);
  }

  private Op grouped(int groups) {
    return op instanceof Conv2d conv
        ? new Conv2d(conv.stride(), conv.padding(), conv.dilation(), groups)
        : new ConvTranspose2d(
            ((ConvTranspose2d) op).stride(),
            ((ConvTranspose2d) op).padding(),
            ((ConvTranspose2d) op).outputPadding(),
            ((ConvTranspose2d) op).dilation(),
            groups);
  }

  /** The piece as a network with arbitrary weights, the same each time. */
  Network network() {
    Random random = new Random(1);
    List<Weight> weights = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    int x = firstMap();
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      inputs.add(
          i == x
              ? "x"
              : constant(weights, operand.shape(), operand.kind() == Kind.INDICES, random));
    }
    List<Node> nodes = new ArrayList<>();
    int made = op.outputShapes(operands.stream().map(Operand::shape).toList()).size();
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < made; i++) {
      outputs.add("y" + i);
    }
    nodes.add(new Node("op", op, inputs, outputs));
    String last = "y0";
    for (int f = 0; f < followers.size(); f++) {
      List<String> reads = new ArrayList<>(List.of(last));
      for (Shape shape : followers.get(f).weights()) {
        reads.add(constant(weights, shape, false, random));
      }
      last = "z" + f;
      nodes.add(new Node("follower" + f, followers.get(f).op(), reads, List.of(last)));
    }
    Shape given = operands.get(x).shape().with(2, Shape.UNKNOWN).with(3, Shape.UNKNOWN);
    return new Network(
        "piece", List.of(new NetworkInput("x", given)), nodes, weights, List.of(last), Map.of());
  }

  /** Positive values: some are variances; positions are all 0. */
  private static String constant(List<Weight> weights, Shape shape, boolean longs, Random random) {
    String name = Weight.CONSTANT_PREFIX + weights.size();
    int count = Math.toIntExact(shape.elements());
    if (longs) {
      weights.add(Weight.constant(name, Tensor.ofLongs(shape, new long[count])));
    } else {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = 0.01f + 0.1f * random.nextFloat();
      }
      weights.add(Weight.constant(name, Tensor.sharing(shape, values)));
    }
    return name;
  }

  /** What it is, in one line: equal for equal pieces and different for others. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(compact(op)).append(" of");
    operands.forEach(
        o ->
            text.append(' ')
                .append(
                    o.kind() == Kind.MAP
                        ? ""
                        : o.kind().name().toLowerCase(java.util.Locale.ROOT) + " ")
                .append(extents(o.shape())));
    for (Follower follower : followers) {
      text.append(", ").append(compact(follower.op()));
      follower.weights().forEach(w -> text.append(' ').append(extents(w)));
    }
    return text.toString();
  }

  private static String compact(Op op) {
    return op.toString()
        .replaceAll("Extent\\[h=(\\d+), w=(\\d+)\\]", "$1x$2")
        .replaceAll(
            "Padding\\[top=(\\d+), left=(\\d+), bottom=(\\d+), right=(\\d+)\\]", "$1,$2,$3,$4");
  }

  private static String extents(Shape shape) {
    return String.join("x", Arrays.stream(shape.extents()).mapToObj(Integer::toString).toList());
  }
}
