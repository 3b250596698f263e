package io.drivemark.architectures.cue.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.OpticalFlow;
import java.util.Arrays;

/**
 * A photograph in grey and smaller: one level a block of pixels, the mean of {@code 0.30078125 R +
 * 0.5859375 G + 0.11328125 B} rounded down. Whole numbers throughout, so that it is the same on
 * every machine. Blocks at the right and the bottom may be smaller. Immutable.
 */
final class GreyPicture {
  private static final int RED = 77;
  private static final int GREEN = 150;
  private static final int BLUE = 29;
  private static final int ONE = 256;

  private final int height;
  private final int width;
  private final byte[] levels;

  private GreyPicture(int height, int width, byte[] levels) {
    this.height = height;
    this.width = width;
    this.levels = levels;
  }

  /**
   * Shrinks a photograph.
   *
   * @param side of a block in pixels
   */
  static GreyPicture of(RgbImage image, int side) {
    int height = (image.height() + side - 1) / side;
    int width = (image.width() + side - 1) / side;
    byte[] pixels = image.pixels();
    byte[] levels = new byte[height * width];
    long[] sums = new long[width];
    for (int row = 0; row < height; row++) {
      Arrays.fill(sums, 0);
      int end = Math.min((row + 1) * side, image.height());
      for (int y = row * side; y < end; y++) {
        int at = 3 * y * image.width();
        for (int x = 0; x < image.width(); x++, at += 3) {
          sums[x / side] +=
              RED * (pixels[at] & 0xFF)
                  + GREEN * (pixels[at + 1] & 0xFF)
                  + BLUE * (pixels[at + 2] & 0xFF);
        }
      }
      for (int column = 0; column < width; column++) {
        int across = Math.min((column + 1) * side, image.width()) - column * side;
        long count = (long) across * (end - row * side);
        levels[row * width + column] = (byte) (sums[column] / (ONE * count));
      }
    }
    return new GreyPicture(height, width, levels);
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int level(int row, int column) {
    return levels[row * width + column] & 0xFF;
  }

  /** The share of levels that differ from another picture's by more than so many. */
  double changed(GreyPicture other, int levelsApart) {
    int count = 0;
    for (int i = 0; i < levels.length; i++) {
      count += Math.abs((levels[i] & 0xFF) - (other.levels[i] & 0xFF)) > levelsApart ? 1 : 0;
    }
    return (double) count / levels.length;
  }

  /** How far each level moves until another picture, see {@link OpticalFlow#between}. */
  float[] flowTo(GreyPicture other) {
    return OpticalFlow.between(levels, other.levels, height, width);
  }
}
