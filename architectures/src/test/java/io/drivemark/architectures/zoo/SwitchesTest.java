package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchesTest {
  private static final int HEIGHT = 2;
  private static final int WIDTH = 4;
  private static final float[] IMAGE = {1, 2, 9, 9, 3, 0, 8, 9};
  private static final Network NETWORK = network();

  private static Network network() {
    Extent two = Extent.square(2);
    Op maxima = new MaxPool(two, two, Padding.NONE, false, true);
    Op back = new MaxUnpool(two, two);
    List<Node> nodes =
        List.of(
            new Node("relu", Activation.of(Activation.Kind.RELU), List.of("image"), List.of("map")),
            new Node("pool", maxima, List.of("map"), List.of("pooled", "positions")),
            new Node("unpool", back, List.of("pooled", "positions"), List.of("unpooled")));
    List<NetworkInput> inputs =
        List.of(new NetworkInput("image", Shape.of(1, 1, Shape.UNKNOWN, Shape.UNKNOWN)));
    return new Network("there-and-back", inputs, nodes, List.of(), List.of("unpooled"), Map.of());
  }

  private static Switches switches(String engine, float... image) {
    return Switches.of(engine, NETWORK, image, HEIGHT, WIDTH);
  }

  private static float[] run(Network network) {
    return EngineAgreement.run("onnxruntime", network, IMAGE, HEIGHT, WIDTH).get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnxruntime", "pytorch"})
  void bakedSwitchesPutValuesWhereTheyCameFrom(String engine) {
    float[] expected = {0, 0, 9, 0, 3, 0, 0, 0};
    Switches own = switches(engine, IMAGE);
    assertArrayEquals(expected, own.outputs().get(0));
    assertArrayEquals(expected, run(own.bakedInto(NETWORK)));
  }

  @Test
  void aWrongSwitchMovesItsValueAndIsNoticed() {
    Switches wrong = switches("onnxruntime", 1, 4, 9, 9, 3, 0, 8, 9);
    float[] moved = run(wrong.bakedInto(NETWORK));
    assertArrayEquals(new float[] {0, 3, 9, 0, 0, 0, 0, 0}, moved);
    float[] right = run(NETWORK);
    assertThrows(
        AssertionError.class, () -> EngineAgreement.requireEqual(right, moved, 1e-3, "switches"));
  }

  @Test
  void otherPlacesAreAllowedWhereValuesAreEqualButForRounding() {
    Switches own = switches("onnxruntime", IMAGE);
    own.requireOnlyTiesDiffer(switches("pytorch", 1, 2, 9, 9.00001f, 3, 0, 8, 9), "a tie");
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                own.requireOnlyTiesDiffer(
                    switches("pytorch", 1, 2, 9, 9.001f, 3, 0, 8, 9), "none"));
    assertEquals(
        "none, pooling of pool: window 1 holds 9.0 and 9.001, which are no tie",
        error.getMessage().replaceAll(" ==>.*", ""));
  }

  @Test
  void keptChannelsKeepTheirSwitches() {
    float[] expected = {0, 0, 9, 0, 3, 0, 0, 0};
    Switches kept = switches("onnxruntime", IMAGE).keeping(map -> new int[] {0});
    assertArrayEquals(expected, run(kept.bakedInto(NETWORK)));
  }
}
