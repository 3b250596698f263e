package io.drivemark.architectures.training;

import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.Bilinear;
import io.drivemark.datasets.image.ChannelOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes the cut-out a network is trained on from a frame: scale, flip, crop, colour, normalisation,
 * all in one pass. The image is sampled bilinearly, the labels at the nearest pixel; where the crop
 * reaches beyond the frame the image is the mean colour and the labels are void. Stateless, safe to
 * share; the same random numbers give the same result.
 */
final class Augmentation {
  private static final int CHANNELS = 3;

  private final TrainingRecipe recipe;
  private final ChannelOrder order;
  private final double[] mean;
  private final double[] std;

  Augmentation(TrainingRecipe recipe, InputSpec input) {
    this.recipe = recipe;
    this.order = input.order();
    this.mean = input.mean().stream().mapToDouble(Double::doubleValue).toArray();
    this.std = input.std().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Writes one cut-out.
   *
   * @param pixels interleaved R, G, B of the frame
   * @param truth its labels
   * @param image float32 [3, cropHeight, cropWidth], normalised
   * @param labels [cropHeight, cropWidth]
   */
  void apply(
      byte[] pixels,
      byte[] truth,
      int height,
      int width,
      SplittableRandom random,
      float[] image,
      byte[] labels) {
    double scale =
        recipe.minScale() + random.nextDouble() * (recipe.maxScale() - recipe.minScale());
    boolean mirrored = recipe.flip() & random.nextDouble() < 0.5;
    double top = offset(height * scale, recipe.cropHeight(), random.nextDouble());
    double left = offset(width * scale, recipe.cropWidth(), random.nextDouble());
    float[][] colours = colours(random);
    Columns columns = new Columns(width, left, scale, mirrored);
    int plane = recipe.cropHeight() * recipe.cropWidth();
    for (int i = 0; i < recipe.cropHeight(); i++) {
      double y = (i + top + 0.5) / scale;
      int at = i * recipe.cropWidth();
      if (y < 0 || y >= height) {
        Arrays.fill(labels, at, at + recipe.cropWidth(), (byte) LabelSpace.VOID);
        for (int c = 0; c < CHANNELS; c++) {
          Arrays.fill(image, c * plane + at, c * plane + at + recipe.cropWidth(), 0);
        }
        continue;
      }
      row(pixels, truth, height, width, y, columns, colours, image, plane, labels, at);
    }
  }

  private void row(
      byte[] pixels,
      byte[] truth,
      int height,
      int width,
      double y,
      Columns columns,
      float[][] colours,
      float[] image,
      int plane,
      byte[] labels,
      int at) {
    int truthRow = ((int) y) * width;
    double centre = Bilinear.clamped(y - 0.5, height);
    int upper = ((int) centre) * width * CHANNELS;
    int lower = Bilinear.next(centre, height) * width * CHANNELS;
    float down = Bilinear.share(centre);
    float[] red = colours[0];
    float[] green = colours[1];
    float[] blue = colours[2];
    for (int j = 0; j < recipe.cropWidth(); j++) {
      int nearest = columns.nearest[j];
      if (nearest < 0) {
        labels[at + j] = (byte) LabelSpace.VOID;
        image[at + j] = 0;
        image[plane + at + j] = 0;
        image[2 * plane + at + j] = 0;
        continue;
      }
      labels[at + j] = truth[truthRow + nearest];
      int a = columns.left[j];
      int b = columns.right[j];
      float right = columns.share[j];
      float r = mix(pixels, upper + a, upper + b, lower + a, lower + b, right, down);
      float g =
          mix(pixels, upper + a + 1, upper + b + 1, lower + a + 1, lower + b + 1, right, down);
      float l =
          mix(pixels, upper + a + 2, upper + b + 2, lower + a + 2, lower + b + 2, right, down);
      image[at + j] = red[0] * r + red[1] * g + red[2] * l + red[3];
      image[plane + at + j] = green[0] * r + green[1] * g + green[2] * l + green[3];
      image[2 * plane + at + j] = blue[0] * r + blue[1] * g + blue[2] * l + blue[3];
    }
  }

  private static float mix(byte[] pixels, int a, int b, int c, int d, float right, float down) {
    float upper = Bilinear.between(pixels[a] & 0xFF, pixels[b] & 0xFF, right);
    float lower = Bilinear.between(pixels[c] & 0xFF, pixels[d] & 0xFF, right);
    return Bilinear.between(upper, lower, down);
  }

  /** Where the crop begins in the scaled frame: negative where the frame is smaller. */
  private static double offset(double size, int crop, double share) {
    return Math.rint(share * (size - crop));
  }

  /**
   * For each of the network's channels the factors of R, G, B and an offset: saturation mixes with
   * the grey value, contrast spreads around mid-grey, brightness multiplies, then normalisation.
   */
  private float[][] colours(SplittableRandom random) {
    double brightness = factor(random);
    double contrast = factor(random);
    double saturation = factor(random);
    double[] grey = {0.299, 0.587, 0.114};
    float[][] rows = new float[CHANNELS][CHANNELS + 1];
    for (int c = 0; c < CHANNELS; c++) {
      for (int source = 0; source < CHANNELS; source++) {
        double mixed =
            (1 - saturation) * grey[source] + (source == order.offset(c) ? saturation : 0);
        rows[c][source] = (float) (brightness * contrast * mixed / std[c]);
      }
      rows[c][CHANNELS] = (float) ((brightness * (1 - contrast) * 127.5 - mean[c]) / std[c]);
    }
    return rows;
  }

  private double factor(SplittableRandom random) {
    return 1 + recipe.colour() * (2 * random.nextDouble() - 1);
  }

  /** For each column of the crop where it is sampled. */
  private final class Columns {
    private final int[] nearest = new int[recipe.cropWidth()];
    private final int[] left = new int[recipe.cropWidth()];
    private final int[] right = new int[recipe.cropWidth()];
    private final float[] share = new float[recipe.cropWidth()];

    Columns(int width, double offset, double scale, boolean mirrored) {
      for (int j = 0; j < nearest.length; j++) {
        double x = ((mirrored ? nearest.length - 1 - j : j) + offset + 0.5) / scale;
        if (x < 0 || x >= width) {
          nearest[j] = -1;
          continue;
        }
        double centre = Bilinear.clamped(x - 0.5, width);
        nearest[j] = (int) x;
        left[j] = ((int) centre) * CHANNELS;
        right[j] = Bilinear.next(centre, width) * CHANNELS;
        share[j] = Bilinear.share(centre);
      }
    }
  }
}
