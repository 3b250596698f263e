package io.drivemark.reports.page;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes gallery pictures small enough to live inside the page: photographs as JPEG, label maps as
 * palettised PNG, both as data URIs, at most {@value #MAX_WIDTH} pixels wide. Stateless.
 */
final class PictureCoding {
  static final int MAX_WIDTH = 640;
  private static final float QUALITY = 0.82f;
  private static final int PALETTE = 256;

  private PictureCoding() {}

  /** A photograph; empty if the file is missing or no picture. */
  static Optional<String> photograph(Path file) {
    return read(file).map(image -> jpeg(scaled(image, BufferedImage.TYPE_INT_RGB, true)));
  }

  /** A label map in colours; empty if the file is missing or no picture. */
  static Optional<String> labels(Path file) {
    return read(file).map(image -> png(scaled(image, BufferedImage.TYPE_INT_ARGB, false)));
  }

  /**
   * An error picture: a photograph with marks on it; empty if the file is missing or no picture.
   */
  static Optional<String> errors(Path file) {
    return read(file).map(image -> jpeg(scaled(image, BufferedImage.TYPE_INT_RGB, false)));
  }

  private static Optional<BufferedImage> read(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.ofNullable(ImageIO.read(file.toFile()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the page shows a gap with the file's name
    }
  }

  private static BufferedImage scaled(BufferedImage image, int type, boolean smooth) {
    int width = Math.min(MAX_WIDTH, image.getWidth());
    int height = Math.max(1, Math.round((float) image.getHeight() * width / image.getWidth()));
    BufferedImage out = new BufferedImage(width, height, type);
    Graphics2D graphics = out.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        smooth
            ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return out;
  }

  private static String jpeg(BufferedImage image) {
    return "data:image/jpeg;base64," + encode(image, "jpeg", QUALITY);
  }

  private static String png(BufferedImage image) {
    return "data:image/png;base64," + encode(palettised(image), "png", 0f);
  }

  /** The same picture with a palette; itself if it has too many colours for one. */
  private static BufferedImage palettised(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> colors = new LinkedHashMap<>();
    byte[] indices = new byte[argb.length];
    for (int i = 0; i < argb.length; i++) {
      int color = argb[i] >>> 24 == 0 ? 0 : argb[i];
      Integer index = colors.putIfAbsent(color, colors.size());
      if (colors.size() > PALETTE) {
        return image;
      }
      indices[i] = (byte) (index == null ? colors.size() - 1 : index);
    }
    int[] palette = new int[colors.size()];
    colors.forEach((color, index) -> palette[index] = color);
    int bits = palette.length <= 2 ? 1 : palette.length <= 4 ? 2 : palette.length <= 16 ? 4 : 8;
    IndexColorModel model =
        new IndexColorModel(
            bits, palette.length, palette, 0, true, -1, java.awt.image.DataBuffer.TYPE_BYTE);
    BufferedImage out =
        bits == 8
            ? new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model)
            : new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, model);
    int[] samples = new int[indices.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = indices[i] & 0xFF;
    }
    out.getRaster().setSamples(0, 0, width, height, 0, samples);
    return out;
  }

  private static String encode(BufferedImage image, String format, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new IllegalStateException("writing a picture to memory cannot fail", e);
    } finally {
      writer.dispose();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
