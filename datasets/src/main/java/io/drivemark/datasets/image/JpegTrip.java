package io.drivemark.datasets.image;

import io.drivemark.datasets.RgbImage;
import io.drivemark.problem.UnavailableException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/** What a photograph is after it has been a JPEG in memory. Stateless and thread-safe. */
public final class JpegTrip {
  private JpegTrip() {}

  /**
   * Encodes and decodes.
   *
   * @param quality 1 to 100, as OpenCV counts it
   * @throws UnavailableException if OpenCV does not load on this machine
   */
  public static RgbImage through(RgbImage image, int quality) {
    OpenCv.require();
    Mat bgr = new Mat(image.height(), image.width(), CvType.CV_8UC3);
    MatOfByte encoded = new MatOfByte();
    MatOfInt settings = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, quality);
    Mat decoded = null;
    try {
      bgr.put(0, 0, swapped(image.pixels()));
      if (!Imgcodecs.imencode(".jpg", bgr, encoded, settings)) {
        throw new UnavailableException("OpenCV cannot encode .jpg");
      }
      decoded = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR);
      if (decoded.rows() != image.height() || decoded.cols() != image.width()) {
        throw new UnavailableException("OpenCV cannot decode the .jpg that it encoded");
      }
      byte[] pixels = new byte[image.pixels().length];
      decoded.get(0, 0, pixels);
      return RgbImage.of(image.height(), image.width(), swapped(pixels));
    } finally {
      bgr.release();
      encoded.release();
      settings.release();
      if (decoded != null) {
        decoded.release();
      }
    }
  }

  /**
   * OpenCV's version, which the bytes depend on.
   *
   * @throws UnavailableException if OpenCV does not load on this machine
   */
  public static String version() {
    return OpenCv.version();
  }

  /** Red and blue in each other's place. */
  private static byte[] swapped(byte[] pixels) {
    byte[] out = new byte[pixels.length];
    for (int i = 0; i < out.length; i += 3) {
      out[i] = pixels[i + 2];
      out[i + 1] = pixels[i + 1];
      out[i + 2] = pixels[i];
    }
    return out;
  }
}
