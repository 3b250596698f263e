package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessTest {
  private static final List<Double> MEAN = List.of(110.33102643, 108.40886315, 105.03319369);
  private static final List<Double> STD = List.of(18392.05608825, 18536.1400617, 17825.6087808);

  @Test
  void exampleOfTheDocumentation() {
    Preprocess p =
        new Preprocess(
            ChannelOrder.BGR, List.of(0.0, 0.0, 0.0), List.of(255.0, 255.0, 255.0), 1, 1);
    RgbImage image = RgbImage.of(1, 1, new byte[] {(byte) 255, 0, 51});
    assertArrayEquals(new float[] {0.2f, 0, 1}, p.apply(image));
  }

  @ParameterizedTest
  @CsvSource({"RGB", "BGR"})
  void withoutScalingEveryValueIsTheFormulaRoundedOnce(ChannelOrder order) {
    RgbImage image = noise(5, 9);
    float[] out = new Preprocess(order, MEAN, STD, 5, 9).apply(image);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 45; i++) {
        int pixel = image.pixels()[3 * i + (order == ChannelOrder.RGB ? c : 2 - c)] & 0xFF;
        assertEquals((float) ((pixel - MEAN.get(c)) / STD.get(c)), out[45 * c + i]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 9, 7, 9", "7, 9, 14, 18", "31, 45, 8, 11", "8, 8, 13, 5", "1, 1, 4, 4"})
  void scalingIsTheBilinearFormula(int h, int w, int height, int width) {
    RgbImage image = noise(h, w);
    List<Double> mean = List.of(10.0, 20.0, 30.0);
    List<Double> std = List.of(50.0, 60.0, 70.0);
    float[] out = new Preprocess(ChannelOrder.BGR, mean, std, height, width).apply(image);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double pixel = bilinear(image, 2 - c, y, x, height, width);
          double expected = (pixel - mean.get(c)) / std.get(c);
          // Four float products of values up to 255, divided by 50 or more.
          assertEquals(expected, out[(c * height + y) * width + x], 2e-5);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"40, 60, 55, 90", "40, 60, 17, 33"})
  void scalingStaysWithinOneGreyValueOfOpenCv(int h, int w, int height, int width) {
    RgbImage image = noise(h, w);
    Preprocess plain =
        new Preprocess(
            ChannelOrder.RGB, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), height, width);
    float[] ours = plain.apply(image);
    float[] theirs = plain.apply(ImageCodec.resizeBilinear(image, height, width));
    assertArrayEquals(theirs, ours, 1f);
  }

  @ParameterizedTest
  @CsvSource({"12, 20", "24, 33"})
  void everyKindOfBufferGetsTheSameNumbers(int height, int width) {
    RgbImage image = noise(12, 20);
    Preprocess p = new Preprocess(ChannelOrder.RGB, MEAN, STD, height, width);
    float[] expected = p.apply(image);
    float[] array = new float[p.floats()];
    p.into(image, array);
    assertArrayEquals(expected, array);
    FloatBuffer direct =
        ByteBuffer.allocateDirect(4 * p.floats() + 40)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    direct.position(7).limit(7 + p.floats());
    p.into(image, direct);
    assertEquals(7, direct.position());
    assertEquals(p.floats(), direct.remaining());
    float[] read = new float[p.floats()];
    direct.get(read);
    assertArrayEquals(expected, read);
    FloatBuffer heap = FloatBuffer.allocate(p.floats());
    p.into(image, heap);
    assertArrayEquals(expected, heap.array());
    FloatBuffer offset = FloatBuffer.allocate(p.floats() + 3).position(3).slice();
    p.into(image, offset);
    offset.get(read);
    assertArrayEquals(expected, read);
  }

  @Test
  void bufferOfAnotherSizeIsRefused() {
    Preprocess p = new Preprocess(ChannelOrder.RGB, MEAN, STD, 4, 5);
    assertEquals(
        "input [1, 3, 4, 5] needs 60 floats, the buffer has 59",
        assertThrows(IllegalArgumentException.class, () -> p.into(noise(4, 5), new float[59]))
            .getMessage());
  }

  @Test
  void zeroOrMissingNumbersAreRefused() {
    assertEquals(
        "std has a zero: [1.0, 0.0, 1.0]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Preprocess(ChannelOrder.RGB, MEAN, List.of(1.0, 0.0, 1.0), 4, 5))
            .getMessage());
    assertEquals(
        "mean must be three finite numbers: [1.0, NaN, 1.0]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Preprocess(ChannelOrder.RGB, List.of(1.0, Double.NaN, 1.0), STD, 4, 5))
            .getMessage());
  }

  /** The half-pixel formula written down once more, in double, pixel by pixel. */
  private static double bilinear(RgbImage image, int channel, int y, int x, int height, int width) {
    double sy =
        Math.min(Math.max((y + 0.5) * image.height() / height - 0.5, 0), image.height() - 1);
    double sx = Math.min(Math.max((x + 0.5) * image.width() / width - 0.5, 0), image.width() - 1);
    int y0 = (int) Math.floor(sy);
    int x0 = (int) Math.floor(sx);
    int y1 = Math.min(y0 + 1, image.height() - 1);
    int x1 = Math.min(x0 + 1, image.width() - 1);
    double fy = sy - y0;
    double fx = sx - x0;
    return (1 - fy) * ((1 - fx) * at(image, y0, x0, channel) + fx * at(image, y0, x1, channel))
        + fy * ((1 - fx) * at(image, y1, x0, channel) + fx * at(image, y1, x1, channel));
  }

  private static int at(RgbImage image, int y, int x, int channel) {
    return image.pixels()[3 * (y * image.width() + x) + channel] & 0xFF;
  }

  private static RgbImage noise(int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    new Random(31L * height + width).nextBytes(pixels);
    return RgbImage.of(height, width, pixels);
  }
}
