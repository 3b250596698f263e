package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.RgbImage;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.PngMaker;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCodecTest {
  @TempDir Path folder;

  @Test
  void pngKeepsEveryPixelAndTheChannelOrder() {
    RgbImage image = noise(7, 5, 1);
    Path file = folder.resolve("new/folders/a.png");
    ImageCodec.writeImage(file, image);
    assertEquals(image, ImageCodec.readImage(file));
    RgbImage red = RgbImage.of(1, 1, new byte[] {(byte) 250, 20, 3});
    ImageCodec.writeImage(file, red);
    assertArrayEquals(new byte[] {(byte) 250, 20, 3}, ImageCodec.readImage(file).pixels());
  }

  @Test
  void writingLeavesNoPartBehind() throws IOException {
    ImageCodec.writeImage(folder.resolve("a.png"), noise(4, 4, 1));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void jpegIsNearlyTheSame() {
    byte[] pixels = new byte[16 * 16 * 3];
    for (int i = 0; i < 256; i++) {
      pixels[3 * i] = (byte) 200;
      pixels[3 * i + 1] = 100;
      pixels[3 * i + 2] = 50;
    }
    Path file = folder.resolve("a.jpg");
    ImageCodec.writeImage(file, RgbImage.of(16, 16, pixels));
    byte[] read = ImageCodec.readImage(file).pixels();
    assertEquals(200, read[0] & 0xFF, 4);
    assertEquals(100, read[1] & 0xFF, 4);
    assertEquals(50, read[2] & 0xFF, 4);
  }

  @Test
  void exifRotationIsIgnored() throws IOException {
    Path file = folder.resolve("a.jpg");
    ImageCodec.writeImage(file, noise(8, 24, 3));
    byte[] plain = Files.readAllBytes(file);
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      18,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteBuffer rotated = ByteBuffer.allocate(plain.length + exif.length);
    rotated.put(plain, 0, 2).put(exif).put(plain, 2, plain.length - 2);
    Path turned = folder.resolve("b.jpg");
    Files.write(turned, rotated.array());
    assertEquals(ImageCodec.readImage(file), ImageCodec.readImage(turned));
  }

  @Test
  void greyPhotographBecomesThreeEqualChannels() {
    Path file = folder.resolve("a.png");
    ImageCodec.writeGray8(file, 1, 2, new byte[] {7, (byte) 200});
    assertArrayEquals(
        new byte[] {7, 7, 7, (byte) 200, (byte) 200, (byte) 200},
        ImageCodec.readImage(file).pixels());
  }

  @Test
  void otherSuffixIsRefused() {
    Path file = folder.resolve("a.bmp");
    assertEquals(
        file + ": photographs are written as .png, .jpg or .jpeg, not '.bmp'",
        assertThrows(BadInputException.class, () -> ImageCodec.writeImage(file, noise(2, 2, 1)))
            .getMessage());
  }

  @Test
  void resizeUsesPixelCentres() {
    RgbImage image = RgbImage.of(1, 2, new byte[] {0, 0, 0, 100, 100, 100});
    byte[] twice = ImageCodec.resizeBilinear(image, 1, 4).pixels();
    assertArrayEquals(
        new int[] {0, 25, 75, 100}, new int[] {twice[0], twice[3], twice[6], twice[9]});
  }

  @Test
  void grey8RoundTrips() {
    byte[] values = new byte[256];
    for (int i = 0; i < 256; i++) {
      values[i] = (byte) i;
    }
    Path file = folder.resolve("a.png");
    ImageCodec.writeGray8(file, 8, 32, values);
    RawLabels raw = ImageCodec.readRaw(file);
    assertEquals(1, raw.bytesPerPixel());
    assertArrayEquals(values, raw.bytes());
  }

  @Test
  void grey16RoundTrips() {
    short[] values = {0, 1, 255, 256, 26001, (short) 40000, (short) 65535, 7};
    Path file = folder.resolve("a.png");
    ImageCodec.writeGray16(file, 2, 4, values);
    RawLabels raw = ImageCodec.readRaw(file);
    assertEquals(2, raw.bytesPerPixel());
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i] & 0xFFFF, raw.value(i));
    }
  }

  @Test
  void colorRoundTrips() {
    int[] colors = {0x804080, 0x0000C0, 0xFFFFFF, 0, 0x123456, 0xFF0000};
    Path file = folder.resolve("a.png");
    ImageCodec.writeColor(file, 2, 3, colors);
    RawLabels raw = ImageCodec.readRaw(file);
    assertEquals(3, raw.bytesPerPixel());
    for (int i = 0; i < colors.length; i++) {
      assertEquals(colors[i], raw.value(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void palettisedFileIsReadAsIndices(int bits) throws IOException {
    int colors = 1 << bits;
    byte[] channel = new byte[colors];
    new Random(bits).nextBytes(channel);
    BufferedImage image =
        new BufferedImage(
            13,
            3,
            bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY,
            new IndexColorModel(bits, colors, channel, channel, channel));
    for (int i = 0; i < 39; i++) {
      image.getRaster().setSample(i % 13, i / 13, 0, i * 7 % colors);
    }
    Path file = folder.resolve("a.png");
    ImageIO.write(image, "png", file.toFile());
    RawLabels raw = ImageCodec.readRaw(file);
    assertEquals(1, raw.bytesPerPixel());
    for (int i = 0; i < 39; i++) {
      assertEquals(i * 7 % colors, raw.value(i));
    }
  }

  @Test
  void missingFileIsNamed() {
    Path file = folder.resolve("none.png");
    assertEquals(file + ": no such file", messageOfBoth(file));
  }

  @Test
  void emptyFileIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("a.png"));
    assertEquals(file + ": the file is empty, expected a PNG or JPEG image", messageOfBoth(file));
  }

  @Test
  void anotherKindOfFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.png"), "GIF89a");
    assertEquals(
        file + ": neither PNG nor JPEG: it starts with the bytes 47 49 46 38", messageOfBoth(file));
  }

  @Test
  void jpegIsNoLabelFile() {
    Path file = folder.resolve("a.jpg");
    ImageCodec.writeImage(file, noise(8, 8, 1));
    assertEquals(
        file + ": labels must be PNG files, found JPEG, which does not keep values exactly",
        message(() -> ImageCodec.readRaw(file)));
  }

  @Test
  void everyTruncationOfAPngIsFound() throws IOException {
    Path file = folder.resolve("a.png");
    ImageCodec.writeGray8(file, 20, 20, new byte[400]);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 1; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String found = messageOfBoth(file);
      assertTrue(found.startsWith(file + ": truncated PNG: ") || length < 8, length + ": " + found);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));
    assertEquals(
        file
            + ": truncated PNG: the file ends inside its IDAT chunk after "
            + (whole.length - 20)
            + " bytes; copy or create it again",
        messageOfBoth(file));
  }

  @Test
  void everyFlippedByteOfAPngIsFound() throws IOException {
    Path file = folder.resolve("a.png");
    ImageCodec.writeGray8(file, 20, 20, new byte[400]);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      messageOfBoth(file);
    }
    byte[] damaged = whole.clone();
    damaged[whole.length - 20] ^= 1;
    Files.write(file, damaged);
    assertEquals(
        file
            + ": damaged PNG: the checksum of its IDAT chunk at byte 33 is wrong; copy or create"
            + " the file again",
        messageOfBoth(file));
  }

  @Test
  void truncatedJpegIsFoundThoughOpenCvWouldFillIt() throws IOException {
    Path file = folder.resolve("a.jpg");
    ImageCodec.writeImage(file, noise(64, 64, 1));
    byte[] whole = Files.readAllBytes(file);
    int half = whole.length / 2;
    Files.write(file, Arrays.copyOf(whole, half));
    assertEquals(
        file
            + ": truncated JPEG: the file ends before its end marker after "
            + half
            + " bytes; copy or create it again",
        message(() -> ImageCodec.readImage(file)));
  }

  @Test
  void hugeHeaderIsRefusedBeforeAnythingIsAllocated() throws IOException {
    Path file = folder.resolve("a.png");
    ImageCodec.writeGray8(file, 2, 2, new byte[4]);
    byte[] bytes = Files.readAllBytes(file);
    PngMaker.resize(bytes, 60000, 60000);
    Files.write(file, bytes);
    assertEquals(
        file
            + ": its header says 60000x60000 pixels, more than the 67108864 that are read; the"
            + " file is damaged or no driving frame",
        messageOfBoth(file));
  }

  private static String messageOfBoth(Path file) {
    String message = message(() -> ImageCodec.readImage(file));
    assertEquals(message, message(() -> ImageCodec.readRaw(file)));
    return message;
  }

  private static String message(Runnable action) {
    return assertThrows(BadInputException.class, action::run).getMessage();
  }

  private static RgbImage noise(int height, int width, long seed) {
    byte[] pixels = new byte[3 * height * width];
    new Random(seed).nextBytes(pixels);
    return RgbImage.of(height, width, pixels);
  }
}
