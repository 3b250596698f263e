package io.drivemark.eval.metrics.safety;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.Maps;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionCountsTest {
  private static final LabelSpace SPACE = Maps.space(5);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void onePassEqualsAPassForEachRegion(long seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(60);
    int width = 1 + random.nextInt(90);
    byte[] t = Maps.regions(height, width, 5, random);
    LabelMap truth = LabelMap.of(SPACE, height, width, t);
    LabelMap prediction = LabelMap.of(SPACE, height, width, Maps.perturbed(t, 5, random));
    List<ImageRegion> regions =
        List.of(
            ImageRegion.nearField(),
            ImageRegion.egoCorridor(),
            new ImageRegion("left", 0.2, 0, 0.3, 0, 0.7));
    RegionCounts counts = RegionCounts.of(truth, prediction, regions);
    ConfusionAccumulator all = new ConfusionAccumulator(SPACE);
    all.add(truth, prediction);
    assertEquals(all.matrix(), counts.frame(), "seed " + seed);
    for (int r = 0; r < regions.size(); r++) {
      assertArrayEquals(
          pixelByPixel(regions.get(r), truth, prediction),
          counts.inRegions().get(r).allCounts(),
          "seed " + seed + ", " + regions.get(r).name());
    }
  }

  private static long[][] pixelByPixel(ImageRegion region, LabelMap truth, LabelMap prediction) {
    long[][] out = new long[6][6];
    for (int y = region.firstRow(truth.height()); y < truth.height(); y++) {
      int to = region.to(y, truth.height(), truth.width());
      for (int x = region.from(y, truth.height(), truth.width()); x < to; x++) {
        out[Math.min(5, truth.at(y, x))][Math.min(5, prediction.at(y, x))]++;
      }
    }
    return out;
  }

  @Test
  void noRegionLeavesTheFrame() {
    LabelMap map = LabelMap.of(SPACE, 2, 3, new byte[6]);
    RegionCounts counts = RegionCounts.of(map, map, List.of());
    assertEquals(6, counts.frame().count(0, 0));
    assertEquals(List.of(), counts.inRegions());
    assertEquals(
        "region counts: at most 8 regions, got 9",
        assertThrows(
                IllegalArgumentException.class,
                () -> RegionCounts.of(map, map, Collections.nCopies(9, ImageRegion.nearField())))
            .getMessage());
  }
}
