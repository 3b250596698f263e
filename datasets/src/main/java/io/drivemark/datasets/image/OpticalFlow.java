package io.drivemark.datasets.image;

import io.drivemark.problem.UnavailableException;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.video.DISOpticalFlow;

/**
 * Where each pixel of a grey picture lies in another one, by OpenCV's dense inverse search (Kroeger
 * et al., arXiv 1603.03590) in its ultrafast preset. OpenCV searches in stripes, as many as it has
 * threads, and the flow depends on where they end: here it has one. Calls from several threads wait
 * for each other. Stateless and thread-safe.
 */
public final class OpticalFlow {
  /** Made on first use, used under the lock of the class. */
  private static final class Dis {
    static final DISOpticalFlow FLOW = DISOpticalFlow.create(DISOpticalFlow.PRESET_ULTRAFAST);
  }

  private OpticalFlow() {}

  /**
   * The flow from one picture to another.
   *
   * @param from {@code height·width} unsigned bytes, row by row
   * @param to another picture of the same size
   * @param height at least 12, as {@code width}
   * @return for each pixel how many pixels to the right and how many down it lies in the other
   *     picture; two numbers each, row by row
   * @throws IllegalArgumentException if the sizes do not fit
   * @throws UnavailableException if OpenCV does not load on this machine
   */
  public static float[] between(byte[] from, byte[] to, int height, int width) {
    if (height < 12 || width < 12 || from.length != height * width || to.length != from.length) {
      throw new IllegalArgumentException(
          "flow of " + height + "x" + width + " between " + from.length + " and " + to.length);
    }
    OpenCv.require();
    synchronized (OpticalFlow.class) {
      int threads = Core.getNumThreads();
      Mat first = new Mat(height, width, CvType.CV_8UC1);
      Mat second = new Mat(height, width, CvType.CV_8UC1);
      Mat flow = new Mat(); // what it holds would be where the search begins
      try {
        Core.setNumThreads(1);
        first.put(0, 0, from);
        second.put(0, 0, to);
        Dis.FLOW.calc(first, second, flow);
        float[] out = new float[2 * height * width];
        flow.get(0, 0, out);
        return out;
      } finally {
        Core.setNumThreads(threads);
        first.release();
        second.release();
        flow.release();
      }
    }
  }

  /**
   * OpenCV's version, which the numbers depend on.
   *
   * @throws UnavailableException if OpenCV does not load on this machine
   */
  public static String version() {
    return OpenCv.version();
  }
}
