package io.drivemark.eval.runner.score;

import io.drivemark.datasets.LabelCoding;
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
  /** What such a file is, for messages. */
  static final String EXPECTED =
      "expected the probability of the predicted class in one channel: 255p in 8 bits or 65535p in"
          + " 16";

  private static final int LEVELS = 1 << 16;

  private PredictedConfidence() {}

  /**
   * Sorts the pixels of valid truth by their confidence; a void prediction is wrong.
   *
   * @param coding of the truth, by whose values labels are told from confidences
   * @throws BadInputException if the file is missing, damaged, coloured, palettised, of another
   *     size, or holds what cannot be confidences
   */
  static Calibration count(
      Path file, LabelCoding coding, LabelMap truth, LabelMap prediction, PixelArrays arrays) {
    RawLabels raw = ImageCodec.readRaw(file, arrays);
    if (raw.bytesPerPixel() == 3 || raw.isPalette()) {
      throw new BadInputException(file + ": found " + raw.kind() + ", " + EXPECTED);
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
    long[] unsaid = new long[LEVELS]; // of these where the prediction is void
    byte[] t = truth.pixels();
    byte[] p = prediction.pixels();
    for (int i = 0; i < t.length; i++) {
      if ((t[i] & 0xFF) != LabelSpace.VOID) {
        int level = raw.value(i);
        (t[i] == p[i] ? right : wrong)[level]++;
        if ((p[i] & 0xFF) == LabelSpace.VOID) {
          unsaid[level]++;
        }
      }
    }
    int most = raw.bytesPerPixel() == 1 ? 255 : LEVELS - 1;
    long[] labelled = new long[most + 1];
    Calibration out = new Calibration();
    for (int level = 0; level <= most; level++) {
      labelled[level] = right[level] + wrong[level] - unsaid[level];
      out.add((double) level / most, right[level], wrong[level]);
    }
    Plausibility.require(file, coding, labelled);
    return out;
  }
}
