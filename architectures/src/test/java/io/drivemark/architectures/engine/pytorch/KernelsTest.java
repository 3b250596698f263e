package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.Transpose;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelsTest {
  @Test
  void everyOperatorHasAKernel() {
    assertEquals(Set.of(Op.class.getPermittedSubclasses()), Kernels.operators());
  }

  @Test
  void opaqueOperatorIsRefusedByName() {
    NetworkBuilder b = new NetworkBuilder("foreign", 1);
    String x = b.input("x", 1);
    Network network = b.build(b.add("strange", new Opaque("Einsum", "", "", 1), x));
    BadInputException problem =
        assertThrows(
            BadInputException.class,
            () -> new PytorchEngine().open(network, 2, 2, EngineOptions.defaults()));
    assertEquals(
        "engine pytorch cannot run node 'strange': operator Einsum is not one this suite knows;"
            + " run the network on engine onnxruntime",
        problem.getMessage());
  }

  @Test
  void activationsFollowTheirFormulas() {
    float[] x = {-4, -1, 0, 0.5f, 3, 7};
    check(x, Activation.relu(), v -> Math.max(0, v));
    check(x, Activation.relu6(), v -> Math.min(6, Math.max(0, v)));
    check(x, new Activation(Activation.Kind.LEAKY_RELU, 0.1, 0), v -> v < 0 ? 0.1 * v : v);
    check(x, new Activation(Activation.Kind.ELU, 0.7, 0), v -> v < 0 ? 0.7 * Math.expm1(v) : v);
    check(x, Activation.of(Activation.Kind.SIGMOID), v -> 1 / (1 + Math.exp(-v)));
    check(x, Activation.of(Activation.Kind.TANH), Math::tanh);
    check(
        x,
        new Activation(Activation.Kind.HARD_SIGMOID, 0.2, 0.4),
        v -> Math.min(1, Math.max(0, 0.2 * v + 0.4)));
    check(
        x,
        Activation.of(Activation.Kind.HARD_SWISH),
        v -> v * Math.min(1, Math.max(0, v / 6 + 0.5)));
    check(
        x,
        new Activation(Activation.Kind.CLIP, -1.5, Double.POSITIVE_INFINITY),
        v -> Math.max(-1.5, v));
    check(x, Activation.of(Activation.Kind.EXP), Math::exp);
    check(new float[] {0, 1, 4, 9, 2, 3}, Activation.of(Activation.Kind.SQRT), Math::sqrt);
  }

  @Test
  void preluHasASlopeAChannel() {
    NetworkBuilder b = new NetworkBuilder("prelu", 1);
    String x = b.input("x", 2);
    Network network =
        b.build(b.pRelu("act", x))
            .withTensors(
                java.util.Map.of("act.weight", Tensor.of(Shape.of(2), new float[] {0.5f, 2})));
    assertArrayEquals(
        new float[] {-0.5f, 3, -2, 3}, Probe.run(network, 1, 2, new float[] {-1, 3, -1, 3}).get(0));
  }

  @Test
  void batchNormUsesRunningStatistics() {
    NetworkBuilder b = new NetworkBuilder("bn", 1);
    String x = b.input("x", 1);
    Network network =
        b.build(b.batchNorm("bn", x, 1))
            .withTensors(
                java.util.Map.of(
                    "bn.weight", Tensor.of(Shape.of(1), new float[] {2}),
                    "bn.bias", Tensor.of(Shape.of(1), new float[] {5}),
                    "bn.running_mean", Tensor.of(Shape.of(1), new float[] {1}),
                    "bn.running_var", Tensor.of(Shape.of(1), new float[] {3})));
    // (x − 1)/√(3 + 1)·2 + 5
    assertArrayEquals(
        new float[] {4, 5, 7}, Probe.run(network, 1, 3, new float[] {0, 1, 3}).get(0), 1e-6f);
  }

  @Test
  void adaptiveAveragePoolCellsOverlapWhereTheyDoNotDivide() {
    // 5 columns in 3 cells: 0..1, 1..3, 3..4
    assertArrayEquals(
        new float[] {0.5f, 2, 3.5f},
        Probe.apply(new AdaptiveAveragePool(1, 3), 1, 1, 5, Probe.counting(5)));
  }

  @Test
  void argMaxTakesTheLowestIndexOnATie() {
    float[] x = {1, 5, 3, 5, 3, 5}; // 3 channels of 2 pixels
    assertArrayEquals(new float[] {1, 0}, Probe.apply(new ArgMax(1, false), 3, 1, 2, x));
  }

  @Test
  void channelShuffleTransposesGroups() {
    float[] x = {0, 1, 2, 3, 4, 5};
    assertArrayEquals(
        new float[] {0, 3, 1, 4, 2, 5}, Probe.apply(new ChannelShuffle(2), 6, 1, 1, x));
  }

  @Test
  void reshapesMoveNoValue() {
    float[] x = Probe.counting(12);
    assertArrayEquals(x, Probe.apply(new Reshape(List.of(0, 6, -1)), 3, 2, 2, x));
    assertArrayEquals(x, Probe.apply(new Identity(), 3, 2, 2, x));
    assertArrayEquals(x, Probe.apply(new Dropout(0.5), 3, 2, 2, x));
    assertArrayEquals(
        new float[] {0, 2, 1, 3},
        Probe.apply(new Transpose(List.of(0, 1, 3, 2)), 1, 2, 2, Probe.counting(4)));
  }

  @Test
  void sliceCountsFromEitherEnd() {
    Op op = new Slice(List.of(2, 3), List.of(-2, 0), List.of(Integer.MAX_VALUE, -1));
    assertArrayEquals(new float[] {3, 4, 6, 7}, Probe.apply(op, 1, 3, 3, Probe.counting(9)));
  }

  @Test
  void splitGivesEachPieceItsChannels() {
    NetworkBuilder b = new NetworkBuilder("split", 1);
    String x = b.input("x", 3);
    List<String> parts = b.addAll("s", new Split(1, List.of(1, 2)), List.of(x), List.of("a", "b"));
    List<float[]> out = Probe.run(b.build("b", "a"), 1, 1, new float[] {7, 8, 9});
    assertEquals(List.of("a", "b"), parts);
    assertArrayEquals(new float[] {8, 9}, out.get(0));
    assertArrayEquals(new float[] {7}, out.get(1));
  }

  @Test
  void padsGoWhereTheyAreListed() {
    assertArrayEquals(
        new float[] {4, 5, 0, 0}, Probe.apply(Pad.channels(1), 1, 1, 2, new float[] {4, 5}));
    assertArrayEquals(
        new float[] {9, 1, 9, 9, 9, 9},
        Probe.apply(
            new Pad(List.of(0, 0, 0, 1), List.of(0, 0, 1, 1), 9), 1, 1, 1, new float[] {1}));
    assertArrayEquals(
        new float[] {1, 2, 3, 0, 0, 0, 0, 0},
        Probe.apply(new PadToMultiple(2), 1, 1, 3, new float[] {1, 2, 3}));
    assertArrayEquals(
        new float[] {1, 2}, Probe.apply(new PadToMultiple(1), 1, 1, 2, new float[] {1, 2}));
  }

  @Test
  void reductionsAverage() {
    float[] x = {1, 2, 3, 6};
    assertArrayEquals(
        new float[] {3}, Probe.apply(new GlobalPool(GlobalPool.Kind.AVERAGE), 1, 2, 2, x));
    assertArrayEquals(
        new float[] {6}, Probe.apply(new GlobalPool(GlobalPool.Kind.MAX), 1, 2, 2, x));
    assertArrayEquals(
        new float[] {1.5f, 4.5f}, Probe.apply(new ReduceMean(List.of(-1), false), 1, 2, 2, x));
  }

  @Test
  void softmaxSumsToOne() {
    float[] x = {0, (float) Math.log(3)};
    assertArrayEquals(new float[] {0.25f, 0.75f}, Probe.apply(new Softmax(1), 2, 1, 1, x), 1e-6f);
  }

  @Test
  void binaryOperatorsBroadcast() {
    NetworkBuilder b = new NetworkBuilder("binary", 1);
    String x = b.input("x", 2);
    String c = b.constant("c", Tensor.of(Shape.of(2, 1, 1), new float[] {2, 4}));
    String[] outputs = new String[4];
    for (Elementwise.Kind kind : Elementwise.Kind.values()) {
      outputs[kind.ordinal()] = b.add("op" + kind, new Elementwise(kind), x, c);
    }
    List<float[]> out = Probe.run(b.build(outputs), 1, 1, new float[] {6, 8});
    assertArrayEquals(new float[] {8, 12}, out.get(0));
    assertArrayEquals(new float[] {4, 4}, out.get(1));
    assertArrayEquals(new float[] {12, 32}, out.get(2));
    assertArrayEquals(new float[] {3, 2}, out.get(3));
  }

  @Test
  void gateGatherConcatCropAndMatMul() {
    NetworkBuilder b = new NetworkBuilder("various", 1);
    String x = b.input("x", 2);
    String mask = b.learned("mask", "gates", Tensor.of(Shape.of(2), new float[] {0, 3}));
    String gated = b.add("gated", new Gate(), x, mask);
    String index = b.weight(Weight.constant("const/index", Tensor.ofLongs(1, 1, 0)));
    String gathered = b.add("gathered", new Gather(1), x, index);
    String joined = b.concat("joined", gated, x);
    String like = b.add("like", new Slice(List.of(3), List.of(0), List.of(1)), x);
    String cropped = b.add("cropped", new CropLike(), x, like);
    String product = b.add("product", new MatMul(), x, x);
    float[] image = {1, 2, 3, 4, 5, 6, 7, 8}; // 2 channels of 2×2
    List<float[]> out = Probe.run(b.build(gated, gathered, joined, cropped, product), 2, 2, image);
    assertArrayEquals(new float[] {0, 0, 0, 0, 15, 18, 21, 24}, out.get(0));
    assertArrayEquals(new float[] {5, 6, 7, 8, 5, 6, 7, 8, 1, 2, 3, 4}, out.get(1));
    assertArrayEquals(new float[] {0, 0, 0, 0, 15, 18, 21, 24, 1, 2, 3, 4, 5, 6, 7, 8}, out.get(2));
    assertArrayEquals(new float[] {1, 3, 5, 7}, out.get(3));
    assertArrayEquals(new float[] {7, 10, 15, 22, 67, 78, 91, 106}, out.get(4));
  }

  private static void check(
      float[] x, Activation op, java.util.function.DoubleUnaryOperator formula) {
    float[] found = Probe.apply(op, 1, 1, x.length, x);
    for (int i = 0; i < x.length; i++) {
      double expected = formula.applyAsDouble(x[i]);
      assertEquals(expected, found[i], 1e-6 * Math.max(1, expected), op + " of " + x[i]);
    }
  }
}
