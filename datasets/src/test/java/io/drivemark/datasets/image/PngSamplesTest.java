package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.PngMaker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every colour type and depth, plain and interlaced, gives the samples that were written. */
class PngSamplesTest {
  private static final Path FILE = Path.of("labels/a.png");

  @ParameterizedTest(name = "colour type {0}, {1} bits")
  @CsvSource({
    "0, 1", "0, 2", "0, 4", "0, 8", "0, 16", "2, 8", "3, 1", "3, 2", "3, 4", "3, 8", "4, 8",
    "4, 16", "6, 8"
  })
  void samplesAreAsTheyAreStored(int color, int bits) {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int height = 1 + random.nextInt(20);
      int width = 1 + random.nextInt(20);
      PngMaker maker = new PngMaker(height, width, bits, color);
      int most = 1 << bits;
      int[] samples = new int[height * width * maker.channels()];
      for (int i = 0; i < samples.length; i++) {
        boolean alpha = color >= 4 && i % maker.channels() == maker.channels() - 1;
        samples[i] = alpha ? most - 1 : random.nextInt(most);
      }
      if (color == 3) {
        maker.palette(random.ints(1 << bits, 0, 1 << 24).toArray()).transparent(0, 128);
      } else if (color == 0) {
        maker.transparent(samples[0] >> 8, samples[0]);
      } else if (color == 2) {
        maker.transparent(0, samples[0], 0, samples[1], 0, samples[2]);
      }
      byte[] png = (seed % 2 == 0 ? maker : maker.interlaced()).make(samples);
      RawLabels raw = ImageCodec.decodeRaw(FILE, png, Optional.empty(), new PixelArrays());
      String what = "seed " + seed + ": " + raw;
      assertEquals(height, raw.height(), what);
      assertEquals(width, raw.width(), what);
      assertEquals(color == 3, raw.isPalette(), what);
      for (int i = 0; i < height * width; i++) {
        int at = i * maker.channels();
        int expected = samples[at];
        if (color == 2 || color == 6) {
          expected = samples[at] << 16 | samples[at + 1] << 8 | samples[at + 2];
        }
        assertEquals(expected, raw.value(i), what + ", pixel " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ColorChannel.class)
  void oneChannelOfAColorIsTaken(ColorChannel channel) {
    for (int bits : new int[] {8, 16}) {
      for (int color : new int[] {2, 6}) {
        PngMaker maker = new PngMaker(2, 3, bits, color);
        int[] samples =
            new Random(bits + color).ints(6L * maker.channels(), 0, 1 << bits).toArray();
        RawLabels raw = read(maker.make(samples), channel);
        assertEquals(bits / 8, raw.bytesPerPixel());
        for (int i = 0; i < 6; i++) {
          assertEquals(samples[i * maker.channels() + channel.ordinal()], raw.value(i));
        }
      }
    }
  }

  @Test
  void aChannelOfOneChannelIsAnError() {
    assertEquals(
        FILE
            + ": found one channel, expected a colour image whose green channel holds the values;"
            + " take 'channel: green' out of the declaration if all files are so",
        message(new PngMaker(1, 1, 8, 0).make(3), Optional.of(ColorChannel.GREEN)));
  }

  /** The remedy is to name a channel; then 16 bits are read. */
  @Test
  void sixteenBitColorsNeedAChannel() {
    byte[] png = new PngMaker(1, 2, 16, 2).make(12, 700, 0, 3, 0, 0);
    assertEquals(
        FILE
            + ": a colour image of 16 bits a channel; expected one channel of 8 or 16 bits, or"
            + " colours of 8 bits a channel. If one channel of a dataset's labels holds the class,"
            + " say which under 'coding', for example 'channel: red'",
        message(png, Optional.empty()));
    assertEquals(12, read(png, ColorChannel.RED).value(0));
    assertEquals(700, read(png, ColorChannel.GREEN).value(0));
  }

  /** The remedy is to name a channel; then alpha is not read. */
  @Test
  void alphaMustBeOpaque() {
    byte[] png = new PngMaker(1, 2, 8, 6).make(1, 2, 3, 255, 4, 5, 6, 254);
    assertEquals(
        FILE
            + ": the pixel at row 0, column 1 has alpha 254; labels must be opaque (255"
            + " everywhere). Write them without alpha; or if one channel of a dataset's labels"
            + " holds the class, say which under 'coding', for example 'channel: red': alpha is not"
            + " read then",
        message(png, Optional.empty()));
    assertEquals(4, read(png, ColorChannel.RED).value(1));
    assertEquals(
        FILE
            + ": the pixel at row 0, column 0 has alpha 65280; labels must be opaque (65535"
            + " everywhere). Write them without alpha",
        message(new PngMaker(1, 1, 16, 4).make(7, 0xFF00), Optional.empty()));
  }

  @Test
  void whatNoPngCanBeIsDamaged() {
    byte[] png = new PngMaker(1, 1, 3, 0).make(1);
    assertEquals(
        FILE
            + ": damaged PNG: its pixels cannot be decoded (colour type 0 with 3 bits); copy or"
            + " create the file again",
        message(png, Optional.empty()));
    assertEquals(
        FILE
            + ": damaged PNG: its pixels cannot be decoded (it has no palette); copy or create the"
            + " file again",
        message(new PngMaker(1, 1, 8, 3).make(1), Optional.empty()));
  }

  @Test
  void paletteColorsAreKept() {
    byte[] png = new PngMaker(1, 3, 2, 3).palette(0x804080, 0xDC143C).make(1, 0, 1);
    RawLabels raw = ImageCodec.decodeRaw(FILE, png, Optional.empty(), new PixelArrays());
    assertEquals(OptionalInt.of(0xDC143C), raw.paletteColor(raw.value(0)));
    assertEquals(OptionalInt.of(0x804080), raw.paletteColor(0));
    assertEquals(OptionalInt.empty(), raw.paletteColor(2));
    assertEquals("[1, 0, 1]", Arrays.toString(raw.bytes()));
  }

  private static RawLabels read(byte[] png, ColorChannel channel) {
    return ImageCodec.decodeRaw(FILE, png, Optional.of(channel), new PixelArrays());
  }

  private static String message(byte[] png, Optional<ColorChannel> channel) {
    return assertThrows(
            BadInputException.class,
            () -> ImageCodec.decodeRaw(FILE, png, channel, new PixelArrays()))
        .getMessage();
  }
}
