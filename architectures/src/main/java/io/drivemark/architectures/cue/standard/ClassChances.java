package io.drivemark.architectures.cue.standard;

import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.cue.Scores;
import io.drivemark.architectures.head.LabelsHead.Form;
import java.util.Arrays;

/**
 * Between scores and probabilities of classes, plane by plane in float32. Of logits they are the
 * softmax over all channels; probabilities stay as the network gives them. A NaN stays one.
 * Stateless.
 */
final class ClassChances {
  private ClassChances() {}

  /** The probabilities of a frame's scores, into planes. */
  static void read(Scores scores, float[] planes) {
    scores.planes(planes);
    if (scores.site().form() == Form.LOGITS) {
      softmax(planes, scores.site().count());
    }
  }

  /** Probabilities in planes turned into scores of the site's own form, in their place. */
  static void toScores(ScoreSite site, float[] planes) {
    if (site.form() == Form.LOGITS) {
      for (int i = 0; i < planes.length; i++) {
        planes[i] = (float) Math.log(Math.max(planes[i], Float.MIN_NORMAL));
      }
    }
  }

  /** Softmax over channels, in their place. */
  static void softmax(float[] planes, int channels) {
    int n = planes.length / channels;
    float[] largest = new float[n];
    System.arraycopy(planes, 0, largest, 0, n);
    for (int k = 1; k < channels; k++) {
      for (int i = 0, at = k * n; i < n; i++, at++) {
        largest[i] = Math.max(largest[i], planes[at]);
      }
    }
    float[] sum = new float[n];
    for (int k = 0; k < channels; k++) {
      for (int i = 0, at = k * n; i < n; i++, at++) {
        planes[at] = (float) Math.exp(planes[at] - largest[i]);
        sum[i] += planes[at];
      }
    }
    for (int k = 0; k < channels; k++) {
      for (int i = 0, at = k * n; i < n; i++, at++) {
        planes[at] /= sum[i];
      }
    }
  }

  /** The mean over the pixels that show the photograph of the largest probability. */
  static double meanOfLargest(ScoreSite site, float[] planes) {
    int n = site.pixels();
    float[] largest = Arrays.copyOf(planes, n);
    for (int k = 1; k < site.count(); k++) {
      for (int i = 0, at = k * n; i < n; i++, at++) {
        largest[i] = Math.max(largest[i], planes[at]);
      }
    }
    double sum = 0;
    for (int row = 0; row < site.shownRows(); row++) {
      for (int column = 0; column < site.shownColumns(); column++) {
        sum += largest[row * site.width() + column];
      }
    }
    return sum / ((double) site.shownRows() * site.shownColumns());
  }
}
