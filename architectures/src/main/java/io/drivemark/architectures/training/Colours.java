package io.drivemark.architectures.training;

import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.image.ChannelOrder;
import java.util.SplittableRandom;

/** How the colours of one image are changed and normalised. Immutable. */
interface Colours {
  int CHANNELS = 3;

  /** What a colour of 8 bits can be at most. */
  int WHITE = 255;

  /**
   * Writes a pixel of the network's input.
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   * @param image float32 [3, plane]
   * @param at the pixel's place in a plane
   */
  void apply(float red, float green, float blue, float[] image, int plane, int at);

  /**
   * Saturation mixes with the grey value, contrast spreads around mid-grey, brightness multiplies,
   * then normalisation: for each of the network's channels factors of R, G, B and an offset.
   *
   * @param strength each factor is drawn from 1 − strength to 1 + strength
   */
  static Colours factors(double strength, SplittableRandom random, InputSpec input) {
    double brightness = 1 + strength * (2 * random.nextDouble() - 1);
    double contrast = 1 + strength * (2 * random.nextDouble() - 1);
    double saturation = 1 + strength * (2 * random.nextDouble() - 1);
    double[] grey = {0.299, 0.587, 0.114};
    float[][] rows = new float[CHANNELS][CHANNELS + 1];
    for (int c = 0; c < CHANNELS; c++) {
      double std = input.std().get(c);
      for (int source = 0; source < CHANNELS; source++) {
        double mixed =
            (1 - saturation) * grey[source] + (source == input.order().offset(c) ? saturation : 0);
        rows[c][source] = (float) (brightness * contrast * mixed / std);
      }
      rows[c][CHANNELS] =
          (float) ((brightness * (1 - contrast) * 127.5 - input.mean().get(c)) / std);
    }
    float[] first = rows[0];
    float[] second = rows[1];
    float[] third = rows[2];
    return (r, g, b, image, plane, at) -> {
      image[at] = first[0] * r + first[1] * g + first[2] * b + first[3];
      image[plane + at] = second[0] * r + second[1] * g + second[2] * b + second[3];
      image[2 * plane + at] = third[0] * r + third[1] * g + third[2] * b + third[3];
    };
  }

  /**
   * As monodepth is trained (arXiv 1609.03677): half of the images stay as they are; of the others
   * each value v of 0 to 1 becomes v^gamma · brightness · colour, at most 1, with a gamma of 0.8 to
   * 1.2, a brightness of 0.5 to 2 and a colour of 0.8 to 1.2 for red, green and blue each. Between
   * whole numbers of 8 bits it is linear.
   */
  static Colours monodepth(SplittableRandom random, InputSpec input) {
    boolean changed = random.nextDouble() < 0.5;
    double gamma = random.nextDouble(0.8, 1.2);
    double brightness = random.nextDouble(0.5, 2);
    double[] colours = new double[CHANNELS];
    for (int source = 0; source < CHANNELS; source++) {
      colours[source] = random.nextDouble(0.8, 1.2);
    }
    ChannelOrder order = input.order();
    float[][] curves = new float[CHANNELS][WHITE + 2];
    for (int c = 0; c < CHANNELS; c++) {
      double factor = brightness * colours[order.offset(c)];
      for (int value = 0; value <= WHITE; value++) {
        double v = (double) value / WHITE;
        double made = changed ? Math.min(1, StrictMath.pow(v, gamma) * factor) : v;
        curves[c][value] = (float) ((WHITE * made - input.mean().get(c)) / input.std().get(c));
      }
      curves[c][WHITE + 1] = curves[c][WHITE];
    }
    int first = order.offset(0);
    int third = order.offset(2);
    return (r, g, b, image, plane, at) -> {
      image[at] = on(curves[0], first == 0 ? r : b);
      image[plane + at] = on(curves[1], g);
      image[2 * plane + at] = on(curves[2], third == 0 ? r : b);
    };
  }

  private static float on(float[] curve, float value) {
    int below = (int) value;
    float share = value - below;
    return curve[below] + share * (curve[below + 1] - curve[below]);
  }
}
