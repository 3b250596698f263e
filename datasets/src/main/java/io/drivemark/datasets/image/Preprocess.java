package io.drivemark.datasets.image;

import io.drivemark.datasets.RgbImage;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * From a photograph to a network's input: scale to the input size, reorder the channels, normalise
 * each, and lay them out plane by plane: float32 [1, 3, H, W] with
 *
 * <pre>x = (pixel − mean) / std        pixel in 0..255; mean and std in the channel order used
 * </pre>
 *
 * <p>ImageNet's usual numbers in this form are mean 123.675, 116.28, 103.53 and std 58.395, 57.12,
 * 57.375 (RGB). Computed in double and rounded once to float: where no scaling is needed, one table
 * of 256 floats a channel gives the exact value. Scaling is bilinear between pixel centres
 * (half-pixel rule, edges repeated, no smoothing when it shrinks) in float, so it keeps the
 * fractions that scaling in 8 bits rounds away; it stays within 1 grey value of OpenCV's
 * INTER_LINEAR. Scaling in OpenCV and normalising by table took between the same time and half of
 * it when both were measured; this pass is kept for its accuracy, its single thread and its lack of
 * native memory.
 *
 * <p>Immutable and thread-safe; the buffers are the caller's.
 *
 * <p>Example: with mean 0 and std 255 on a 1×1 image (255, 0, 51) in order BGR the result is 0.2,
 * 0, 1.
 */
public final class Preprocess {
  private static final int CHANNELS = 3;

  private final ChannelOrder channels;
  private final List<Double> mean;
  private final List<Double> std;
  private final int height;
  private final int width;
  private final float[][] tables = new float[CHANNELS][256];

  /**
   * @param channels the network's channel order
   * @param mean three numbers in that order, in grey values 0..255
   * @param std three numbers in that order, not zero
   * @param height the network's input height
   * @param width the network's input width
   * @throws IllegalArgumentException if a list has not three finite numbers, a std is zero, or the
   *     size is not positive
   */
  public Preprocess(
      ChannelOrder channels, List<Double> mean, List<Double> std, int height, int width) {
    this.channels = channels;
    this.mean = three("mean", mean);
    this.std = three("std", std);
    if (this.std.contains(0.0) || this.std.contains(-0.0)) {
      throw new IllegalArgumentException("std has a zero: " + std);
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("input size is " + height + "x" + width);
    }
    this.height = height;
    this.width = width;
    for (int c = 0; c < CHANNELS; c++) {
      for (int pixel = 0; pixel < 256; pixel++) {
        tables[c][pixel] = (float) ((pixel - this.mean.get(c)) / this.std.get(c));
      }
    }
  }

  /** The same normalisation for another input size. */
  public Preprocess withSize(int newHeight, int newWidth) {
    return newHeight == height && newWidth == width
        ? this
        : new Preprocess(channels, mean, std, newHeight, newWidth);
  }

  public ChannelOrder channels() {
    return channels;
  }

  public List<Double> mean() {
    return mean;
  }

  public List<Double> std() {
    return std;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** How many floats the result has: 3·H·W. */
  public int floats() {
    return Math.multiplyExact(CHANNELS, Math.multiplyExact(height, width));
  }

  /** The input as a new array, [1, 3, H, W]. */
  public float[] apply(RgbImage image) {
    float[] out = new float[floats()];
    into(image, out);
    return out;
  }

  /**
   * Fills an array with [1, 3, H, W].
   *
   * @throws IllegalArgumentException if the array holds not exactly {@link #floats()}
   */
  public void into(RgbImage image, float[] out) {
    fits(out.length);
    fill(image, (from, at) -> System.arraycopy(from, 0, out, at, width), out);
  }

  /**
   * Fills a buffer from its position to its limit with [1, 3, H, W]; position and limit stay. Fast
   * for direct buffers in native byte order.
   *
   * @throws IllegalArgumentException if the buffer has not exactly {@link #floats()} remaining
   */
  public void into(RgbImage image, FloatBuffer out) {
    fits(out.remaining());
    if (out.hasArray()
        && out.arrayOffset() + out.position() == 0
        && out.array().length == floats()) {
      into(image, out.array());
      return;
    }
    int start = out.position();
    fill(image, (from, at) -> out.put(start + at, from, 0, width), null);
  }

  /** Takes one finished row of one channel. */
  private interface Rows {
    void put(float[] row, int at);
  }

  private void fill(RgbImage image, Rows rows, float[] direct) {
    if (image.height() == height && image.width() == width) {
      if (direct == null) {
        normalise(image.pixels(), rows);
      } else {
        normalise(image.pixels(), direct);
      }
    } else {
      BilinearRows.of(image, height, width).forEachRow(scales(), offsets(), channels, rows::put);
    }
  }

  /** One pass over the pixels, three planes written side by side: a third of the reading. */
  private void normalise(byte[] pixels, float[] out) {
    int plane = height * width;
    float[] first = tables[channels.offset(0)];
    float[] second = tables[1];
    float[] third = tables[channels.offset(2)];
    int firstAt = channels.offset(0) * plane;
    int thirdAt = channels.offset(2) * plane;
    for (int i = 0, at = 0; i < plane; i++, at += CHANNELS) {
      out[firstAt + i] = first[pixels[at] & 0xFF];
      out[plane + i] = second[pixels[at + 1] & 0xFF];
      out[thirdAt + i] = third[pixels[at + 2] & 0xFF];
    }
  }

  private void normalise(byte[] pixels, Rows rows) {
    float[][] lines = new float[CHANNELS][width];
    int plane = height * width;
    for (int y = 0; y < height; y++) {
      line(pixels, CHANNELS * y * width, lines);
      for (int c = 0; c < CHANNELS; c++) {
        rows.put(lines[c], c * plane + y * width);
      }
    }
  }

  private void line(byte[] pixels, int from, float[][] lines) {
    float[] first = tables[channels.offset(0)];
    float[] second = tables[1];
    float[] third = tables[channels.offset(2)];
    float[] firstOut = lines[channels.offset(0)];
    float[] secondOut = lines[1];
    float[] thirdOut = lines[channels.offset(2)];
    for (int i = 0, at = from; i < firstOut.length; i++, at += CHANNELS) {
      firstOut[i] = first[pixels[at] & 0xFF];
      secondOut[i] = second[pixels[at + 1] & 0xFF];
      thirdOut[i] = third[pixels[at + 2] & 0xFF];
    }
  }

  private float[] scales() {
    float[] out = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      out[c] = (float) (1 / std.get(c));
    }
    return out;
  }

  private float[] offsets() {
    float[] out = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      out[c] = (float) (-mean.get(c) / std.get(c));
    }
    return out;
  }

  private void fits(int available) {
    if (available != floats()) {
      throw new IllegalArgumentException(
          "input [1, 3, "
              + height
              + ", "
              + width
              + "] needs "
              + floats()
              + " floats, the buffer has "
              + available);
    }
  }

  private static List<Double> three(String what, List<Double> values) {
    if (values.size() != CHANNELS || !values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(what + " must be three finite numbers: " + values);
    }
    return List.copyOf(values);
  }

  @Override
  public String toString() {
    return "Preprocess["
        + channels.word()
        + ", mean "
        + mean
        + ", std "
        + std
        + ", "
        + height
        + "x"
        + width
        + "]";
  }
}
