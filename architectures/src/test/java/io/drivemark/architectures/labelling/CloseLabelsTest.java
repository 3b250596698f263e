package io.drivemark.architectures.labelling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import java.nio.FloatBuffer;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseLabelsTest {
  private static LabelSpace space(int classes) {
    return new LabelSpace(
        "test-" + classes,
        IntStream.range(0, classes)
            .mapToObj(i -> new LabelClass("c" + i, i, "all", false, false))
            .toList());
  }

  private static OptionalLong close(
      Labelling labelling, Shape shape, int height, int width, float... values) {
    labelling.label(FloatBuffer.wrap(values), shape, height, width, new byte[height * width]);
    return labelling.close();
  }

  @ParameterizedTest(name = "{0} classes, {1}x{2} to {3}x{4}, margin {5}")
  @CsvSource({
    "19, 16, 32, 64, 128, 0.001",
    "11, 45, 60, 180, 240, 0.1",
    "5, 23, 32, 176, 251, 0.001",
    "3, 7, 5, 20, 31, 1",
    "2, 1, 1, 9, 4, 0.001",
    "4, 6, 1, 6, 5, 0.5",
    "12, 33, 47, 33, 47, 0.001",
    "12, 33, 47, 33, 47, 0.1",
    "7, 40, 60, 13, 17, 0.3"
  })
  void closePixelsAreThoseOfUpsamplingEveryPlane(
      int k, int h, int w, int height, int width, float margin) {
    Shape shape = Shape.of(1, k, h, w);
    FloatBuffer logits = Session.buffer(shape);
    int[] meanings = IntStream.range(0, k).map(i -> i % 4).toArray();
    LabelSpace target = space(4);
    for (long seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      for (int i = 0; i < logits.capacity(); i++) {
        boolean wide = seed % 2 == 0 && i % 3 == 0;
        logits.put(i, wide ? random.nextInt(3) : (float) random.nextGaussian());
      }
      byte[] plain = new byte[height * width];
      Labelling.of(target, meanings, Grid.LOGITS_BILINEAR)
          .label(logits, shape, height, width, plain);
      for (int threads : new int[] {1, 3}) {
        byte[] out = new byte[height * width];
        Labelling counting =
            Labelling.of(target, meanings, Grid.LOGITS_BILINEAR)
                .withThreads(threads)
                .counting(margin);
        counting.label(logits, shape, height, width, out);
        String which = "seed " + seed + ", " + threads + " threads";
        assertArrayEquals(plain, out, which);
        assertEquals(
            OptionalLong.of(PlainLabelling.close(logits, shape, height, width, meanings, margin)),
            counting.close(),
            which);
      }
    }
  }

  @Test
  void anExampleByHand() {
    Labelling labelling = Labelling.of(space(2), Grid.LOGITS_BILINEAR).counting(0.01f);
    // differences 1, 0.02, 0.009 and a tie
    assertEquals(
        OptionalLong.of(2),
        close(labelling, Shape.of(1, 2, 1, 4), 1, 4, 1, 0, 0, 0, 0, 0.02f, 0.009f, 0));
    assertEquals(
        OptionalLong.of(0), close(labelling, Shape.of(1, 2, 1, 1), 1, 1, 5, 3), "counted anew");
  }

  @Test
  void channelsOfOneMeaningCannotChangeTheLabel() {
    Labelling labelling =
        Labelling.of(space(2), new int[] {0, 0, 1}, Grid.LOGITS_BILINEAR).counting(0.1f);
    assertEquals(OptionalLong.of(0), close(labelling, Shape.of(1, 3, 1, 1), 1, 1, 2, 2, 0));
    assertEquals(OptionalLong.of(1), close(labelling, Shape.of(1, 3, 1, 1), 1, 1, 2, 1, 1.95f));
    assertEquals(OptionalLong.of(1), close(labelling, Shape.of(1, 3, 1, 1), 1, 1, 1, 2, 1.95f));
    assertEquals(
        OptionalLong.of(0), close(labelling, Shape.of(1, 3, 2, 1), 4, 1, 2, 2, 2, 2, 0, 0));
  }

  @Test
  void paddingIsNotCounted() {
    Labelling labelling =
        Labelling.of(space(2), Grid.LABELS_NEAREST).showing(0.5, 1).counting(0.1f);
    assertEquals(
        OptionalLong.of(1), close(labelling, Shape.of(1, 2, 2, 2), 2, 4, 1, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void underLabelsNearestTheInputsPixelsAreCounted() {
    Labelling labelling = Labelling.of(space(2), Grid.LABELS_NEAREST).counting(0.1f);
    FloatBuffer logits = FloatBuffer.wrap(new float[] {1, 0, 0, 1});
    labelling.label(logits, Shape.of(1, 2, 1, 2), 1, 4, 3, 8, new byte[24]);
    assertEquals(OptionalLong.of(0), labelling.close());
    labelling.label(
        FloatBuffer.wrap(new float[] {1, 0, 1, 1}), Shape.of(1, 2, 1, 2), 1, 4, 3, 8, new byte[24]);
    assertEquals(OptionalLong.of(1), labelling.close());
  }

  @Test
  void whereNothingIsCountedThereIsNoNumber() {
    Labelling plain = Labelling.of(space(2), Grid.LOGITS_BILINEAR);
    assertTrue(close(plain, Shape.of(1, 2, 1, 1), 1, 1, 1, 1).isEmpty());
    Labelling counting = plain.counting(0.1f);
    assertEquals(OptionalLong.of(1), close(counting, Shape.of(1, 2, 1, 1), 1, 1, 1, 1));
    counting.take(FloatBuffer.wrap(new float[] {1}), Shape.of(1, 1, 1), 2, 1, 1, new byte[1]);
    assertTrue(counting.close().isEmpty(), "the network itself gave labels");
  }

  @Test
  void aMarginOfNothingIsRefused() {
    Labelling plain = Labelling.of(space(2), Grid.LOGITS_BILINEAR);
    for (float margin : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertEquals(
          "a margin of scores: above 0, found " + margin,
          assertThrows(IllegalArgumentException.class, () -> plain.counting(margin)).getMessage());
    }
  }
}
