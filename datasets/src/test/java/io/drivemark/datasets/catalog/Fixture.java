package io.drivemark.datasets.catalog;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Writes small datasets for tests. */
public record Fixture(Path root) {
  /** A photograph of noise. */
  public Fixture image(String name, int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    new Random(name.hashCode()).nextBytes(pixels);
    ImageCodec.writeImage(root.resolve(name), RgbImage.of(height, width, pixels));
    return this;
  }

  /** A grey label file whose pixels run through the given values. */
  public Fixture grey(String name, int height, int width, int... values) {
    byte[] pixels = new byte[height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i % values.length];
    }
    ImageCodec.writeGray8(root.resolve(name), height, width, pixels);
    return this;
  }

  /** A 16-bit file whose pixels run through the given values. */
  public Fixture grey16(String name, int height, int width, int... values) {
    short[] pixels = new short[height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (short) values[i % values.length];
    }
    ImageCodec.writeGray16(root.resolve(name), height, width, pixels);
    return this;
  }

  /** A colour label file whose pixels run through the given colours. */
  public Fixture color(String name, int height, int width, int... colors) {
    int[] pixels = new int[height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = colors[i % colors.length];
    }
    ImageCodec.writeColor(root.resolve(name), height, width, pixels);
    return this;
  }

  /**
   * A palettised label file whose indices run through the given values; its colours mean nothing.
   */
  public Fixture palette(String name, int height, int width, int... values) {
    byte[] channel = new byte[256];
    new Random(7).nextBytes(channel);
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, channel, channel, channel));
    for (int i = 0; i < height * width; i++) {
      image.getRaster().setSample(i % width, i / width, 0, values[i % values.length]);
    }
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text file. */
  public Fixture text(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three complete frames a, b, c of 2×6 pixels in CamVid layout, split val, with a list. */
  public static Fixture camVid(Path root) {
    Fixture out = new Fixture(root);
    for (String id : new String[] {"a", "b", "c"}) {
      out.image("val/" + id + ".png", 2, 6);
      out.grey("valannot/" + id + ".png", 2, 6, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }
    return out.text(
        "val.txt",
        """
        /SegNet/CamVid/val/a.png /SegNet/CamVid/valannot/a.png
        /SegNet/CamVid/val/b.png /SegNet/CamVid/valannot/b.png
        /SegNet/CamVid/val/c.png /SegNet/CamVid/valannot/c.png
        """);
  }
}
