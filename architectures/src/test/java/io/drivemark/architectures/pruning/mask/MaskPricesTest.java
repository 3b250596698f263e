package io.drivemark.architectures.pruning.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.pruning.Measure;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class MaskPricesTest {
  private static final int HEIGHT = 8;
  private static final int WIDTH = 8;

  /** 3 → 4 filters of 3×3, stride 2 → 8 filters of 1×1 → 2 scores of 1×1, no biases. */
  private static JointMasks masks() {
    NetworkBuilder b = new NetworkBuilder("two", 7);
    String x = b.relu("r1", b.conv("a", b.input("x", 3), 4, 3).stride(2).same().build());
    String y = b.relu("r2", b.conv("b", x, 8, 1).build());
    Network dense = b.build(b.conv("scores", y, 2, 1).build());
    return JointMasks.attach(dense, MaskSites.of(dense, MaskPreset.ALL, 1, HEIGHT, WIDTH).sites());
  }

  private static void assertPrices(double a, double b, List<Double> found) {
    double scale = 12 / (4 * a + 8 * b);
    for (int i = 0; i < 12; i++) {
      assertEquals(scale * (i < 4 ? a : b), found.get(i), 1e-9, "mask " + i);
    }
  }

  @Test
  void aMaskCostsWhatGoesWithIt() {
    JointMasks masks = masks();
    assertPrices(1, 1, MaskPrices.even(masks));
    assertPrices(1.0 / 4, 1.0 / 8, MaskPrices.byWidth(masks));
    // a filter of a: 27 weights of its own and one of each of 8 readers; of b: 4 and 2
    assertPrices(27 + 8, 4 + 2, MaskPrices.of(masks, Measure.PARAMS, HEIGHT, WIDTH));
    assertPrices(16 * 35, 16 * 6, MaskPrices.of(masks, Measure.MACS, HEIGHT, WIDTH));
  }

  @Test
  void ofTwoLayersTheCountIsTheNumberOfLiveFilters() {
    JointMasks masks = masks();
    Map<String, float[]> m = new LinkedHashMap<>();
    m.put("mask/a/m", new float[] {1, -1, 1, -1});
    m.put("mask/b/m", new float[] {1, 1, 1, -1, -1, -1, -1, 2});
    List<BitSet> live = masks.live(m);
    double count = 0;
    for (int i = 0; i < 4; i++) {
      count += live.get(0).get(i) ? MaskPrices.even(masks).get(i) : 0;
    }
    for (int i = 0; i < 8; i++) {
      count += live.get(1).get(i) ? MaskPrices.even(masks).get(4 + i) : 0;
    }
    assertEquals(6, count, 1e-12);
  }

  @Test
  void theLargestParametersThatFitAreKept() {
    JointMasks masks = masks();
    Map<String, float[]> m = new LinkedHashMap<>();
    m.put("mask/a/m", new float[] {0.5f, 0.4f, -0.1f, -0.2f});
    m.put("mask/b/m", new float[] {0.9f, 0.8f, 0.7f, 0.6f, 0.3f, 0.2f, -0.3f, -0.4f});
    ToDoubleFunction<List<BitSet>> kept =
        live -> live.stream().mapToInt(BitSet::cardinality).sum() / 12.0;
    MaskFit fewer = MaskFit.of(masks, m, kept, 0.5);
    assertEquals(0.5, fewer.kept());
    assertEquals(2, fewer.moved());
    assertArrayEquals(m.get("mask/a/m"), fewer.parameters().get("mask/a/m"));
    assertArrayEquals(
        new float[] {0.9f, 0.8f, 0.7f, 0.6f, -0.01f, -0.01f, -0.3f, -0.4f},
        fewer.parameters().get("mask/b/m"));
    MaskFit more = MaskFit.of(masks, m, kept, 0.75);
    assertEquals(9 / 12.0, more.kept());
    assertEquals(1, more.moved());
    assertEquals(JointMasks.START, more.parameters().get("mask/a/m")[2]);
    MaskFit least = MaskFit.of(masks, m, kept, 0.01);
    assertEquals(2 / 12.0, least.kept(), "one a site");
    assertTrue(least.parameters().get("mask/a/m")[0] > 0);
    assertEquals(List.of(1, 1), masks.least().stream().map(BitSet::cardinality).toList());
  }
}
