package io.drivemark.datasets.view;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.random.Rng;
import io.drivemark.problem.BadInputException;
import java.util.Map;

/**
 * A dataset whose photographs have noise, as of a sensor in poor light: to each value of each pixel
 * a number from the normal distribution is added, independent of all others; the sum is rounded to
 * the nearest whole number and kept within 0..255. The noise of a frame follows from the seed and
 * the frame's id: the same bits on each platform, run and thread, whichever frames there are
 * besides.
 */
public final class GaussianNoise extends ImageView {
  private final double sigma;
  private final long seed;

  /**
   * @param sigma the noise's standard deviation, in steps of the photograph's 256
   * @param seed any number; different seeds give different noise
   * @throws BadInputException if the deviation is not above 0 and at most 255
   */
  public GaussianNoise(Dataset origin, double sigma, long seed) {
    super(
        origin,
        "gaussian-noise",
        Map.of("sigma", Double.toString(sigma), "seed", Long.toString(seed)));
    if (!(sigma > 0 && sigma <= 255)) {
      throw new BadInputException(
          "gaussian-noise: sigma is " + sigma + ", expected above 0, at most 255");
    }
    this.sigma = sigma;
    this.seed = seed;
  }

  @Override
  protected RgbImage change(RgbImage image, Frame frame) {
    Rng rng = Rng.named(seed, frame.id());
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int i = 0; i < from.length; i++) {
      double value = (from[i] & 0xFF) + sigma * rng.gaussian();
      to[i] = (byte) Math.max(0, Math.min(255, (int) Math.floor(value + 0.5)));
    }
    return RgbImage.of(image.height(), image.width(), to);
  }
}
