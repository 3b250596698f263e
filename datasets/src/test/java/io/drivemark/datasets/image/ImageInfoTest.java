package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.catalog.Fixture;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.PngMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageInfoTest {
  @TempDir Path folder;

  @Test
  void bitsAndSizeComeFromTheHeader() {
    Fixture files =
        new Fixture(folder)
            .grey("a.png", 3, 5, 7)
            .grey16("b.png", 3, 5, 7)
            .color("c.png", 3, 5, 7)
            .image("d.jpg", 3, 5);
    assertEquals(new ImageInfo("PNG", 3, 5, 8, 1), ImageCodec.info(files.root().resolve("a.png")));
    assertEquals(16, ImageCodec.info(folder.resolve("b.png")).bits());
    assertEquals(8, ImageCodec.info(folder.resolve("c.png")).bits());
    assertEquals(new ImageInfo("JPEG", 3, 5, 8, 1), ImageCodec.info(folder.resolve("d.jpg")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 8})
  void orientationIsReadInBothByteOrders(int orientation) throws IOException {
    for (boolean big : new boolean[] {true, false}) {
      Path file = folder.resolve("a.jpg");
      Exif.write(file, 4, 6, orientation, big);
      ImageInfo info = ImageCodec.info(file);
      assertEquals(orientation, info.orientation());
      assertEquals(orientation >= 5, info.sideways());
      assertEquals(4, info.height());
    }
  }

  @Test
  void interlacedFileHasTheSameValues() throws IOException {
    BufferedImage image = new BufferedImage(19, 11, BufferedImage.TYPE_BYTE_GRAY);
    byte[] values = new byte[19 * 11];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 7);
    }
    image.getRaster().setDataElements(0, 0, 19, 11, values);
    Path file = folder.resolve("a.png");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    try (var out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    assertEquals(1, Files.readAllBytes(file)[28], "the file is interlaced");
    assertArrayEquals(values, ImageCodec.readRaw(file).bytes());
  }

  @Test
  void headerThatItsDataCannotFillIsRefusedBeforeAnythingIsAllocated() throws IOException {
    Path file = folder.resolve("a.png");
    ImageCodec.writeGray8(file, 2, 2, new byte[4]);
    byte[] bytes = Files.readAllBytes(file);
    PngMaker.resize(bytes, 8192, 8192);
    Files.write(file, bytes);
    long packed = ByteBuffer.wrap(bytes).getInt(33);
    assertEquals(
        file
            + ": damaged PNG: its header says 8192x8192 pixels, which "
            + packed
            + " bytes of data cannot hold; copy or create the file again",
        assertThrows(BadInputException.class, () -> ImageCodec.readRaw(file)).getMessage());
  }

  @Test
  void evenTheMostShrinkableImageIsRead() {
    Path file = folder.resolve("a.png");
    ImageCodec.writeGray8(file, 4000, 4000, new byte[16_000_000]);
    assertEquals(4000, ImageCodec.readRaw(file).width());
  }
}
