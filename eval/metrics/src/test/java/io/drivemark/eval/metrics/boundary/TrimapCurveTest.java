package io.drivemark.eval.metrics.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrimapCurveTest {

  @Test
  void countsOnlyWhatIsNearABorderOfTheTruth() {
    Random random = new Random(3);
    int height = 45;
    int width = 80;
    byte[] t = Maps.regions(height, width, 3, random);
    byte[] p = Maps.perturbed(t, 3, random);
    LabelSpace space = Maps.space(3);
    TrimapCurve curve = new TrimapCurve(space);
    curve.add(LabelMap.of(space, height, width, t), LabelMap.of(space, height, width, p));
    assertEquals(List.of(1, 2, 4, 8, 16, 32), List.copyOf(curve.counts().keySet()));
    for (Map.Entry<Integer, ConfusionMatrix> e : curve.counts().entrySet()) {
      long[][] expected = new long[3][4];
      for (int i = 0; i < t.length; i++) {
        if ((t[i] & 0xFF) != LabelSpace.VOID && near(t, height, width, i, e.getKey())) {
          expected[t[i]][Math.min(3, p[i] & 0xFF)]++;
        }
      }
      long[][] counts = e.getValue().counts();
      for (int row = 0; row < 3; row++) {
        assertArrayEquals(expected[row], counts[row], "width " + e.getKey() + ", row " + row);
      }
    }
  }

  private static boolean near(byte[] truth, int height, int width, int i, int w) {
    for (int y = Math.max(0, i / width - w); y <= Math.min(height - 1, i / width + w); y++) {
      for (int x = Math.max(0, i % width - w); x <= Math.min(width - 1, i % width + w); x++) {
        if (truth[y * width + x] != truth[i]) {
          return true;
        }
      }
    }
    return false;
  }

  /** A border 4 pixels too far left is all wrong up to 4 pixels and half wrong in 8. */
  @Test
  void aShiftedBorderIsWorseTheNarrowerTheTrimap() {
    TrimapCurve curve = new TrimapCurve(Maps.space(9));
    curve.add(BoundaryIouTest.halves(64, 128, 64), BoundaryIouTest.halves(64, 128, 60));
    Map<Integer, ConfusionMatrix> counts = curve.counts();
    assertEquals(MetricValue.of(0), Metrics.iou(counts.get(4), 5));
    assertEquals(MetricValue.of(0.5), Metrics.iou(counts.get(4), 8));
    assertEquals(MetricValue.of(0.5), Metrics.iou(counts.get(8), 5));
    assertEquals(MetricValue.of(8.0 / 12), Metrics.iou(counts.get(8), 8));
    assertEquals(64 * 64, counts.get(32).pixels());
  }
}
