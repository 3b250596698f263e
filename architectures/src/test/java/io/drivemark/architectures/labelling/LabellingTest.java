package io.drivemark.architectures.labelling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabellingTest {
  /** Logits that look like a network's: blobs with wide margins, close races at their borders. */
  private static void smooth(FloatBuffer logits, Shape shape, long seed) {
    Random random = new Random(seed);
    int hw = shape.height() * shape.width();
    for (int k = 0; k < shape.channels(); k++) {
      double a = random.nextDouble() * 9;
      double b = random.nextDouble() * 9;
      double c = random.nextDouble() * 6;
      for (int i = 0; i < hw; i++) {
        int row = i / shape.width();
        double y = (double) row / shape.height();
        double x = (double) (i % shape.width()) / shape.width();
        logits.put(k * hw + i, (float) (8 * Math.sin(a * x + b * y + c)));
      }
    }
  }

  private static void randomly(FloatBuffer logits, IntFunction<Float> value) {
    for (int i = 0; i < logits.capacity(); i++) {
      logits.put(i, value.apply(i));
    }
  }

  private static LabelSpace space(int classes) {
    return new LabelSpace(
        "test-" + classes,
        IntStream.range(0, classes)
            .mapToObj(i -> new LabelClass("c" + i, i, "all", false, false))
            .toList());
  }

  @ParameterizedTest(name = "{0} classes, {1}x{2} to {3}x{4}")
  @CsvSource({
    "19, 16, 32, 128, 256",
    "11, 45, 60, 360, 480",
    "5, 23, 32, 353, 501",
    "3, 7, 5, 20, 31",
    "2, 1, 1, 9, 4",
    "4, 1, 6, 5, 6",
    "4, 6, 1, 6, 5",
    "12, 33, 47, 33, 47",
    "7, 40, 60, 13, 17",
    "7, 40, 60, 41, 59",
    "1, 4, 4, 16, 16",
    "255, 3, 4, 12, 16"
  })
  void labelsAreThoseOfUpsamplingEveryPlane(int k, int h, int w, int height, int width) {
    Shape shape = Shape.of(1, k, h, w);
    FloatBuffer logits = Session.buffer(shape);
    Random random = new Random(42);
    for (int round = 0; round < 8; round++) {
      switch (round) {
        case 0, 1, 2 -> smooth(logits, shape, round);
        case 3 -> randomly(logits, i -> (float) random.nextGaussian());
        case 4 -> randomly(logits, i -> (float) random.nextInt(3));
        case 5 -> randomly(logits, i -> random.nextInt(9) == 0 ? -0f : 0f);
        case 6 -> randomly(logits, i -> Math.nextUp(1f) - random.nextInt(2) * 0x1p-23f);
        default -> randomly(logits, i -> (float) (1e-38 * random.nextInt(5) - 2e-38));
      }
      for (int threads : new int[] {1, 3}) {
        byte[] out = new byte[height * width];
        Labelling.of(space(k), Grid.LOGITS_BILINEAR)
            .withThreads(threads)
            .label(logits, shape, height, width, out);
        assertArrayEquals(
            PlainLabelling.bilinear(logits, shape, height, width), unsigned(out), "round " + round);
        Labelling.of(space(k), Grid.LABELS_NEAREST)
            .withThreads(threads)
            .label(logits, shape, height, width, out);
        assertArrayEquals(
            PlainLabelling.nearest(logits, shape, height, width), unsigned(out), "round " + round);
      }
    }
  }

  private static int[] unsigned(byte[] bytes) {
    return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
  }

  private static byte[] label(Labelling labelling, Shape shape, int h, int w, float... values) {
    FloatBuffer logits = FloatBuffer.wrap(values);
    byte[] out = new byte[h * w];
    labelling.label(logits, shape, h, w, out);
    return out;
  }

  @Test
  void theExampleOfTheDocumentationHolds() {
    Labelling labelling = Labelling.of(space(2), Grid.LOGITS_BILINEAR);
    byte[] out = label(labelling, Shape.of(1, 2, 1, 2), 1, 4, 1, 0, 0, 1);
    assertArrayEquals(new byte[] {0, 0, 1, 1}, out);
  }

  @Test
  void theLowestChannelWinsATie() {
    for (Grid grid : Grid.values()) {
      Labelling labelling = Labelling.of(space(3), grid);
      assertArrayEquals(
          new byte[] {1, 1, 1, 1}, label(labelling, Shape.of(1, 3, 1, 1), 2, 2, 1, 4, 4));
      assertArrayEquals(new byte[] {0}, label(labelling, Shape.of(1, 3, 1, 1), 1, 1, 4, 4, 4));
    }
  }

  @Test
  void minusInfinityNeverWinsAndIsNoError() {
    float no = Float.NEGATIVE_INFINITY;
    Labelling labelling = Labelling.of(space(3), Grid.LOGITS_BILINEAR);
    assertArrayEquals(
        new byte[] {1, 1, 1, 1}, label(labelling, Shape.of(1, 3, 1, 2), 1, 4, no, no, 1, 1, no, 0));
    assertArrayEquals(new byte[] {0, 0}, label(labelling, Shape.of(1, 3, 1, 1), 1, 2, no, no, no));
  }

  @Test
  void channelsBeyondTheLabelSpaceAreVoid() {
    Labelling labelling = Labelling.of(space(2), Grid.LOGITS_BILINEAR);
    assertArrayEquals(
        new byte[] {(byte) 255}, label(labelling, Shape.of(1, 3, 1, 1), 1, 1, 0, 1, 2));
  }

  @Test
  void channelsAreMappedAfterTheArgmax() {
    Labelling labelling = Labelling.of(space(2), new int[] {1, 255, 0, 0}, Grid.LOGITS_BILINEAR);
    byte[] out = label(labelling, Shape.of(1, 4, 1, 3), 1, 3, 5, 0, 0, 0, 5, 0, 3, 0, 2, 3, 0, 2);
    assertArrayEquals(new byte[] {1, (byte) 255, 0}, out);
  }

  @Test
  void oneLabellingServesManySizes() {
    Labelling labelling = Labelling.of(space(2), Grid.LOGITS_BILINEAR);
    assertArrayEquals(new byte[] {1}, label(labelling, Shape.of(1, 2, 1, 1), 1, 1, 0, 1));
    assertArrayEquals(new byte[] {0, 1}, label(labelling, Shape.of(1, 2, 1, 2), 1, 2, 1, 0, 0, 1));
    assertArrayEquals(new byte[] {1}, label(labelling, Shape.of(1, 2, 1, 1), 1, 1, 0, 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "4, 4"})
  void aLogitThatIsNoNumberNamesChannelAndPixel(int height, int width) {
    for (Grid grid : Grid.values()) {
      BadInputException e =
          assertThrows(
              BadInputException.class,
              () ->
                  label(
                      Labelling.of(space(2), grid),
                      Shape.of(1, 2, 1, 2),
                      height,
                      width,
                      1,
                      2,
                      3,
                      Float.NaN));
      assertEquals(
          "logits: channel 1 at row 0, column 1 is NaN; the network's weights or its input are"
              + " damaged",
          e.getMessage());
    }
  }

  @Test
  void infinityIsAnErrorToo() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                label(
                    Labelling.of(space(1), Grid.LOGITS_BILINEAR),
                    Shape.of(1, 1, 1, 1),
                    2,
                    2,
                    Float.POSITIVE_INFINITY));
    assertEquals(
        "logits: channel 0 at row 0, column 0 is Infinity; the network's weights or its input are"
            + " damaged",
        e.getMessage());
  }

  @Test
  void aNetworkWithFewerChannelsThanClassesIsRefused() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                label(
                    Labelling.of(space(3), Grid.LOGITS_BILINEAR),
                    Shape.of(1, 2, 1, 1),
                    1,
                    1,
                    0,
                    1));
    assertEquals(
        "the network gives 2 channels, label space test-3 has 3 classes; use a network trained for"
            + " it, or a mapping",
        e.getMessage());
  }

  @Test
  void aMappingOfAnotherLengthIsRefused() {
    Labelling labelling = Labelling.of(space(3), new int[] {0, 1, 2}, Grid.LABELS_NEAREST);
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> label(labelling, Shape.of(1, 2, 1, 1), 1, 1, 0, 1));
    assertEquals(
        "the network gives 2 channels, its mapping onto test-3 has 3; use the mapping of the"
            + " network's own label space",
        e.getMessage());
  }

  @Test
  void aMappingOntoNoClassIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Labelling.of(space(3), new int[] {0, 3}, Grid.LABELS_NEAREST));
    assertEquals(
        "mapping onto test-3: channel 1 has 3, expected 0..2 or 255 (void)", e.getMessage());
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    Labelling labelling = Labelling.of(space(2), Grid.LABELS_NEAREST);
    FloatBuffer logits = FloatBuffer.allocate(7);
    assertEquals(
        "logits: [1, 2, 2, 2] does not fit a buffer of 7",
        assertThrows(
                IllegalArgumentException.class,
                () -> labelling.label(logits, Shape.of(1, 2, 2, 2), 2, 2, new byte[4]))
            .getMessage());
    assertEquals(
        "labels: 2x2 does not fit 5 pixels",
        assertThrows(
                IllegalArgumentException.class,
                () -> labelling.label(logits, Shape.of(1, 2, 1, 2), 2, 2, new byte[5]))
            .getMessage());
  }

  @Test
  void labelsOfTheNetworkItselfAreRepeatedAndMapped() {
    Labelling labelling = Labelling.of(space(2), new int[] {1, 0, 255}, Grid.LABELS_NEAREST);
    byte[] out = new byte[4];
    labelling.take(FloatBuffer.wrap(new float[] {0, 2}), Shape.of(1, 1, 2), 3, 1, 4, out);
    assertArrayEquals(new byte[] {1, 1, (byte) 255, (byte) 255}, out);
  }

  @Test
  void aLabelThatIsNoClassOfTheNetworkNamesThePixel() {
    Labelling labelling = Labelling.of(space(2), Grid.LABELS_NEAREST);
    FloatBuffer labels = FloatBuffer.wrap(new float[] {0, 1, 7, 0});
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> labelling.take(labels, Shape.of(1, 1, 2, 2), 2, 2, 2, new byte[4]));
    assertEquals(
        "labels: 7.0 at row 1, column 0 is no class of the network (0..1)", e.getMessage());
  }

  @Test
  void gridsAreFoundByNameAndTheNearestIsNamed() {
    assertEquals(Grid.LABELS_NEAREST, Grid.named("labels-nearest"));
    assertEquals(
        "grid 'logits-bilinaer' is not known (did you mean 'logits-bilinear'?); there are"
            + " logits-bilinear, labels-nearest",
        assertThrows(BadInputException.class, () -> Grid.named("logits-bilinaer")).getMessage());
  }

  @Test
  void labelsNearestTakesTheArgmaxAtTheInputsSize() {
    // A network with logits at a quarter of its input of 8x12, judged on a grid of 11x17.
    Shape shape = Shape.of(1, 2, 2, 3);
    java.nio.FloatBuffer logits = io.drivemark.architectures.engine.Session.buffer(shape);
    logits.put(0, new float[] {1, 0, 1, 0, 0, 1, 0, 1, 0.5f, 1, 0.25f, 0});
    LabelSpace space = io.drivemark.datasets.catalog.LabelSpaces.named("camvid-11");
    int[] mapping = {3, 0};
    byte[] atInput = new byte[8 * 12];
    Labelling.of(space, mapping, Grid.LOGITS_BILINEAR).label(logits, shape, 8, 12, atInput);
    byte[] found = new byte[11 * 17];
    Labelling.of(space, mapping, Grid.LABELS_NEAREST).label(logits, shape, 8, 12, 11, 17, found);
    for (int y = 0; y < 11; y++) {
      for (int x = 0; x < 17; x++) {
        assertEquals(atInput[y * 8 / 11 * 12 + x * 12 / 17], found[y * 17 + x], y + "," + x);
      }
    }
  }

  @Test
  void labelsOfFewerChannelsBetweenLogitsChangeNothing() {
    Shape shape = Shape.of(1, 6, 2, 3);
    FloatBuffer logits = FloatBuffer.allocate(36);
    for (int i = 0; i < 6; i++) {
      logits.put(i * 6 + i, 1); // pixel i is of channel i
    }
    Labelling labelling = Labelling.of(space(3), Grid.LOGITS_BILINEAR);
    byte[] before = new byte[6];
    labelling.label(logits, shape, 2, 3, before);
    assertArrayEquals(new byte[] {0, 1, 2, -1, -1, -1}, before);
    byte[] labels = new byte[2];
    labelling.take(FloatBuffer.wrap(new float[] {2, 0}), Shape.of(1, 1, 2), 3, 1, 2, labels);
    assertArrayEquals(new byte[] {2, 0}, labels);
    byte[] again = new byte[6];
    labelling.label(logits, shape, 2, 3, again);
    assertArrayEquals(before, again);
  }
}
