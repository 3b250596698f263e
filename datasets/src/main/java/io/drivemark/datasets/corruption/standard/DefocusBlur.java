package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * A lens out of focus: each value becomes the mean over a disk around it. The border is mirrored
 * without repeating the edge. A photograph of one colour stays as it is. Stateless.
 */
public final class DefocusBlur implements Corruption {
  private static final int[] RADII = {3, 4, 6, 8, 10};
  private static final int CHANNELS = 3;

  @Override
  public String name() {
    return "defocus-blur";
  }

  @Override
  public String summary() {
    return "mean over a disk around each pixel";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "radius 3 pixels",
        "radius 4 pixels",
        "radius 6 pixels",
        "radius 8 pixels",
        "radius 10 pixels");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    int radius = RADII[severity - 1];
    int[] reaches = reaches(radius);
    int h = image.height();
    int w = image.width();
    int[] columns = Values.mirrored(w, radius, CHANNELS);
    int[] rows = Values.mirrored(h, radius, 1);
    int stride = columns.length + 1;
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    int disk = size(radius);
    int[] sums = new int[h * stride];
    for (int channel = 0; channel < CHANNELS; channel++) {
      sumAlongRows(from, channel, w, columns, sums, stride);
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int sum = 0;
          for (int dy = -radius; dy <= radius; dy++) {
            int reach = reaches[Math.abs(dy)];
            int at = rows[y + dy + radius] * stride + x + radius;
            sum += sums[at + reach + 1] - sums[at - reach];
          }
          to[(y * w + x) * CHANNELS + channel] = (byte) (sum / disk);
        }
      }
    }
    return RgbImage.of(h, w, to);
  }

  /** How many pixels a disk has: those whose centre is no farther than the radius. */
  static int size(int radius) {
    int[] reaches = reaches(radius);
    int size = 2 * reaches[0] + 1;
    for (int dy = 1; dy <= radius; dy++) {
      size += 2 * (2 * reaches[dy] + 1);
    }
    return size;
  }

  /** How far a disk reaches to each side in the rows at distances 0, 1, … from its middle. */
  private static int[] reaches(int radius) {
    int[] reaches = new int[radius + 1];
    for (int dy = 0; dy <= radius; dy++) {
      int reach = radius;
      while (reach * reach + dy * dy > radius * radius) {
        reach--;
      }
      reaches[dy] = reach;
    }
    return reaches;
  }

  /**
   * For each row the sums of its first 0, 1, 2, … values, the mirrored ones before and after too.
   */
  private static void sumAlongRows(
      byte[] from, int channel, int w, int[] columns, int[] sums, int stride) {
    int h = from.length / (w * CHANNELS);
    for (int y = 0; y < h; y++) {
      int row = y * w * CHANNELS + channel;
      int sum = 0;
      for (int x = 0; x < columns.length; x++) {
        sum += from[row + columns[x]] & 0xFF;
        sums[y * stride + x + 1] = sum;
      }
    }
  }
}
