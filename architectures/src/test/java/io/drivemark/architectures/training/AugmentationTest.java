package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
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

  private static void cut(
      Augmentation augmentation, SplittableRandom random, float[] image, byte[] labels) {
    Augmentation.Cut cut = augmentation.cut(2, 3, random);
    cut.image(PIXELS, image);
    cut.labels(TRUTH, labels);
  }

  @Test
  void wholeFrameAtScaleOneIsTheFrameNormalised() {
    float[] image = new float[18];
    byte[] labels = new byte[6];
    InputSpec half =
        new InputSpec(Optional.empty(), "bgr", List.of(20.0, 10.0, 0.0), List.of(2.0, 2.0, 2.0));
    cut(new Augmentation(STILL.withCrop(2, 3), half), new SplittableRandom(1), image, labels);
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
      cut(
          new Augmentation(STILL.withFlip(true).withCrop(2, 3), RAW),
          new SplittableRandom(seed),
          image,
          labels);
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
    cut(new Augmentation(STILL.withCrop(4, 5), mean), new SplittableRandom(3), image, labels);
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
    cut(
        new Augmentation(STILL.withScale(2, 2).withCrop(4, 6), RAW),
        new SplittableRandom(1),
        image,
        labels);
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
      cut(new Augmentation(recipe, RAW), new SplittableRandom(i / 2), images[i], labels[i]);
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
        Augmentation.Cut cut = augmentation.cut(height, width, new SplittableRandom(seed));
        cut.image(pixels, image);
        cut.labels(truth, labels);
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

  /** Distances move with the pixels they belong to and stay the metres they are. */
  @Test
  void distancesAreMirroredWithTheImageAndStayMetres() {
    float[] metres = {1, 2, Float.NaN, 4, 0, 80};
    boolean mirrored = false;
    for (int seed = 0; seed < 20; seed++) {
      Augmentation.Cut cut =
          new Augmentation(STILL.withFlip(true).withCrop(2, 4), RAW)
              .cut(2, 3, new SplittableRandom(seed));
      byte[] labels = new byte[8];
      float[] depth = new float[8];
      cut.labels(TRUTH, labels);
      cut.depth(metres, depth);
      for (int i = 0; i < 8; i++) {
        boolean known = labels[i] != (byte) 255 && labels[i] != 2 && labels[i] != 4;
        assertEquals(known ? metres[labels[i]] : Float.NaN, depth[i], "seed " + seed);
      }
      mirrored |= cut.mirrored();
    }
    assertTrue(mirrored);
  }

  /** 2×3 pixels brought to 4×3: rows are doubled, columns stay. */
  @Test
  void framesAreResizedToAnyShapeAndDistancesStay() {
    float[] image = new float[3 * 4 * 3];
    float[] depth = new float[4 * 3];
    Augmentation.Cut cut =
        new Augmentation(STILL.withCrop(4, 3), RAW, Optional.of(new Size(4, 3)))
            .cut(2, 3, new SplittableRandom(1));
    cut.image(PIXELS, image);
    cut.depth(new float[] {1, 2, 3, 4, 5, 6}, depth);
    assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}, depth);
    assertArrayEquals(
        new float[] {0, 1, 2, 0.75f, 1.75f, 2.75f, 2.25f, 3.25f, 4.25f, 3, 4, 5},
        java.util.Arrays.copyOf(image, 12),
        1e-5f);
  }

  /** Half of the images stay; the others follow v^gamma · brightness · colour, white at most. */
  @Test
  void coloursChangeAsMonodepthWasTrained() {
    InputSpec unit =
        new InputSpec(
            Optional.empty(), "bgr", List.of(0.0, 0.0, 0.0), List.of(255.0, 255.0, 255.0));
    TrainingRecipe recipe = STILL.withCrop(1, 3);
    recipe = recipe.withDepth(recipe.depth().withColouring(DepthRecipe.Colouring.MONODEPTH));
    byte[] pixels = {0, 51, 102, (byte) 255, (byte) 153, 26, 51, 51, 51};
    int still = 0;
    int count = 2000;
    double least = 9;
    double most = 0;
    for (int seed = 0; seed < count; seed++) {
      float[] image = new float[9];
      new Augmentation(recipe, unit).cut(1, 3, new SplittableRandom(seed)).image(pixels, image);
      assertEquals(0, image[6], "black stays black");
      boolean same = Math.abs(image[2] - 0.2f) < 1e-6 && Math.abs(image[5] - 0.2f) < 1e-6;
      still += same ? 1 : 0;
      for (float value : image) {
        assertTrue(value >= 0 && value <= 1 + 1e-6, "seed " + seed + ": " + value);
      }
      // green of 51 in two pixels is the same; 153 of it has a gamma of its own size
      assertEquals(image[3], image[5], 1e-6);
      if (!same && image[4] < 1) {
        double gamma = Math.log(image[4] / image[5]) / Math.log(3);
        least = Math.min(least, gamma);
        most = Math.max(most, gamma);
      }
    }
    assertEquals(0.5, (double) still / count, 0.04);
    assertTrue(least > 0.799 && least < 0.82 && most > 1.18 && most < 1.201, least + " " + most);
  }
}
