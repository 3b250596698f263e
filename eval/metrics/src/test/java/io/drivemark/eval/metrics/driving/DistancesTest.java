package io.drivemark.eval.metrics.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RoadPlane;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.streaming.Braking;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pieces, how far away they are, who is found there, and how fast a car may go then. */
class DistancesTest {
  private static final List<Integer> EDGES = List.of(10, 20, 30);

  private static FoundByDistance bands(int... foundOf40) {
    FoundByDistance.Tally tally = new FoundByDistance.Tally();
    for (int band = 0; band < foundOf40.length; band++) {
      for (int i = 0; i < 40; i++) {
        tally.add(OptionalDouble.of(EDGES.get(band) - i / 8.0), i < foundOf40[band]);
      }
    }
    return tally.counts();
  }

  /** Computed by another program from the formulas of the classes' texts. */
  @Test
  void theSupportedSpeedGoesByTheLastBandThatOneCanRelyOn() {
    FoundByDistance found = bands(40, 38, 30);
    double reliable = found.reliableMetres(EDGES, 0.9, false).value().orElseThrow();
    double sure = found.reliableMetres(EDGES, 0.9, true).value().orElseThrow();
    assertEquals(20, reliable);
    assertEquals(10, sure, "38 of 40 may be 83 %");
    double[][] expected = {{0.14, 52.83, 36.53}, {0.35, 48.72, 32.59}, {0.55, 45.14, 29.31}};
    for (double[] row : expected) {
      Braking braking = new Braking(0, 6);
      assertEquals(row[1], Braking.kilometresPerHour(braking.supported(reliable, row[0])), 0.005);
      assertEquals(row[2], Braking.kilometresPerHour(braking.supported(sure, row[0])), 0.005);
    }
  }

  @Test
  void aBandWithoutAnybodyEndsWhatOneCanRelyOn() {
    assertEquals(
        "undefined (nobody is within 10 m)",
        new FoundByDistance.Tally().counts().reliableMetres(EDGES, 0.9, false).toString());
    assertEquals(
        "undefined (35 of 40 are found within 10 m, less than 90 %)",
        bands(35, 40, 40).reliableMetres(EDGES, 0.9, false).toString());
    assertEquals(
        "undefined (38 of 40 are found within 10 m, not surely 90 %)",
        bands(38, 40, 40).reliableMetres(EDGES, 0.9, true).toString());
    assertEquals(
        10.0, bands(40).reliableMetres(EDGES, 0.9, false).value().orElseThrow(), "none at 20 m");
  }

  @Test
  void theSupportedSpeedIsTheOneThatStopsInTime() {
    Braking braking = new Braking(0.2, 6);
    for (double kmh : new double[] {5, 50, 130}) {
      double v = Braking.metresPerSecond(kmh);
      assertEquals(v, braking.supported(braking.stopping(v, 0.14), 0.14), 1e-12);
      assertEquals(kmh, Braking.kilometresPerHour(v), 1e-12);
    }
    assertEquals(0, braking.supported(0, 0.5), 1e-12);
  }

  @Test
  void distancesAreCountedByWholeMetresUpwards() {
    FoundByDistance found =
        new FoundByDistance.Tally()
            .add(OptionalDouble.of(10), true)
            .add(OptionalDouble.of(10.001), false)
            .add(OptionalDouble.of(0.2), true)
            .add(OptionalDouble.of(100), true)
            .add(OptionalDouble.of(100.5), false)
            .add(OptionalDouble.of(1e6), true)
            .add(OptionalDouble.empty(), true)
            .counts();
    assertEquals(new VulnerableRecall.Counts(2, 2), found.within(0, 10));
    assertEquals(new VulnerableRecall.Counts(0, 1), found.within(10, 11));
    assertEquals(new VulnerableRecall.Counts(1, 2), found.within(10, 100));
    assertEquals(new VulnerableRecall.Counts(1, 2), found.within(100, Integer.MAX_VALUE));
    assertEquals(new VulnerableRecall.Counts(1, 1), found.unknown());
    assertEquals(new VulnerableRecall.Counts(5, 7), found.all());
    assertEquals(found.numbers().length, FoundByDistance.names("people").size());
    assertEquals("people 10 m", FoundByDistance.names("people").get(9));
    assertEquals(2, found.numbers()[0] + found.numbers()[9]);
  }

  /** Pieces are those that recall of people counts, whatever the labels. */
  @Test
  void piecesAreTheRegionsOfPeople() {
    LabelSpace space =
        new LabelSpace(
            "s",
            List.of(
                new LabelClass("road", 0, "flat", false, false),
                new LabelClass("person", 1, "human", true, true),
                new LabelClass("rider", 2, "human", true, true)));
    boolean[] people = new boolean[256];
    people[1] = true;
    people[2] = true;
    long seed = 7;
    Random random = new Random(seed);
    for (int trial = 0; trial < 60; trial++) {
      int width = 1 + random.nextInt(40);
      int height = 1 + random.nextInt(30);
      int dense = 2 + random.nextInt(5);
      byte[] truth = new byte[height * width];
      byte[] prediction = new byte[truth.length];
      for (int p = 0; p < truth.length; p++) {
        truth[p] = (byte) (random.nextInt(dense) == 0 ? 1 + random.nextInt(2) : 0);
        prediction[p] = (byte) random.nextInt(3);
      }
      Components pieces = Components.of(width, truth, people);
      long big = 0;
      long found = 0;
      for (int piece = 0; piece < pieces.count(); piece++) {
        int all = 0;
        int right = 0;
        int lowest = -1;
        for (int p = 0; p < truth.length; p++) {
          if (pieces.at(p) == piece) {
            all++;
            right += prediction[p] != 0 ? 1 : 0;
            lowest = Math.max(lowest, p / width);
          }
        }
        assertEquals(all, pieces.pixels(piece));
        assertEquals(lowest, pieces.lowestRow(piece));
        big += all >= 3 ? 1 : 0;
        found += all >= 3 && 2 * right >= all ? 1 : 0;
      }
      assertEquals(
          new VulnerableRecall(3, 0.5)
              .count(
                  LabelMap.of(space, height, width, truth),
                  LabelMap.of(space, height, width, prediction)),
          new VulnerableRecall.Counts(found, big),
          "seed " + seed + ", trial " + trial);
    }
  }

  @Test
  void objectsAreToldApartByTheirNumbers() {
    int[] numbers = {7, 0, 9, 7, 7, 9, 9, 0};
    byte[] labels = {1, 1, 1, 1, 0, 1, 1, 1};
    boolean[] wanted = new boolean[256];
    wanted[1] = true;
    Components objects = Components.ofObjects(4, numbers, labels, wanted);
    assertEquals(2, objects.count());
    assertEquals(2, objects.pixels(0), "7, without the pixel of another class");
    assertEquals(3, objects.pixels(1));
    assertEquals(0, objects.lowestRow(0));
    assertEquals(2, objects.foot(0), "the middle of columns 0 and 3");
    assertEquals(2, objects.foot(1));
    assertEquals(Components.NONE, objects.at(4));
  }

  @Test
  void theDistanceIsTheMedianWhereItIsKnownOfHalfOfThePixels() {
    boolean[] marked = new boolean[12]; // 3 rows of 4: two pixels each in columns 0 and 2
    Arrays.stream(new int[] {0, 4, 2, 6}).forEach(p -> marked[p] = true);
    Components pieces = Components.of(4, marked);
    assertEquals(2, pieces.count());
    float[] metres = new float[12];
    Arrays.fill(metres, Float.NaN);
    metres[0] = 12;
    metres[4] = 14;
    metres[2] = 20;
    Depth depth = Depth.of(3, 4, metres);
    RoadPlane road = new RoadPlane(new Camera(10, 1, 2, 1.3, 0, 0));
    OptionalDouble[] both = RegionDistances.of(pieces, Optional.of(depth), Optional.of(road));
    assertEquals(13, both[0].orElseThrow());
    assertEquals(20, both[1].orElseThrow(), "one of two is half");
    metres[2] = Float.NaN;
    OptionalDouble[] foot = RegionDistances.of(pieces, Optional.of(depth), Optional.of(road));
    assertEquals(13.0, foot[1].orElseThrow(), "its lowest row ends at 2, one below the horizon");
    assertTrue(
        RegionDistances.of(pieces, Optional.of(depth), Optional.empty())[1].isEmpty(), "unknown");
    RoadPlane high = new RoadPlane(new Camera(10, 2, 2, 1.3, 0, 0));
    assertTrue(
        RegionDistances.of(pieces, Optional.empty(), Optional.of(high))[0].isEmpty(),
        "no road is seen at its foot");
  }
}
