package io.drivemark.architectures.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.MassTarget;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameResponsesTest {
  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;

  private static float[] image(float first, float others) {
    float[] image = new float[3 * HEIGHT * WIDTH];
    Arrays.fill(image, others);
    image[0] = first;
    return image;
  }

  private static FrameResponses responses(
      Network network, List<GateSite> sites, float[]... frames) {
    return FrameResponses.of(network, sites, List.of(frames), HEIGHT, WIDTH, 1, Progress.NONE);
  }

  private static BitSet bits(int... live) {
    BitSet bits = new BitSet();
    for (int unit : live) {
      bits.set(unit);
    }
    return bits;
  }

  /** One convolution whose filters are multiples of the image's first channel, then scores. */
  private static Network chain(float... factors) {
    NetworkBuilder b = new NetworkBuilder("chain", 1);
    String x = b.conv("stem", b.input("image", 3), factors.length, 1).build();
    Network network = b.build(b.conv("head", x, 2, 1).build());
    float[] weights = new float[3 * factors.length];
    for (int f = 0; f < factors.length; f++) {
      weights[3 * f] = factors[f];
    }
    Tensor old = network.weights().get("stem.weight").tensor();
    return network.withTensors(Map.of("stem.weight", Tensor.of(old.shape(), weights)));
  }

  /** The poster's worked example, as a network; signs do not matter, nor where the peak is. */
  @Test
  void filtersRespondByTheLargestAbsoluteValueOfTheirMap() {
    Network network = chain(5.5f, -7.9f, 0.3f, 8.6f, 2.2f, -3.1f, 0.9f);
    FrameResponses responses =
        responses(network, GateSites.of(network).sites(), image(1, 0.5f), image(-2, 1));
    assertEquals(
        List.of(bits(0, 1, 3, 5)), responses.live(0, MassTarget.ofFilters(0.95)), "0.8807 of it");
    assertEquals(List.of(bits(0, 1, 3, 5)), responses.live(1, MassTarget.ofFilters(0.95)));
    assertEquals(
        List.of(List.of(bits(3)), List.of(bits(3))), responses.live(MassTarget.ofFilters(0.01)));
  }

  @Test
  void unitsRespondByTheSumOfTheirFilters() {
    Network network = chain(3, 1, 2, 2.5f);
    FrameResponses responses = responses(network, GateSites.of(network).inBlocks(2), image(1, 0));
    assertEquals(
        List.of(bits(1)), responses.live(0, MassTarget.ofFilters(0.6)), "4.5 of 8.5, not 4");
  }

  /** Without windows that reach across borders a tile responds as an image of its own would. */
  @Test
  void aTileRespondsAsAnImageOfItsOwn() {
    Network network = chain(5.5f, -7.9f, 0.3f, 8.6f, 2.2f, -3.1f, 0.9f);
    List<GateSite> sites = GateSites.of(network).sites();
    float[] frame = new float[3 * HEIGHT * WIDTH];
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      frame[i] = i % WIDTH == 1 ? 0 : 1 + i;
    }
    Tiles columns = new Tiles(1, 3);
    FrameResponses tiled =
        FrameResponses.of(
            network, sites, columns, List.of(frame, frame), HEIGHT, WIDTH, 1, Progress.NONE);
    assertEquals(2, tiled.frames());
    List<List<BitSet>> live = tiled.live(MassTarget.ofFilters(0.95));
    assertEquals(6, live.size());
    assertEquals(List.of(bits(0, 1, 3, 5)), live.get(0));
    assertEquals(
        FrameResponses.of(
                network, sites, List.of(new float[3 * HEIGHT]), HEIGHT, 1, 1, Progress.NONE)
            .live(0, MassTarget.ofFilters(0.95)),
        live.get(1),
        "a tile in which nothing responds");
    assertEquals(live.get(0), live.get(2));
    assertEquals(live.subList(0, 3), live.subList(3, 6), "the same frame again");
  }

  @Test
  void tilesCoverTheMap() {
    Tiles tiles = Tiles.parse("2x3");
    boolean[][] seen = new boolean[5][7];
    for (int t = 0; t < tiles.count(); t++) {
      Tiles.Box box = tiles.box(t, "x", 5, 7);
      for (int y = box.top(); y < box.bottom(); y++) {
        for (int x = box.left(); x < box.right(); x++) {
          assertFalse(seen[y][x], "twice: " + y + ", " + x);
          seen[y][x] = true;
        }
      }
    }
    for (boolean[] row : seen) {
      for (boolean pixel : row) {
        assertTrue(pixel);
      }
    }
    assertEquals(
        "the map x is 1x7: it cannot be cut into 2x3 tiles; take fewer",
        assertThrows(BadInputException.class, () -> tiles.box(0, "x", 1, 7)).getMessage());
    for (String bad : List.of("2", "0x2", "2x", "-1x3", "2 x 3", "9999x1")) {
      assertEquals(
          "tiles are '" + bad + "', expected rows and columns, for example 2x3",
          assertThrows(BadInputException.class, () -> Tiles.parse(bad)).getMessage());
    }
  }

  /** Two residual units: one adds half of what it is given, the other twice of it. */
  @Test
  void residualUnitsRespondByWhatTheyChange() {
    NetworkBuilder b = new NetworkBuilder("residual", 1);
    String x = b.conv("stem", b.input("image", 3), 2, 1).build();
    for (String unit : List.of("one", "two")) {
      String y = b.conv(unit + ".conv", x, 2, 1).build();
      x = b.add(unit + ".sum", new Elementwise(Elementwise.Kind.ADD), x, y);
    }
    Network network = b.build(b.conv("head", x, 2, 1).build());
    Tensor square = network.weights().get("one.conv.weight").tensor();
    network =
        network.withTensors(
            Map.of(
                "one.conv.weight", Tensor.of(square.shape(), new float[] {0.5f, 0, 0, 0.5f}),
                "two.conv.weight", Tensor.of(square.shape(), new float[] {-2, 0, 0, -2})));
    List<GateSite> sites = GateSites.layers(network);
    assertEquals(2, sites.size());
    FrameResponses responses = responses(network, sites, image(1, 0.5f));
    // Masses 0.2 and 0.8 of the network's two units.
    assertEquals(List.of(bits(), bits(0)), responses.live(0, MassTarget.ofFilters(0.9)));
    assertEquals(List.of(bits(0), bits(0)), responses.live(0, MassTarget.ofFilters(1)));
    assertEquals(List.of(bits(), bits(0)), responses.live(0, MassTarget.ofFilters(0.801)));
    assertEquals(0.5, FrameResponses.change(1, 2), 1e-12);
  }
}
