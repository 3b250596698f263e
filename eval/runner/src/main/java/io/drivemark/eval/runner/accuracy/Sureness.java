package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.head.LabelConfidence;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Calibration;

/**
 * How often labels are right, by how sure they are; in the 16 bits of a file of confidences, so
 * that a study gives what {@code drivemark score} gives for such files. Stateless.
 */
final class Sureness {
  private Sureness() {}

  /**
   * Sorts the pixels of valid truth by their confidence; a void prediction is wrong.
   *
   * @param levels of each pixel, see {@link LabelConfidence}
   */
  static Calibration count(char[] levels, LabelMap truth, LabelMap prediction) {
    long[] right = new long[LabelConfidence.MOST + 1];
    long[] wrong = new long[LabelConfidence.MOST + 1];
    byte[] t = truth.pixels();
    byte[] p = prediction.pixels();
    for (int i = 0; i < t.length; i++) {
      if ((t[i] & 0xFF) != LabelSpace.VOID) {
        (t[i] == p[i] ? right : wrong)[levels[i]]++;
      }
    }
    Calibration out = new Calibration();
    for (int level = 0; level <= LabelConfidence.MOST; level++) {
      if (right[level] + wrong[level] > 0) {
        out.add((double) level / LabelConfidence.MOST, right[level], wrong[level]);
      }
    }
    return out;
  }
}
