package io.drivemark.datasets.corruption.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.CorruptionLevel;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.files.Digests;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bytes that were computed by a program of its own (Python 3, from the definitions alone), and what
 * must hold of the others. They change only with a corruption's derivation.
 */
class GoldenBytesTest {
  private static final LabelSpace SPACE =
      new LabelSpace(
          "two",
          List.of(
              new LabelClass("Sky", 1, "sky", false, false),
              new LabelClass("Road", 2, "flat", false, false)));

  private static RgbImage image(int height, int width, int... values) {
    byte[] pixels = new byte[3 * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i % values.length];
    }
    return RgbImage.of(height, width, pixels);
  }

  private static int[] values(RgbImage image) {
    return IntStream.range(0, image.pixels().length).map(i -> image.pixels()[i] & 0xFF).toArray();
  }

  private static Frame frame(String id) {
    return Frame.of(
        id,
        () -> {
          throw new AssertionError("no part of the frame is needed");
        });
  }

  private static RgbImage on(Corruption corruption, int severity, RgbImage image) {
    return new CorruptionLevel(corruption, severity).apply(image, frame("a"), Optional::empty);
  }

  private static int[] first(int count, Corruption corruption, int severity, int value) {
    return Arrays.copyOf(values(on(corruption, severity, image(2, 10, value))), count);
  }

  @Test
  void gaussianNoise() {
    assertArrayEquals(
        new int[] {108, 134, 138, 116, 121, 121}, first(6, new GaussianNoise(), 1, 128));
    assertArrayEquals(new int[] {222, 34, 233, 18, 94, 103}, first(6, new GaussianNoise(), 5, 128));
  }

  @Test
  void gaussianNoiseHasItsDeviation() {
    int[] values = values(on(new GaussianNoise(), 1, image(120, 160, 128)));
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = Arrays.stream(values).mapToDouble(v -> (v - mean) * (v - mean)).sum();
    assertEquals(20.4, Math.sqrt(square / values.length), 0.2);
    assertEquals(127.5, mean, 0.2);
  }

  @Test
  void shotNoise() {
    assertArrayEquals(new int[] {63, 106, 148, 42, 106, 85}, first(6, new ShotNoise(), 3, 128));
    assertArrayEquals(new int[6], first(6, new ShotNoise(), 3, 0));
  }

  @Test
  void shotNoiseKeepsTheMean() {
    int[] values = values(on(new ShotNoise(), 1, image(120, 160, 100)));
    assertEquals(99.5, Arrays.stream(values).average().orElseThrow(), 0.4);
  }

  @Test
  void impulseNoise() {
    assertArrayEquals(
        new int[] {128, 255, 128, 255, 0, 0, 255, 128, 255, 128, 128, 128},
        first(12, new ImpulseNoise(), 5, 128));
  }

  @Test
  void defocusDisksHaveTheirPixels() {
    assertArrayEquals(
        new int[] {29, 49, 113, 197, 317},
        IntStream.of(3, 4, 6, 8, 10).map(DefocusBlur::size).toArray());
  }

  /** Against the definition written out: every pixel of the disk, mirrored one by one. */
  @Test
  void defocusIsTheMeanOverTheDiskAtTheBorderToo() {
    RgbImage image = on(new GaussianNoise(), 5, image(9, 11, 40, 128, 210));
    RgbImage out = on(new DefocusBlur(), 1, image);
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 11; x++) {
        int sum = 0;
        for (int dy = -3; dy <= 3; dy++) {
          for (int dx = -3; dx <= 3; dx++) {
            if (dx * dx + dy * dy <= 9) {
              int row = y + dy < 0 ? -y - dy : y + dy > 8 ? 16 - y - dy : y + dy;
              int column = x + dx < 0 ? -x - dx : x + dx > 10 ? 20 - x - dx : x + dx;
              sum += image.pixels()[3 * (row * 11 + column) + 1] & 0xFF;
            }
          }
        }
        assertEquals(sum / 29, out.pixels()[3 * (y * 11 + x) + 1] & 0xFF, y + "," + x);
      }
    }
  }

  @Test
  void blurLeavesAPhotographOfOneColourAsItIs() {
    RgbImage image = image(12, 15, 7, 128, 255);
    for (int severity = 1; severity <= 5; severity++) {
      assertEquals(image, on(new DefocusBlur(), severity, image));
      assertEquals(image, on(new MotionBlur(), severity, image));
    }
  }

  /** A white square in the middle stays where it is: the line is centred. */
  @Test
  void motionBlurMovesNothingOnAverage() {
    int side = 101;
    byte[] pixels = new byte[3 * side * side];
    for (int y = 45; y <= 55; y++) {
      for (int x = 45; x <= 55; x++) {
        Arrays.fill(pixels, 3 * (y * side + x), 3 * (y * side + x) + 3, (byte) 255);
      }
    }
    for (int severity = 1; severity <= 5; severity++) {
      RgbImage out = on(new MotionBlur(), severity, RgbImage.of(side, side, pixels));
      double sum = 0;
      double right = 0;
      double down = 0;
      for (int i = 0; i < side * side; i++) {
        int value = out.pixels()[3 * i] & 0xFF;
        sum += value;
        right += value * (i % side - 50);
        down += value * (i / side - 50);
      }
      assertEquals(0, right / sum, 1e-9, "severity " + severity);
      assertEquals(0, down / sum, 1e-9, "severity " + severity);
      assertTrue((out.pixels()[3 * (50 * side + 50)] & 0xFF) < 255, "it is blurred");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100 50 25, 125 62 31",
    "5, 100 50 25, 227 113 56",
    "3, 200 100 0, 255 127 0",
    "1, 0 0 0, 25 25 25",
    "2, 0 0 0, 51 51 51",
    "5, 255 255 255, 255 255 255"
  })
  void brightness(int severity, String from, String to) {
    assertArrayEquals(
        numbers(to), values(on(new Brightness(), severity, image(1, 1, numbers(from)))));
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100 200, 130 170",
    "2, 100 200, 135 165",
    "3, 100 200, 140 160",
    "4, 100 200, 145 155",
    "5, 100 200, 147 152",
    "1, 0 255 10, 53 155 57"
  })
  void contrast(int severity, String from, String to) {
    int[] channel = numbers(from);
    int[] values = new int[3 * channel.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 2 ? 99 : channel[i / 3];
    }
    int[] out = values(on(new Contrast(), severity, image(1, channel.length, values)));
    int[] expected = numbers(to);
    for (int i = 0; i < out.length; i++) {
      assertEquals(i % 3 == 2 ? 99 : expected[i / 3], out[i], "value " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 9 8 6 4 3", "128, 38 32 25 19 12", "255, 153 127 102 76 51"})
  void darkBeforeItsNoise(int value, String expected) {
    assertArrayEquals(
        numbers(expected), IntStream.rangeClosed(1, 5).map(s -> Dark.curve(value, s)).toArray());
  }

  @Test
  void darkHasNoiseOfItsTwoKinds() {
    int[] values = values(on(new Dark(), 3, image(120, 160, 255)));
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = Arrays.stream(values).mapToDouble(v -> (v - mean) * (v - mean)).sum();
    assertEquals(101, mean, 0.5);
    double photons = 255 * Math.sqrt(102 * 120 / 255.0) / 120;
    assertEquals(Math.hypot(photons, 255 * 0.018), Math.sqrt(square / values.length), 0.3);
  }

  @Test
  void jpegLosesMoreAtEachSeverityAndKeepsGrey() {
    Frame scene = new SynthDrive(SynthOptions.of(1, 5, 120, 160, "val")).frame(0);
    double before = Double.POSITIVE_INFINITY;
    for (int severity = 1; severity <= 5; severity++) {
      assertEquals(image(16, 24, 128), on(new Jpeg(), severity, image(16, 24, 128)));
      double psnr = psnr(scene.image(), on(new Jpeg(), severity, scene.image()));
      assertTrue(psnr < before, "severity " + severity + ": " + psnr + " dB after " + before);
      before = psnr;
    }
  }

  /** A red square stays red: channels are not swapped on the way. */
  @Test
  void jpegKeepsColours() {
    int[] out = values(on(new Jpeg(), 1, image(16, 16, 200, 40, 60)));
    assertEquals(200, out[0], 12);
    assertEquals(40, out[1], 12);
    assertEquals(60, out[2], 12);
  }

  private static double psnr(RgbImage a, RgbImage b) {
    double square = 0;
    for (int i = 0; i < a.pixels().length; i++) {
      double d = (a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF);
      square += d * d;
    }
    return 10 * Math.log10(255.0 * 255 * a.pixels().length / square);
  }

  @ParameterizedTest
  @CsvSource({"200, 200 192 192 192 128", "77, 72 64 64 64 0"})
  void quantise(int value, String expected) {
    assertArrayEquals(
        numbers(expected),
        IntStream.rangeClosed(1, 5).map(s -> first(1, new Quantise(), s, value)[0]).toArray());
  }

  private static Distances distances(int height, int width, float[] metres, int... labels) {
    byte[] pixels = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      pixels[i] = (byte) labels[i];
    }
    return Distances.of(
            Depth.of(height, width, metres), Optional.of(LabelMap.of(SPACE, height, width, pixels)))
        .orElseThrow();
  }

  @Test
  void fogGoesByDistanceWhereItIsKnown() {
    Distances far = distances(1, 2, new float[] {50, 50}, 1, 1);
    RgbImage out = new Fog().apply(image(1, 2, 100), 3, Draws.of("any"), Optional.of(far));
    assertArrayEquals(new int[] {163, 163, 163, 163, 163, 163}, values(out));
  }

  /** Sky, a gap between, and the bonnet. */
  @Test
  void fogHidesTheSkyAndLeavesTheBonnet() {
    float n = Float.NaN;
    Distances far =
        distances(
            6, 1, new float[] {n, 40, n, n, 10, n}, 0, 1, 0, LabelSpace.VOID, 1, LabelSpace.VOID);
    assertEquals(Float.POSITIVE_INFINITY, far.metres(0));
    assertEquals(40, far.metres(1));
    assertEquals(Float.POSITIVE_INFINITY, far.metres(2));
    assertEquals(40, far.metres(3));
    assertEquals(10, far.metres(4));
    assertEquals(0, far.metres(5));
    int[] out = values(new Fog().apply(image(6, 1, 100), 5, Draws.of("x"), Optional.of(far)));
    assertEquals(200, out[0]);
    assertEquals(100, out[15]);
  }

  @Test
  void distancesOfALaserAreTooFew() {
    float[] metres = new float[100];
    Arrays.fill(metres, Float.NaN);
    for (int row = 0; row < 10; row += 3) {
      Arrays.fill(metres, row * 10, row * 10 + 10, 20);
    }
    assertEquals(Optional.empty(), Distances.of(Depth.of(10, 10, metres), Optional.empty()));
    Arrays.fill(metres, Float.NaN);
    assertEquals(Optional.empty(), Distances.of(Depth.of(10, 10, metres), Optional.empty()));
  }

  @Test
  void aCloudKeepsTheBrightestValueAndReachesFromNothingToAll() {
    Plasma cloud = Plasma.covering(100, 2, Draws.of("cloud"));
    double least = 1;
    double most = 0;
    for (int i = 0; i < 128 * 128; i++) {
      least = Math.min(least, cloud.at(i / 128, i % 128));
      most = Math.max(most, cloud.at(i / 128, i % 128));
    }
    assertEquals(0, least);
    assertEquals(1, most);
    for (int severity = 1; severity <= 5; severity++) {
      int[] out = values(on(new Fog(), severity, image(64, 64, 30, 90, 240)));
      assertTrue(Arrays.stream(out).max().orElseThrow() <= 240);
      assertTrue(Arrays.stream(out).max().orElseThrow() >= 230);
    }
  }

  @Test
  void dirtCoversItsShareOfThePhotograph() {
    double[] shares = {0.02, 0.04, 0.06, 0.09, 0.12};
    for (int[] size : new int[][] {{120, 160}, {360, 480}, {90, 400}}) {
      for (int severity = 1; severity <= 5; severity++) {
        for (int drive = 0; drive < 5; drive++) {
          float[] passes =
              LensDirt.passes(
                  size[0],
                  size[1],
                  (int) Math.round(100 * shares[severity - 1]),
                  Draws.of("dirt" + drive));
          int covered = 0;
          for (float passed : passes) {
            covered += passed > 0 ? 1 : 0;
          }
          double share = covered / (double) passes.length;
          assertEquals(1, share / shares[severity - 1], 0.1, severity + " of drive " + drive);
        }
      }
    }
  }

  @Test
  void dirtStaysInPlaceAlongASequenceAndNoiseDoesNot() {
    SynthDrive scenes = new SynthDrive(SynthOptions.of(4, 3, 60, 80, "val").withSequences(2, 2));
    RgbImage grey = image(60, 80, 128);
    List<RgbImage> dirt =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new CorruptionLevel(new LensDirt(), 3)
                        .apply(grey, scenes.frame(i), Optional::empty))
            .toList();
    assertEquals(dirt.get(0), dirt.get(1));
    assertEquals(dirt.get(2), dirt.get(3));
    assertTrue(!dirt.get(1).equals(dirt.get(2)), "another drive has other dirt");
    CorruptionLevel noise = new CorruptionLevel(new GaussianNoise(), 3);
    assertTrue(
        !noise
            .apply(grey, scenes.frame(0), Optional::empty)
            .equals(noise.apply(grey, scenes.frame(1), Optional::empty)));
  }

  /** One digest of all but JPEG, on a drawn scene: no machine, JVM or thread may change it. */
  @Test
  void theBytesOfTheRestAreThoseThatWereSeenWhenTheyWereWritten() {
    Sample scene = new SynthDrive(SynthOptions.of(1, 5, 48, 64, "val")).frame(0).sample();
    Optional<Distances> far = Distances.of(scene.depth().orElseThrow(), Optional.of(scene.truth()));
    StringBuilder all = new StringBuilder();
    for (Corruption c : List.of(new MotionBlur(), new Dark(), new Fog(), new LensDirt())) {
      for (int severity = 1; severity <= 5; severity++) {
        for (Optional<Distances> known : List.of(Optional.<Distances>empty(), far)) {
          RgbImage out =
              c.apply(scene.image(), severity, Draws.of(c.name() + "/" + severity + "/a"), known);
          all.append(Digests.hex(Digests.sha256().digest(out.pixels()))).append('\n');
        }
      }
    }
    assertEquals(
        "d137bde90c2db4be8881a7f63aa8c0ac8a2e396c82c8d3d448d3e647fb16120d",
        Digests.of(all.toString()));
  }
}
