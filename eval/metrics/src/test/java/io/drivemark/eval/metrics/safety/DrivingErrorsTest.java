package io.drivemark.eval.metrics.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.metrics.MetricValue;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions of people, parts of the image, sequences. */
class DrivingErrorsTest {
  private static final LabelSpace STREET =
      new LabelSpace(
          "street",
          List.of(
              new LabelClass("Road", 0, "flat", false, false),
              new LabelClass("Pedestrian", 1, "human", true, true),
              new LabelClass("Bicyclist", 2, "human", true, true),
              new LabelClass("Car", 3, "vehicle", true, false)));

  private static LabelMap map(int height, int width, int... labels) {
    return LabelMap.of(STREET, height, width, Maps.bytes(labels));
  }

  @Test
  void aRegionIsFoundIfEnoughOfItIsAnyVulnerableClass() {
    // Pedestrians at the left (a column of 3, touching a diagonal fourth) and one at the right;
    // a bicyclist below the right one.
    LabelMap truth =
        map(
            4, 5, //
            1, 0, 0, 0, 1, //
            1, 0, 0, 0, 2, //
            1, 0, 0, 0, 2, //
            0, 1, 0, 0, 0);
    LabelMap prediction =
        map(
            4, 5, //
            0, 0, 0, 0, 2, //
            2, 0, 0, 0, 0, //
            1, 0, 0, 0, 0, //
            0, 0, 0, 0, 0);
    VulnerableRecall.Counts all = new VulnerableRecall(1, 0.5).count(truth, prediction);
    // Left: 2 of 4 pixels; upper right: 1 of 1, as a bicyclist; bicyclist: 0 of 2.
    assertEquals(new VulnerableRecall.Counts(2, 3), all);
    assertEquals(MetricValue.of(2.0 / 3), all.recall());
    assertEquals(
        new VulnerableRecall.Counts(1, 3), new VulnerableRecall(1, 0.51).count(truth, prediction));
    assertEquals(
        new VulnerableRecall.Counts(1, 2), new VulnerableRecall(2, 0.5).count(truth, prediction));
    assertTrue(all.interval(0.95).contains(2.0 / 3));
    // 2 of 3: the exact interval of R's binom.test is 0.0943, 0.9916.
    assertEquals(0.09429932, all.interval(0.95).low(), 1e-7);
    assertEquals(0.99159624, all.interval(0.95).high(), 1e-7);
    assertEquals(new VulnerableRecall.Counts(4, 6), all.plus(all));
    assertFalse(new VulnerableRecall.Counts(0, 0).recall().isDefined());
    assertThrows(IllegalArgumentException.class, () -> new VulnerableRecall(0, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new VulnerableRecall.Counts(2, 1));
  }

  @Test
  void largeRegionsAreFilledWhole() {
    byte[] labels = new byte[200 * 300];
    Arrays.fill(labels, (byte) 1);
    LabelMap truth = LabelMap.of(STREET, 200, 300, labels);
    assertEquals(
        new VulnerableRecall.Counts(1, 1), VulnerableRecall.defaults().count(truth, truth));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void regionsAreThePiecesThatFillingFinds(long seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(40);
    int width = 1 + random.nextInt(seed < 7 ? 60 : 300);
    int longest = seed < 4 ? 3 : seed < 7 ? 12 : 90;
    byte[] t = new byte[height * width];
    byte[] p = new byte[t.length];
    for (int i = 0; i < t.length; ) {
      byte label = (byte) random.nextInt(4);
      for (int n = random.nextInt(longest); n >= 0 && i < t.length; n--) {
        p[i] = (byte) random.nextInt(4);
        t[i++] = label;
      }
    }
    long found = 0;
    long regions = 0;
    boolean[] seen = new boolean[t.length];
    for (int i = 0; i < t.length; i++) {
      if (!seen[i] && (t[i] == 1 || t[i] == 2)) {
        int[] sizeAndRight = filled(t, p, height, width, i, seen);
        if (sizeAndRight[0] >= 3) {
          regions++;
          found += sizeAndRight[1] >= 0.6 * sizeAndRight[0] ? 1 : 0;
        }
      }
    }
    assertEquals(
        new VulnerableRecall.Counts(found, regions),
        new VulnerableRecall(3, 0.6)
            .count(LabelMap.of(STREET, height, width, t), LabelMap.of(STREET, height, width, p)),
        "seed " + seed);
  }

  private static int[] filled(
      byte[] t, byte[] p, int height, int width, int start, boolean[] seen) {
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
    seen[start] = true;
    int[] sizeAndRight = new int[2];
    while (!open.isEmpty()) {
      int at = open.pop();
      sizeAndRight[0]++;
      sizeAndRight[1] += p[at] == 1 || p[at] == 2 ? 1 : 0;
      for (int y = Math.max(0, at / width - 1); y <= Math.min(height - 1, at / width + 1); y++) {
        for (int x = Math.max(0, at % width - 1); x <= Math.min(width - 1, at % width + 1); x++) {
          int next = y * width + x;
          if (!seen[next] && t[next] == t[start]) {
            seen[next] = true;
            open.push(next);
          }
        }
      }
    }
    return sizeAndRight;
  }

  @Test
  void nearFieldIsTheLowerThird() {
    LabelMap truth = map(6, 1, 3, 3, 3, 3, 3, 0);
    LabelMap prediction = map(6, 1, 0, 0, 0, 0, 0, 3);
    ConfusionMatrix near = ImageRegion.nearField().count(truth, prediction);
    assertEquals(2, near.pixels());
    assertEquals(1, near.count(3, 0));
    assertEquals(1, near.count(0, 3));
  }

  @Test
  void theCorridorWidensTowardsTheCar() {
    ImageRegion corridor = ImageRegion.egoCorridor();
    assertEquals(550, corridor.firstRow(1000));
    assertEquals(900, corridor.from(550, 1000, 2000));
    assertEquals(1100, corridor.to(550, 1000, 2000));
    assertEquals(400, corridor.from(999, 1000, 2000));
    assertEquals(1600, corridor.to(999, 1000, 2000));
    byte[] labels = Maps.regions(50, 80, 4, new Random(1));
    LabelMap truth = LabelMap.of(STREET, 50, 80, labels);
    byte[] other = Maps.perturbed(labels, 4, new Random(2));
    LabelMap prediction = LabelMap.of(STREET, 50, 80, other);
    long[][] expected = new long[4][5];
    for (int y = corridor.firstRow(50); y < 50; y++) {
      for (int x = corridor.from(y, 50, 80); x < corridor.to(y, 50, 80); x++) {
        if (truth.at(y, x) != 255) {
          expected[truth.at(y, x)][Math.min(4, prediction.at(y, x))]++;
        }
      }
    }
    assertEquals(
        Arrays.deepToString(expected),
        Arrays.deepToString(corridor.count(truth, prediction).counts()));
    assertThrows(IllegalArgumentException.class, () -> new ImageRegion("odd", 0.5, 0.6, 0.4, 0, 1));
  }

  @Test
  void obstaclesTakenForRoadAreTheShareOfWhatIsNotRoad() {
    ConfusionMatrix counts =
        ConfusionMatrix.of(
            STREET,
            new long[][] {{80, 5, 0, 10, 5}, {2, 8, 0, 0, 0}, {0, 0, 0, 0, 0}, {3, 0, 0, 7, 0}});
    Drivable drivable = new Drivable(Set.of("Road"));
    assertEquals(MetricValue.of(5.0 / 20), drivable.falselyDrivable(counts));
    assertEquals(MetricValue.of(20.0 / 100), drivable.falselyBlocked(counts));
    assertFalse(drivable.falselyBlocked(ConfusionMatrix.empty(STREET)).isDefined());
  }

  @Test
  void flickerIsChangeWhereTheTruthStays() {
    Flicker pair =
        Flicker.between(
            map(1, 4, 0, 0, 1, 1),
            map(1, 4, 0, 1, 1, 1),
            map(1, 4, 0, 0, 1, 0),
            map(1, 4, 0, 0, 1, 0));
    assertEquals(MetricValue.of(1.0 / 3), pair.share());
    assertEquals(MetricValue.of(0.5), pair.byClass().get("Road"));
    assertEquals(MetricValue.of(0), pair.byClass().get("Pedestrian"));
    assertFalse(pair.byClass().get("Car").isDefined());
    assertEquals(MetricValue.of(1.0 / 3), pair.plus(pair).share());
    // Void that stays void is not judged.
    LabelMap voidMap = map(1, 1, 255);
    assertFalse(Flicker.between(voidMap, map(1, 1, 0), voidMap, map(1, 1, 1)).share().isDefined());
    assertThrows(
        IllegalArgumentException.class,
        () -> Flicker.between(voidMap, voidMap, voidMap, map(1, 2, 0, 0)));
  }
}
