package io.drivemark.eval.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceRules;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plain ways that benchmarks compare with give the same counts. */
class PlainMetricsTest {
  private static final int HEIGHT = 70;
  private static final int WIDTH = 110;

  private static byte[] blocks(Random random) {
    byte[] labels = new byte[HEIGHT * WIDTH];
    for (int block = 0; block < 30; block++) {
      int top = random.nextInt(HEIGHT);
      int left = random.nextInt(WIDTH);
      int label = random.nextInt(12) == 0 ? 255 : random.nextInt(Inputs.CLASSES);
      for (int y = top; y < Math.min(HEIGHT, top + 30); y++) {
        for (int x = left; x < Math.min(WIDTH, left + 40); x++) {
          labels[y * WIDTH + x] = (byte) label;
        }
      }
    }
    return labels;
  }

  @Test
  void erodedMasksGiveTheSameBoundaries() {
    for (int d : new int[] {1, 3, 10}) {
      Random random = new Random(d);
      byte[] truth = blocks(random);
      byte[] prediction = blocks(random);
      try (PlainBoundary plain = new PlainBoundary(Inputs.SPACE, HEIGHT, WIDTH, d)) {
        assertEquals(
            BoundaryIou.defaults()
                .count(
                    LabelMap.of(Inputs.SPACE, HEIGHT, WIDTH, truth),
                    LabelMap.of(Inputs.SPACE, HEIGHT, WIDTH, prediction),
                    d),
            plain.count(truth, prediction),
            "d " + d);
      }
    }
  }

  @Test
  void oneMaskAnObjectGivesTheCountsOfOnePass() {
    Random random = new Random(5);
    InstanceRules rules = InstanceBenchmark.rules();
    byte[] truth = blocks(random);
    byte[] prediction = truth.clone();
    int[] numbers = new int[truth.length];
    for (int i = 0; i < truth.length; i++) {
      // An object is a class in a band of the image.
      int label = truth[i] & 0xFF;
      numbers[i] = label == 255 || label % 3 == 0 ? 0 : 1 + label + 100 * (i / (20 * WIDTH));
      prediction[i] = random.nextInt(4) == 0 ? (byte) random.nextInt(19) : prediction[i];
    }
    InstanceCounts counts =
        InstanceCounts.of(
            rules,
            LabelMap.of(rules.space(), HEIGHT, WIDTH, truth),
            LabelMap.of(rules.space(), HEIGHT, WIDTH, prediction),
            Instances.of(HEIGHT, WIDTH, numbers));
    assertTrue(counts.groups(1).size() > 0 || counts.groups(2).size() > 0);
    assertEquals(counts, PlainInstances.count(rules, truth, prediction, numbers));
  }
}
