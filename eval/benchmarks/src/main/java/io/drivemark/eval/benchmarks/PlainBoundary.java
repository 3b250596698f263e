package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Boundary counts the plain way, with OpenCV on one thread: each class's mask of truth and of
 * prediction is eroded in a ring of zeros and taken away from itself. Keeps its matrices; not
 * thread-safe; {@link #close} frees them.
 */
final class PlainBoundary implements AutoCloseable {
  private final int height;
  private final int width;
  private final int d;
  private final LabelSpace space;
  private final List<Mat> all = new ArrayList<>();
  private final Mat truth;
  private final Mat prediction;
  private final Mat judged;
  private final Mat padded;
  private final Mat eroded;
  private final Mat ofTruth;
  private final Mat ofPrediction;
  private final Mat both;
  private final Mat kernel;

  PlainBoundary(LabelSpace space, int height, int width, int d) {
    Loader.load(opencv_java.class);
    Core.setNumThreads(1);
    this.space = space;
    this.height = height;
    this.width = width;
    this.d = d;
    this.truth = keep(new Mat(height, width, CvType.CV_8UC1));
    this.prediction = keep(new Mat(height, width, CvType.CV_8UC1));
    this.judged = keep(new Mat());
    this.padded = keep(new Mat());
    this.eroded = keep(new Mat());
    this.ofTruth = keep(new Mat());
    this.ofPrediction = keep(new Mat());
    this.both = keep(new Mat());
    this.kernel = keep(Imgproc.getStructuringElement(Imgproc.MORPH_RECT, new Size(3, 3)));
  }

  BoundaryCounts count(byte[] truthLabels, byte[] predictedLabels) {
    truth.put(0, 0, truthLabels);
    prediction.put(0, 0, predictedLabels);
    Core.compare(truth, new Scalar(LabelSpace.VOID), judged, Core.CMP_NE);
    int classes = space.size();
    long[] numbers = new long[3 * classes];
    for (int c = 0; c < classes; c++) {
      boundary(truth, c, ofTruth);
      boundary(prediction, c, ofPrediction);
      Core.bitwise_and(ofTruth, ofPrediction, both);
      numbers[c] = Core.countNonZero(ofTruth);
      numbers[classes + c] = Core.countNonZero(ofPrediction);
      numbers[2 * classes + c] = Core.countNonZero(both);
    }
    return BoundaryCounts.of(space, numbers);
  }

  private void boundary(Mat labels, int c, Mat out) {
    Core.compare(labels, new Scalar(c), out, Core.CMP_EQ);
    Core.copyMakeBorder(out, padded, 1, 1, 1, 1, Core.BORDER_CONSTANT, new Scalar(0));
    Imgproc.erode(padded, eroded, kernel, new org.opencv.core.Point(-1, -1), d);
    Mat inner = eroded.submat(1, height + 1, 1, width + 1);
    Core.subtract(out, inner, out);
    inner.release();
    Core.bitwise_and(out, judged, out);
  }

  private Mat keep(Mat matrix) {
    all.add(matrix);
    return matrix;
  }

  @Override
  public void close() {
    all.forEach(Mat::release);
    all.clear();
  }
}
