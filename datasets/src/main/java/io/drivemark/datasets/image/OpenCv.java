package io.drivemark.datasets.image;

import io.drivemark.problem.UnavailableException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.Core;

/** Loads OpenCV's native library once, on first use. Thread-safe. */
final class OpenCv {
  private OpenCv() {}

  /** The holder idiom: the library loads when this class is first touched. */
  private static final class Loaded {
    static final String FILE = Loader.load(opencv_java.class);
  }

  /**
   * Makes {@code org.opencv} usable.
   *
   * @throws UnavailableException if this machine has no OpenCV library that loads
   */
  static void require() {
    try {
      if (Loaded.FILE == null) {
        throw new UnavailableException(remedy("no library file"));
      }
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnavailableException(remedy(String.valueOf(cause.getMessage())), e);
    }
  }

  /**
   * OpenCV's version.
   *
   * @throws UnavailableException if this machine has no OpenCV library that loads
   */
  static String version() {
    require();
    return Core.getVersionString();
  }

  private static String remedy(String reason) {
    return "OpenCV cannot be loaded on "
        + Loader.getPlatform()
        + ": "
        + reason
        + ". Build with the natives of this platform (Maven property javacpp.platform) and make"
        + " sure the folder ~/.javacpp can be written to";
  }
}
