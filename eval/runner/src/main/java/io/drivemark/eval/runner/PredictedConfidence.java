package io.drivemark.eval.runner;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;

/**
 * How sure a prediction is: a grey PNG of the prediction's size that holds the probability of the
 * predicted class, in 8 bits as 255·p or in 16 bits as 65535·p. Stateless.
 */
final class PredictedConfidence {
  private static final int LEVELS = 1 << 16;

  private PredictedConfidence() {}

  /**
   * Sorts the pixels of valid truth by their confidence; a void prediction is wrong.
   *
   * @throws BadInputException if the file is missing, damaged, coloured, or of another size
   */
  static Calibration count(Path file, LabelMap truth, LabelMap prediction, PixelArrays arrays) {
    RawLabels raw = ImageCodec.readRaw(file, arrays);
    if (raw.bytesPerPixel() == 3) {
      throw new BadInputException(
          file
              + ": found "
              + raw.kind()
              + ", expected the probability of the predicted class in one channel: 255p in 8 bits"
              + " or 65535p in 16");
    }
    if (raw.height() != truth.height() || raw.width() != truth.width()) {
      throw new BadInputException(
          file
              + ": the confidences are "
              + raw.height()
              + "x"
              + raw.width()
              + ", expected "
              + truth.height()
              + "x"
              + truth.width()
              + " (height x width), the size of the prediction");
    }
    long[] right = new long[LEVELS];
    long[] wrong = new long[LEVELS];
    byte[] t = truth.pixels();
    byte[] p = prediction.pixels();
    for (int i = 0; i < t.length; i++) {
      if ((t[i] & 0xFF) != LabelSpace.VOID) {
        (t[i] == p[i] ? right : wrong)[raw.value(i)]++;
      }
    }
    int most = raw.bytesPerPixel() == 1 ? 255 : LEVELS - 1;
    Calibration out = new Calibration();
    for (int level = 0; level <= most; level++) {
      out.add((double) level / most, right[level], wrong[level]);
    }
    return out;
  }
}
