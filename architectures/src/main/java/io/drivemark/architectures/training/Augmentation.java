package io.drivemark.architectures.training;

import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.Bilinear;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes the cut-out a network is trained on from a frame: scale, flip, crop, colour, normalisation.
 * The image is sampled bilinearly, labels and distances at the nearest pixel; where the crop
 * reaches beyond the frame the image is the mean colour, the labels are void and the distances
 * unknown. Stateless, safe to share; the same random numbers give the same result.
 */
final class Augmentation {
  private static final int CHANNELS = 3;

  private final TrainingRecipe recipe;
  private final InputSpec input;
  private final Optional<Size> size;

  /**
   * Cuts out of frames as they are.
   *
   * @param input how images are normalised
   */
  Augmentation(TrainingRecipe recipe, InputSpec input) {
    this(recipe, input, Optional.empty());
  }

  /**
   * Cuts out of frames of any size.
   *
   * @param size what each frame is brought to first; empty: it stays as it is
   */
  Augmentation(TrainingRecipe recipe, InputSpec input, Optional<Size> size) {
    this.recipe = recipe;
    this.input = input;
    this.size = size;
  }

  /**
   * Draws where the next cut-out lies in a frame, whether it is mirrored and how its colours are
   * changed.
   *
   * @param height of the frame
   * @param width of the frame
   */
  Cut cut(int height, int width, SplittableRandom random) {
    double scale =
        recipe.minScale() + random.nextDouble() * (recipe.maxScale() - recipe.minScale());
    boolean mirrored = recipe.flip() & random.nextDouble() < 0.5;
    double down = scale * share(size.map(Size::height), height);
    double across = scale * share(size.map(Size::width), width);
    double top = offset(height * down, recipe.cropHeight(), random.nextDouble());
    double left = offset(width * across, recipe.cropWidth(), random.nextDouble());
    return new Cut(
        height,
        width,
        down,
        top,
        new Columns(width, left, across, mirrored),
        mirrored,
        colours(random));
  }

  private static double share(Optional<Integer> wanted, int found) {
    return wanted.map(w -> (double) w / found).orElse(1.0);
  }

  /** One cut-out of one frame: all that belongs to the frame is cut and mirrored alike. */
  final class Cut {
    private final int height;
    private final int width;
    private final double scale;
    private final double top;
    private final Columns columns;
    private final boolean mirrored;
    private final Colours colours;

    private Cut(
        int height,
        int width,
        double scale,
        double top,
        Columns columns,
        boolean mirrored,
        Colours colours) {
      this.height = height;
      this.width = width;
      this.scale = scale;
      this.top = top;
      this.columns = columns;
      this.mirrored = mirrored;
      this.colours = colours;
    }

    /** Whether left and right are swapped. */
    boolean mirrored() {
      return mirrored;
    }

    /** The frame's row in which a row of the cut-out is sampled; negative: there is none. */
    private double row(int i) {
      double y = (i + top + 0.5) / scale;
      return y < height ? y : -1;
    }

    /**
     * Cuts the photograph out.
     *
     * @param pixels interleaved R, G, B of the frame
     * @param image float32 [3, cropHeight, cropWidth], normalised
     */
    void image(byte[] pixels, float[] image) {
      int plane = recipe.cropHeight() * recipe.cropWidth();
      for (int i = 0; i < recipe.cropHeight(); i++) {
        double y = row(i);
        int at = i * recipe.cropWidth();
        if (y < 0) {
          for (int c = 0; c < CHANNELS; c++) {
            Arrays.fill(image, c * plane + at, c * plane + at + recipe.cropWidth(), 0);
          }
        } else {
          imageRow(pixels, y, image, plane, at);
        }
      }
    }

    private void imageRow(byte[] pixels, double y, float[] image, int plane, int at) {
      double centre = Bilinear.clamped(y - 0.5, height);
      int upper = ((int) centre) * width * CHANNELS;
      int lower = Bilinear.next(centre, height) * width * CHANNELS;
      float down = Bilinear.share(centre);
      for (int j = 0; j < recipe.cropWidth(); j++) {
        if (columns.nearest[j] < 0) {
          image[at + j] = 0;
          image[plane + at + j] = 0;
          image[2 * plane + at + j] = 0;
          continue;
        }
        int a = columns.left[j];
        int b = columns.right[j];
        float right = columns.share[j];
        float r = mix(pixels, upper + a, upper + b, lower + a, lower + b, right, down);
        float g =
            mix(pixels, upper + a + 1, upper + b + 1, lower + a + 1, lower + b + 1, right, down);
        float l =
            mix(pixels, upper + a + 2, upper + b + 2, lower + a + 2, lower + b + 2, right, down);
        colours.apply(r, g, l, image, plane, at + j);
      }
    }

    /**
     * Cuts the labels out.
     *
     * @param truth the frame's
     * @param labels [cropHeight, cropWidth]
     */
    void labels(byte[] truth, byte[] labels) {
      for (int i = 0; i < recipe.cropHeight(); i++) {
        double y = row(i);
        int from = ((int) y) * width;
        int at = i * recipe.cropWidth();
        for (int j = 0; j < recipe.cropWidth(); j++) {
          int nearest = columns.nearest[j];
          labels[at + j] = y < 0 || nearest < 0 ? (byte) LabelSpace.VOID : truth[from + nearest];
        }
      }
    }

    /**
     * Cuts the distances out; metres stay what they are.
     *
     * @param metres the frame's
     * @param depth [cropHeight, cropWidth]; NaN where nothing is known
     */
    void depth(float[] metres, float[] depth) {
      for (int i = 0; i < recipe.cropHeight(); i++) {
        double y = row(i);
        int from = ((int) y) * width;
        int at = i * recipe.cropWidth();
        for (int j = 0; j < recipe.cropWidth(); j++) {
          int nearest = columns.nearest[j];
          float found = y < 0 || nearest < 0 ? Float.NaN : metres[from + nearest];
          depth[at + j] = found > 0 ? found : Float.NaN;
        }
      }
    }
  }

  private static float mix(byte[] pixels, int a, int b, int c, int d, float right, float down) {
    float upper = Bilinear.between(pixels[a] & 0xFF, pixels[b] & 0xFF, right);
    float lower = Bilinear.between(pixels[c] & 0xFF, pixels[d] & 0xFF, right);
    return Bilinear.between(upper, lower, down);
  }

  /** Turns a normalised image into colours of 0 to 1, in the network's order of channels. */
  void colours(float[] image) {
    int plane = image.length / CHANNELS;
    for (int c = 0; c < CHANNELS; c++) {
      float std = (float) (input.std().get(c) / Colours.WHITE);
      float mean = (float) (input.mean().get(c) / Colours.WHITE);
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        image[i] = Math.max(0, Math.min(1, image[i] * std + mean));
      }
    }
  }

  /** Where the crop begins in the scaled frame: negative where the frame is smaller. */
  private static double offset(double size, int crop, double share) {
    return Math.rint(share * (size - crop));
  }

  private Colours colours(SplittableRandom random) {
    return switch (recipe.depth().colouring()) {
      case FACTORS -> Colours.factors(recipe.colour(), random, input);
      case MONODEPTH -> Colours.monodepth(random, input);
    };
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
