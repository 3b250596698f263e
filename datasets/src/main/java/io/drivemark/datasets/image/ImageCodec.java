package io.drivemark.datasets.image;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RgbImage;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Reads and writes image files. Photographs go through OpenCV, whose native library loads with the
 * first one; label PNGs are unpacked directly, every kind by its stored samples. Files are written
 * whole or not at all. Stateless and thread-safe.
 */
public final class ImageCodec {
  private ImageCodec() {}

  /**
   * Reads a photograph (PNG or JPEG) as 8-bit RGB; grey becomes three equal channels, alpha is
   * dropped, an EXIF rotation is ignored, because labels are not rotated either.
   *
   * @throws BadInputException if the file is missing, no image, truncated, damaged or too big
   * @throws UnavailableException if OpenCV does not load on this machine
   */
  public static RgbImage readImage(Path file) {
    return decodeImage(file, bytes(file));
  }

  /**
   * Decodes a photograph that is already in memory: {@link #readImage} without the disk.
   *
   * @param file what to call it in messages
   */
  public static RgbImage decodeImage(Path file, byte[] bytes) {
    ImageHeader header = ImageHeader.check(file, bytes);
    OpenCv.require();
    MatOfByte encoded = new MatOfByte(bytes);
    Mat decoded = null;
    try {
      decoded =
          Imgcodecs.imdecode(
              encoded, Imgcodecs.IMREAD_COLOR_RGB | Imgcodecs.IMREAD_IGNORE_ORIENTATION);
      if (decoded.empty()
          || decoded.type() != CvType.CV_8UC3
          || decoded.rows() != header.height()
          || decoded.cols() != header.width()) {
        throw undecodable(file, header, null);
      }
      byte[] pixels = new byte[Math.multiplyExact(3, header.height() * header.width())];
      decoded.get(0, 0, pixels);
      return RgbImage.of(header.height(), header.width(), pixels);
    } catch (CvException e) {
      throw undecodable(file, header, e);
    } finally {
      release(encoded, decoded);
    }
  }

  /**
   * Writes a photograph; {@code .png} without loss, {@code .jpg} or {@code .jpeg} at quality 95.
   * Missing folders are created.
   *
   * @throws BadInputException if the name has another suffix
   * @throws UnavailableException if the file cannot be written or OpenCV does not load
   */
  public static void writeImage(Path file, RgbImage image) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String suffix = name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    if (!suffix.equals(".png") && !suffix.equals(".jpg") && !suffix.equals(".jpeg")) {
      throw new BadInputException(
          file + ": photographs are written as .png, .jpg or .jpeg, not '" + suffix + "'");
    }
    OpenCv.require();
    Mat rgb = new Mat(image.height(), image.width(), CvType.CV_8UC3);
    Mat bgr = new Mat();
    MatOfByte encoded = new MatOfByte();
    try {
      rgb.put(0, 0, image.pixels());
      Imgproc.cvtColor(rgb, bgr, Imgproc.COLOR_RGB2BGR);
      if (!Imgcodecs.imencode(suffix, bgr, encoded)) {
        throw new UnavailableException(file + ": OpenCV cannot encode " + suffix);
      }
      DurableFiles.writeQuickly(file, encoded.toArray());
    } finally {
      release(rgb, bgr, encoded);
    }
  }

  /**
   * Scales a photograph: bilinear between pixel centres (half-pixel rule, no smoothing), OpenCV's
   * INTER_LINEAR, rounded to 8 bits. {@link Preprocess} scales by the same rule in float.
   */
  public static RgbImage resizeBilinear(RgbImage image, int height, int width) {
    if (image.height() == height && image.width() == width) {
      return image;
    }
    OpenCv.require();
    Mat from = new Mat(image.height(), image.width(), CvType.CV_8UC3);
    Mat to = new Mat();
    try {
      from.put(0, 0, image.pixels());
      Imgproc.resize(from, to, new Size(width, height), 0, 0, Imgproc.INTER_LINEAR);
      byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(3, height), width)];
      to.get(0, 0, pixels);
      return RgbImage.of(height, width, pixels);
    } finally {
      release(from, to);
    }
  }

  /**
   * Reads a label PNG as it is stored: palettised files as indices, 1 to 8-bit grey as one byte,
   * 16-bit grey as two, colour as three; samples are not scaled and a transparent colour (tRNS)
   * means nothing. No colour management of any kind.
   *
   * @throws BadInputException if the file is missing, no PNG, truncated, damaged, too big, 16-bit
   *     colour, or not opaque everywhere (the message names the pixel)
   */
  public static RawLabels readRaw(Path file) {
    return readRaw(file, new PixelArrays());
  }

  /**
   * As {@link #readRaw(Path)}, for many files after each other.
   *
   * @param arrays where the values go; they are gone with the next frame
   */
  public static RawLabels readRaw(Path file, PixelArrays arrays) {
    return readRaw(file, Optional.empty(), arrays);
  }

  /**
   * As {@link #readRaw(Path, PixelArrays)}, one channel of a colour image alone, of 8 or 16 bits;
   * alpha does not matter then.
   *
   * @param channel which; empty for the whole pixel
   * @throws BadInputException also if a channel is asked for and the file has no colours
   */
  public static RawLabels readRaw(Path file, Optional<ColorChannel> channel, PixelArrays arrays) {
    return decodeRaw(file, bytes(file), channel, arrays);
  }

  /** As {@link #readRaw(Path, Optional, PixelArrays)} of a file that is already in memory. */
  static RawLabels decodeRaw(
      Path file, byte[] bytes, Optional<ColorChannel> channel, PixelArrays arrays) {
    ImageHeader image = ImageHeader.check(file, bytes);
    if (image.format() != ImageHeader.Format.PNG) {
      throw new BadInputException(
          file
              + ": labels must be PNG files, found "
              + image.format()
              + ", which does not keep values exactly");
    }
    try {
      PngHeader header = PngHeader.of(bytes);
      if (channel.isPresent() && !header.hasColor()) {
        throw new BadInputException(
            file
                + ": found one channel, expected a colour image whose "
                + channel.get().word()
                + " channel holds the values; take 'channel: "
                + channel.get().word()
                + "' out of the declaration if all files are so");
      }
      Optional<RawLabels> usual =
          channel.isPresent() ? Optional.empty() : PngRows.decode(bytes, header, arrays);
      RawLabels labels =
          usual.isPresent() ? usual.get() : PngSamples.decode(file, bytes, header, channel, arrays);
      return header.color() == PngHeader.PALETTE
          ? labels.withPalette(PngData.palette(bytes))
          : labels;
    } catch (DataFormatException e) {
      throw undecodable(file, image, e);
    }
  }

  /** Writes one byte a pixel as an 8-bit grey PNG; missing folders are created. */
  public static void writeGray8(Path file, int height, int width, byte[] values) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, values);
    DurableFiles.writeQuickly(file, png(file, image));
  }

  /** As {@link #writeGray8}, with the mark by which {@link PngMark} knows a prediction again. */
  public static void writeMarkedGray8(Path file, int height, int width, byte[] values) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, values);
    DurableFiles.writeQuickly(file, PngMark.marked(png(file, image)));
  }

  /** Writes one value of 0 to 65535 a pixel as a 16-bit grey PNG; missing folders are created. */
  public static void writeGray16(Path file, int height, int width, short[] values) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, values);
    DurableFiles.writeQuickly(file, png(file, image));
  }

  /** As {@link #writeGray16}, with the mark by which {@link PngMark} knows a prediction again. */
  public static void writeMarkedGray16(Path file, int height, int width, short[] values) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, values);
    DurableFiles.writeQuickly(file, PngMark.marked(png(file, image)));
  }

  /** Writes colours 0xRRGGBB, one a pixel, as a 24-bit PNG; missing folders are created. */
  public static void writeColor(Path file, int height, int width, int[] colors) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, width, height, colors);
    DurableFiles.writeQuickly(file, png(file, image));
  }

  /** As {@link #writeColor}, with the mark by which {@link PngMark} knows a prediction again. */
  public static void writeMarkedColor(Path file, int height, int width, int[] colors) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, width, height, colors);
    DurableFiles.writeQuickly(file, PngMark.marked(png(file, image)));
  }

  /**
   * Frees pixels now. A Mat that nothing refers to any more may be finalised, and its header freed,
   * while its native release is still writing to that header; so all stay referred to until then.
   */
  private static void release(Mat... mats) {
    for (Mat mat : mats) {
      if (mat != null) {
        mat.release();
      }
    }
    Reference.reachabilityFence(mats);
  }

  /**
   * What a file says about itself, without decoding its pixels.
   *
   * @throws BadInputException as {@link #readImage}
   */
  public static ImageInfo info(Path file) {
    return ImageInfo.of(file, bytes(file));
  }

  /**
   * A whole file's bytes.
   *
   * @throws BadInputException if it is missing or cannot be read
   */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new BadInputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static BadInputException undecodable(Path file, ImageHeader header, Exception cause) {
    return new BadInputException(
        file
            + ": damaged "
            + header.format()
            + ": its pixels cannot be decoded"
            + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")")
            + "; copy or create the file again",
        cause);
  }

  private static byte[] png(Path file, BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be encoded: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }
}
