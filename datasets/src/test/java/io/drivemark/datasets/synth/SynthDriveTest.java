package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.LabelSpaces;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SynthDriveTest {
  /** Pixels of CamVid's train split, 367 frames, by class; counted from its label files. */
  private static final Map<String, Long> CAMVID_TRAIN =
      Map.ofEntries(
          Map.entry("Sky", 10682767L),
          Map.entry("Building", 14750079L),
          Map.entry("Pole", 623349L),
          Map.entry("Road", 20076880L),
          Map.entry("Pavement", 2845085L),
          Map.entry("Tree", 6166762L),
          Map.entry("SignSymbol", 743859L),
          Map.entry("Fence", 714595L),
          Map.entry("Car", 3719877L),
          Map.entry("Pedestrian", 405385L),
          Map.entry("Bicyclist", 184967L));

  /**
   * SHA-256 of eight frames of 61×83, image, labels, depth and object numbers, as generator version
   * {@value SynthDrive#GENERATOR_VERSION} drew them with Java 17 on x86-64. If it changes, what
   * networks were trained on has changed: raise the generator's version with it.
   */
  private static final String GOLDEN =
      "af0d0593183af4cbcb427b43d1389c31a18cb11789e215288db9cbb0dab4e6a8";

  private static SynthDrive drive(int count, int height, int width) {
    return new SynthDrive(SynthOptions.of(count, 1, height, width, "train"));
  }

  /** Each frame of a drive of its own. */
  private static SynthDrive drives(int count, int height, int width) {
    return new SynthDrive(SynthOptions.of(count, 1, height, width, "train").withSequences(1, 2));
  }

  @Test
  void framesAreTheSameBitsEverywhere() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    SynthDrive frames = drives(8, 61, 83);
    for (int i = 0; i < 8; i++) {
      Sample sample = frames.frame(i).sample();
      digest.update(sample.image().pixels());
      digest.update(sample.truth().pixels());
      ByteBuffer rest = ByteBuffer.allocate(8 * 61 * 83);
      rest.asFloatBuffer().put(sample.depth().orElseThrow().metres());
      rest.position(4 * 61 * 83);
      rest.asIntBuffer().put(sample.instances().orElseThrow().ids());
      digest.update(rest.rewind());
    }
    assertEquals(GOLDEN, HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void imagesDoNotDependOnThreads() {
    SynthDrive frames = drive(6, 48, 64);
    List<RgbImage> alone =
        IntStream.range(0, 6).mapToObj(i -> frames.frame(i).sample().image()).toList();
    List<RgbImage> together =
        IntStream.range(0, 24)
            .parallel()
            .mapToObj(i -> frames.frame(i % 6).sample().image())
            .toList();
    for (int i = 0; i < 24; i++) {
      assertEquals(alone.get(i % 6), together.get(i));
    }
  }

  @Test
  void moreFramesOnlyAddToTheEnd() {
    SynthDrive few = drive(3, 48, 64);
    SynthDrive many = drive(300, 48, 64);
    assertEquals(few.ids(), many.ids().subList(0, 3));
    assertEquals(few.frame(2).sample().image(), many.frame(2).sample().image());
    assertNotEquals(few.digest(), many.digest());
  }

  @Test
  void seedsAndSplitsGiveOtherDrives() {
    Sample train = drive(1, 48, 64).frame(0).sample();
    for (SynthOptions other :
        List.of(
            SynthOptions.of(1, 2, 48, 64, "train"),
            SynthOptions.of(1, 1, 48, 64, "val"),
            SynthOptions.of(1, 1, 48, 64, "test"))) {
      assertNotEquals(train.truth(), new SynthDrive(other).frame(0).sample().truth());
      assertNotEquals(drive(1, 48, 64).digest(), new SynthDrive(other).digest());
    }
    Set<Long> seeds = new HashSet<>();
    for (String split : SynthOptions.SPLITS) {
      for (int i = 0; i < 1000; i++) {
        seeds.add(SynthDrive.driveSeed(1, split, i));
      }
    }
    assertEquals(3000, seeds.size());
  }

  @Test
  void smallFrameIsALargeOneSeenFromAfar() {
    for (int i = 0; i < 4; i++) {
      LabelMap small = drives(4, 90, 120).frame(i).sample().truth();
      LabelMap large = drives(4, 270, 360).frame(i).sample().truth();
      int same = 0;
      for (int y = 0; y < 90; y++) {
        for (int x = 0; x < 120; x++) {
          if (small.at(y, x) == large.at(3 * y + 1, 3 * x + 1)) {
            same++;
          }
        }
      }
      double share = same / (90.0 * 120);
      assertTrue(share > 0.93, "frame " + i + ": only " + share + " of the pixels agree");
    }
  }

  @Test
  void anySizeCanBeDrawn() {
    for (int[] size : new int[][] {{16, 16}, {33, 171}, {75, 31}}) {
      Sample sample = drives(1, size[0], size[1]).frame(0).sample();
      assertEquals(size[0], sample.image().height());
      assertEquals(size[1], sample.truth().width());
    }
  }

  @Test
  void classesAreCamVidsEleven() {
    assertEquals(LabelSpaces.named("camvid-11"), drive(1, 16, 16).labels());
    LabelSpace space = drive(1, 16, 16).labels();
    assertEquals(Labels.SKY, space.indexOf("Sky").orElseThrow());
    assertEquals(Labels.BUILDING, space.indexOf("Building").orElseThrow());
    assertEquals(Labels.POLE, space.indexOf("Pole").orElseThrow());
    assertEquals(Labels.ROAD, space.indexOf("Road").orElseThrow());
    assertEquals(Labels.PAVEMENT, space.indexOf("Pavement").orElseThrow());
    assertEquals(Labels.TREE, space.indexOf("Tree").orElseThrow());
    assertEquals(Labels.SIGN, space.indexOf("SignSymbol").orElseThrow());
    assertEquals(Labels.FENCE, space.indexOf("Fence").orElseThrow());
    assertEquals(Labels.CAR, space.indexOf("Car").orElseThrow());
    assertEquals(Labels.PEDESTRIAN, space.indexOf("Pedestrian").orElseThrow());
    assertEquals(Labels.BICYCLIST, space.indexOf("Bicyclist").orElseThrow());
  }

  @Test
  void classSharesAreWithinAFactorOfTwoOfCamVids() {
    SynthDrive frames = drives(60, 90, 120);
    long[] counts = new long[256];
    for (int i = 0; i < 60; i++) {
      for (byte label : frames.frame(i).sample().truth().pixels()) {
        counts[label & 0xFF]++;
      }
    }
    long all = 60L * 90 * 120;
    double valid = all - counts[LabelSpace.VOID];
    double camVidValid = CAMVID_TRAIN.values().stream().mapToLong(n -> n).sum();
    for (int c = 0; c < frames.labels().size(); c++) {
      String name = frames.labels().classNames().get(c);
      double ratio = counts[c] / valid / (CAMVID_TRAIN.get(name) / camVidValid);
      assertTrue(ratio > 0.5 && ratio < 2, name + " is " + ratio + " times as common as in CamVid");
    }
    double unlabelled = counts[LabelSpace.VOID] / (double) all;
    assertTrue(unlabelled > 0.015 && unlabelled < 0.05, "void: " + unlabelled);
  }

  @Test
  void labelsDepthAndObjectsAgree() {
    SynthDrive frames = drives(12, 90, 120);
    int objects = 0;
    for (int i = 0; i < 12; i++) {
      Sample sample = frames.frame(i).sample();
      byte[] labels = sample.truth().pixels();
      float[] depth = sample.depth().orElseThrow().metres();
      int[] ids = sample.instances().orElseThrow().ids();
      Set<Integer> seen = new HashSet<>();
      for (int k = 0; k < labels.length; k++) {
        int label = labels[k] & 0xFF;
        if (label == Labels.SKY) {
          assertTrue(Float.isNaN(depth[k]), sample.id() + ": sky has a depth");
        } else if (label != LabelSpace.VOID) {
          assertTrue(depth[k] > 0.3 && depth[k] < 1e5, sample.id() + ": depth " + depth[k]);
        }
        boolean countable =
            label != LabelSpace.VOID && frames.labels().classes().get(label).instances();
        assertEquals(countable, ids[k] > 0, sample.id() + " pixel " + k + " class " + label);
        seen.add(ids[k]);
      }
      objects += seen.size() - 1;
    }
    assertTrue(objects > 60, "only " + objects + " objects in twelve frames");
    assertEquals(
        List.of("Car", "Pedestrian", "Bicyclist"),
        frames.labels().classes().stream()
            .filter(LabelClass::instances)
            .map(LabelClass::name)
            .toList());
  }

  @Test
  void roadComesNearerTowardsTheLowerEdge() {
    SynthDrive frames = drives(6, 90, 120);
    for (int i = 0; i < 6; i++) {
      Sample sample = frames.frame(i).sample();
      float[] depth = sample.depth().orElseThrow().metres();
      for (int x = 0; x < 120; x += 7) {
        float last = Float.MAX_VALUE;
        for (int y = 0; y < 90; y++) {
          if (sample.truth().at(y, x) == Labels.ROAD) {
            assertTrue(depth[y * 120 + x] < last, sample.id() + " row " + y + " column " + x);
            last = depth[y * 120 + x];
          }
        }
      }
    }
  }

  @Test
  void nightIsDarkAndFogHidesWhatIsFar() {
    double day = brightness(Weather.CLEAR, Daylight.DAY);
    double dusk = brightness(Weather.CLEAR, Daylight.DUSK);
    double night = brightness(Weather.CLEAR, Daylight.NIGHT);
    assertTrue(night < 0.6 * dusk && dusk < 0.9 * day, night + " " + dusk + " " + day);
    double fog = farAgainstSky(Weather.FOG);
    double clear = farAgainstSky(Weather.CLEAR);
    assertTrue(fog < 0.6 * clear, fog + " " + clear);
  }

  private static double brightness(Weather weather, Daylight daylight) {
    double sum = 0;
    for (byte b : under(weather, daylight).image().pixels()) {
      sum += b & 0xFF;
    }
    return sum;
  }

  /** How much darker than the sky the houses are that stand 60 m away or more. */
  private static double farAgainstSky(Weather weather) {
    Sample sample = under(weather, Daylight.DAY);
    byte[] labels = sample.truth().pixels();
    float[] depth = sample.depth().orElseThrow().metres();
    double[] sum = new double[2];
    int[] count = new int[2];
    for (int k = 0; k < labels.length; k++) {
      boolean far = labels[k] == Labels.BUILDING && depth[k] > 60;
      if (far || labels[k] == Labels.SKY) {
        sum[far ? 1 : 0] += sample.image().pixels()[3 * k + 1] & 0xFF;
        count[far ? 1 : 0]++;
      }
    }
    assertTrue(count[1] > 20, "only " + count[1] + " pixels of distant houses");
    return sum[0] / count[0] - sum[1] / count[1];
  }

  private static Sample under(Weather weather, Daylight daylight) {
    SynthOptions options = SynthOptions.of(1, 4, 90, 120, "train").under(weather, daylight);
    Sample sample = new SynthDrive(options).frame(0).sample();
    assertEquals(weather.attribute(), sample.attributes().get("weather"));
    assertEquals(daylight.attribute(), sample.attributes().get("light"));
    return sample;
  }

  @Test
  void skyIsBrighterThanTheRoadByDay() {
    SynthDrive frames =
        new SynthDrive(
            SynthOptions.of(6, 1, 90, 120, "train")
                .withSequences(1, 1)
                .under(Weather.CLEAR, Daylight.DAY));
    for (int i = 0; i < 6; i++) {
      Sample sample = frames.frame(i).sample();
      double[] sum = new double[2];
      int[] count = new int[2];
      for (int k = 0; k < 90 * 120; k++) {
        int label = sample.truth().pixels()[k];
        int which = label == Labels.SKY ? 0 : label == Labels.ROAD ? 1 : -1;
        if (which >= 0) {
          sum[which] += sample.image().pixels()[3 * k + 1] & 0xFF;
          count[which]++;
        }
      }
      assertTrue(sum[0] / count[0] > 1.5 * sum[1] / count[1], sample.id());
    }
  }
}
