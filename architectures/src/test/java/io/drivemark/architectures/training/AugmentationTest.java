package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.files.Digests;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final InputSpec RAW =
      new InputSpec(Optional.empty(), "rgb", List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
  private static final TrainingRecipe STILL =
      TrainingRecipe.defaults().withScale(1, 1).withFlip(false).withColour(0);

  // 2×3 pixels: red counts 0..5, green is 10 more, blue 20 more; labels count
  private static final byte[] PIXELS = {
    0, 10, 20, 1, 11, 21, 2, 12, 22,
    3, 13, 23, 4, 14, 24, 5, 15, 25
  };
  private static final byte[] TRUTH = {0, 1, 2, 3, 4, 5};

  @Test
  void wholeFrameAtScaleOneIsTheFrameNormalised() {
    float[] image = new float[18];
    byte[] labels = new byte[6];
    InputSpec half =
        new InputSpec(Optional.empty(), "bgr", List.of(20.0, 10.0, 0.0), List.of(2.0, 2.0, 2.0));
    new Augmentation(STILL.withCrop(2, 3), half)
        .apply(PIXELS, TRUTH, 2, 3, new SplittableRandom(1), image, labels);
    float[] plane = {0, 0.5f, 1, 1.5f, 2, 2.5f};
    for (int i = 0; i < 18; i++) {
      assertEquals(plane[i % 6], image[i], 1e-5, "value " + i);
    }
    assertArrayEquals(TRUTH, labels);
  }

  @Test
  void mirroringMovesImageAndLabelsAlike() {
    boolean mirrored = false;
    for (int seed = 0; seed < 20; seed++) {
      float[] image = new float[18];
      byte[] labels = new byte[6];
      new Augmentation(STILL.withFlip(true).withCrop(2, 3), RAW)
          .apply(PIXELS, TRUTH, 2, 3, new SplittableRandom(seed), image, labels);
      for (int i = 0; i < 6; i++) {
        assertEquals(labels[i], image[i], 1e-4);
      }
      mirrored |= labels[0] == 2;
    }
    assertTrue(mirrored);
  }

  @Test
  void beyondTheFrameImageIsMeanAndLabelsAreVoid() {
    InputSpec mean =
        new InputSpec(Optional.empty(), "rgb", List.of(7.0, 7.0, 7.0), List.of(1.0, 1.0, 1.0));
    float[] image = new float[3 * 4 * 5];
    byte[] labels = new byte[4 * 5];
    new Augmentation(STILL.withCrop(4, 5), mean)
        .apply(PIXELS, TRUTH, 2, 3, new SplittableRandom(3), image, labels);
    int outside = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == (byte) 255) {
        outside++;
        assertEquals(0, image[i]);
        assertEquals(0, image[20 + i]);
        assertEquals(0, image[40 + i]);
      } else {
        assertEquals(labels[i] - 7, image[i], 1e-4);
      }
    }
    assertEquals(14, outside);
  }

  @Test
  void scalingByTwoSamplesBetweenPixelCentres() {
    float[] image = new float[3 * 4 * 6];
    byte[] labels = new byte[4 * 6];
    new Augmentation(STILL.withScale(2, 2).withCrop(4, 6), RAW)
        .apply(PIXELS, TRUTH, 2, 3, new SplittableRandom(1), image, labels);
    assertEquals(0, image[0], 1e-5);
    assertEquals(0.25, image[1], 1e-5);
    assertEquals(0.75, image[2], 1e-5);
    assertEquals(0.75 + 0.25, image[6 + 1], 1e-5); // row 1: a quarter of the way down
    assertArrayEquals(new byte[] {0, 0, 1, 1, 2, 2}, java.util.Arrays.copyOf(labels, 6));
  }

  @Test
  void sameRandomNumbersGiveTheSameCrop() {
    TrainingRecipe recipe = TrainingRecipe.defaults().withCrop(3, 4);
    float[][] images = new float[3][36];
    byte[][] labels = new byte[3][12];
    for (int i = 0; i < 3; i++) {
      new Augmentation(recipe, RAW)
          .apply(PIXELS, TRUTH, 2, 3, new SplittableRandom(i / 2), images[i], labels[i]);
    }
    assertArrayEquals(images[0], images[1]);
    assertArrayEquals(labels[0], labels[1]);
    assertTrue(!java.util.Arrays.equals(images[0], images[2]));
  }

  /** A training that starts again from a seed sees the same crops to the bit. */
  @Test
  void cropsKeepTheirBits() {
    int height = 37;
    int width = 53;
    SplittableRandom frame = new SplittableRandom(7);
    byte[] pixels = new byte[3 * height * width];
    frame.nextBytes(pixels);
    byte[] truth = new byte[height * width];
    frame.nextBytes(truth);
    TrainingRecipe recipe = TrainingRecipe.defaults().withScale(0.5, 2).withCrop(32, 48);
    var digest = Digests.sha256();
    for (String channels : List.of("rgb", "bgr")) {
      InputSpec input =
          new InputSpec(
              Optional.empty(), channels, List.of(110.3, 108.4, 105.0), List.of(58.4, 57.1, 57.4));
      Augmentation augmentation = new Augmentation(recipe.withFlip(true).withColour(0.3), input);
      for (int seed = 0; seed < 40; seed++) {
        float[] image = new float[3 * 32 * 48];
        byte[] labels = new byte[32 * 48];
        augmentation.apply(pixels, truth, height, width, new SplittableRandom(seed), image, labels);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * image.length);
        bytes.asFloatBuffer().put(image);
        digest.update(bytes);
        digest.update(labels);
      }
    }
    assertEquals(
        "6d4335000f9560d5d6b84144cdeb5fe200c420ca70e5289d7f68316f46d41451",
        Digests.hex(digest.digest()));
  }
}
