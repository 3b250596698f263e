package io.drivemark.architectures.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.variant.FreshWeights;
import io.drivemark.architectures.zoo.Architectures;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartingKernelTest {
  /** Whether each of the kernel's matrices of height × width holds one value only. */
  private static boolean alike(Tensor kernel) {
    int positions = kernel.shape().extent(2) * kernel.shape().extent(3);
    float[] values = kernel.floats();
    return IntStream.range(0, values.length).allMatch(i -> values[i] == values[i - i % positions]);
  }

  private static Tensor kernel(Network network, String node) {
    return network.weights().get(node + ".weight").tensor();
  }

  private static double meanSquare(Tensor kernel) {
    double sum = 0;
    for (float value : kernel.floats()) {
      sum += (double) value * value;
    }
    return sum / kernel.floats().length;
  }

  @Test
  void theVarianceIsTwoByFanInEitherWay() {
    Shape shape = Shape.of(64, 64, 2, 2);
    assertEquals(2.0 / 64, meanSquare(StartingKernel.draw(shape, 64, false, new Random(3))), 2e-3);
    assertEquals(2.0 / 64, meanSquare(StartingKernel.draw(shape, 64, true, new Random(3))), 2e-3);
  }

  @Test
  void whatIsDrawnAfterwardsIsTheSameEitherWay() {
    Shape shape = Shape.of(3, 2, 2, 2);
    Random one = new Random(7);
    Random other = new Random(7);
    Tensor apart = StartingKernel.draw(shape, 3, false, one);
    Tensor alike = StartingKernel.draw(shape, 3, true, other);
    assertEquals(one.nextLong(), other.nextLong());
    assertFalse(alike(apart));
    assertTrue(alike(alike));
    for (int i = 0; i < apart.floats().length; i += 4) {
      assertEquals(apart.floats()[i], alike.floats()[i], "the first position is kept");
    }
  }

  @Test
  void onlyWhereOutputsShareNoPositionOfTheKernelAreTheyAlike() {
    NetworkBuilder b = new NetworkBuilder("ups", 1);
    String x = b.input("image", 3);
    b.convTranspose("blocks", x, 4, 2).stride(2).build();
    b.convTranspose("overlapping", x, 4, 3).stride(2).padding(1).outputPadding(1).build();
    Tensor given = StartingKernel.draw(Shape.of(3, 4, 2, 2), 3, false, new Random(2));
    b.convTranspose("given", x, 4, 2).stride(2).initial(given).build();
    String down = b.conv("down", x, 4, 2).stride(2).build();
    Network network = b.build(down);
    assertTrue(alike(kernel(network, "blocks")));
    assertFalse(alike(kernel(network, "overlapping")));
    assertFalse(alike(kernel(network, "down")));
    assertEquals(given, kernel(network, "given"));
  }

  @Test
  void networksWhoseLastLayerDoublesTheSizeStartWithoutACheckerboard() {
    Map<String, String> heads =
        Map.of("enet", "head", "erfnet", "decoder.output_conv", "espnet", "classifier");
    heads.forEach(
        (name, node) -> {
          Network network = Architectures.build(name, Map.of(), 11, 1);
          Tensor start = kernel(network, node);
          assertEquals(List.of(2, 2), List.of(start.shape().extent(2), start.shape().extent(3)));
          assertTrue(alike(start), name);
          Network fresh = FreshWeights.of(network, 2);
          assertNotEquals(start, kernel(fresh, node), name);
          assertTrue(alike(kernel(fresh, node)), name + " with fresh weights");
        });
  }
}
