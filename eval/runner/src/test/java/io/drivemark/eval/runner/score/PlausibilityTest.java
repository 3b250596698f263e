package io.drivemark.eval.runner.score;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels of every kind of dataset are told from confidences, and these are never refused. */
class PlausibilityTest {
  private static final Path FILE = Path.of("frame.png");
  private static final int PIXELS = 10_000;
  private static final int FRAMES = 200;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "camvid",
        "camvid-exact",
        "cityscapes",
        "bdd100k",
        "kitti-360",
        "mapillary-v1.2",
        "mapillary-v2.0",
        "idd",
        "wilddash2",
        "a2d2",
        "vkitti2"
      })
  void labelsAreNeverTakenForConfidences(String dataset) {
    LabelCoding coding = Datasets.format(dataset).coding();
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < coding.space().size(); i++) {
      indices.add(i);
    }
    Random random = new Random(15);
    for (int frame = 0; frame < FRAMES; frame++) {
      refuses(coding, labels(indices, random, 256));
      refuses(coding, labels(indices, random, 65536));
      if (coding.kind() == LabelCoding.Kind.INDEX) {
        List<Integer> stored = new ArrayList<>(coding.rawToIndex().keySet());
        refuses(coding, labels(stored, random, 256));
        refuses(coding, labels(stored, random, 65536));
      }
    }
  }

  /** A frame of a few of these labels, and of void at most a third. */
  private static long[] labels(List<Integer> values, Random random, int levels) {
    long[] out = new long[levels];
    int present = 1 + random.nextInt(6);
    for (int i = 0; i < present; i++) {
      out[values.get(random.nextInt(values.size()))] += 1 + random.nextInt(PIXELS);
    }
    long sum = 0;
    for (long n : out) {
      sum += n;
    }
    out[255] += random.nextInt(1 + (int) sum / 2);
    return out;
  }

  private static void refuses(LabelCoding coding, long[] pixels) {
    assertThrows(
        BadInputException.class, () -> Plausibility.require(FILE, coding, pixels), "seed 15");
  }

  @ParameterizedTest
  @ValueSource(strings = {"camvid", "cityscapes", "mapillary-v2.0"})
  void confidencesAreNeverRefused(String dataset) {
    LabelCoding coding = Datasets.format(dataset).coding();
    double least = 1.0 / coding.space().size();
    Random random = new Random(16);
    List<DoubleSupplier> networks =
        List.of(
            () -> 1, // beyond any doubt
            () -> random.nextInt(20) == 0 ? least + (1 - least) * random.nextDouble() : 1,
            () -> least + (1 - least) * random.nextDouble(),
            () -> least + (1 - least) * Math.pow(random.nextDouble(), 3), // mostly in doubt
            () -> Math.max(least, 0.9 - 0.9 * random.nextDouble()));
    for (DoubleSupplier network : networks) {
      accepts(coding, network, 256);
      accepts(coding, network, 65536);
    }
    accepts(coding, () -> least, 65536); // knows nothing
    accepts(coding, () -> least * (1 + random.nextDouble()), 65536);
  }

  private static void accepts(LabelCoding coding, DoubleSupplier network, int levels) {
    long[] pixels = new long[levels];
    for (int i = 0; i < PIXELS; i++) {
      pixels[(int) Math.rint((levels - 1) * network.getAsDouble())]++;
    }
    assertDoesNotThrow(() -> Plausibility.require(FILE, coding, pixels));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void messagesSayWhatGaveItAway(int bits) {
    LabelCoding coding = Datasets.format("mapillary-v2.0").coding();
    long[] pixels = new long[1 << bits];
    pixels[bits == 8 ? 27 : 200] = 3; // building; 200/255 in the wrong place
    pixels[61] = 1;
    String expected =
        "expected the probability of the predicted class in one channel: 255p in 8 bits or 65535p"
            + " in 16. ";
    assertEquals(
        bits == 8
            ? "frame.png: no pixel holds a value above 123 but those of 255, as in a file of"
                + " labels; "
                + expected
                + "If these are confidences, write them in 16 bits, where labels look different"
            : "frame.png: 100 % of its pixels hold less than 565 of 65535, but the most probable of"
                + " 116 classes has a probability of 1/116 or more; "
                + expected
                + "Its values go up to 200: 255p belongs in 8 bits",
        assertThrows(BadInputException.class, () -> Plausibility.require(FILE, coding, pixels))
            .getMessage());
  }
}
