package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadSite.Classes;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.labelling.BilinearPlane;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * How sure labels are: at each pixel of the frame's grid the probability of the predicted class, as
 * a whole number of 1/65535, which is how a 16-bit PNG of confidences holds it. Scores are
 * upsampled to the grid as they are for labels; of logits the softmax over all channels is taken
 * there, in float64, probabilities are taken as they are. Channels that mean one class of the
 * dataset, or are void alike, count together. Immutable, safe to share.
 *
 * <p>Example: logits 1 and 0 of two classes are a probability of e/(e+1) for the first, 47910.
 */
public final class LabelConfidence {
  /** What stands for a probability of 1. */
  public static final int MOST = 65_535;

  /** By how much probabilities that a network gives may miss 0 to 1 by rounding. */
  private static final double ROUNDING = 1e-3;

  private final HeadSite site;
  private final boolean logits;
  private final boolean last;
  private final int[] codes; // by channel: what its pixels are labelled

  /**
   * For a head of labels.
   *
   * @throws BadInputException if it has no scores, judges each class by itself, or labels come onto
   *     the grid by repetition, so that no probability belongs to a pixel
   */
  public LabelConfidence(HeadSite site, Form form) {
    Classes classes = site.classes().orElseThrow();
    if (form == Form.LABELS || classes.channels().isEmpty()) {
      throw new BadInputException(
          site.subject()
              + ": gives labels without scores, which do not say how sure they are; expected scores"
              + " of classes");
    }
    Channels channels = classes.channels().get();
    if (channels.threshold().isPresent()) {
      throw new BadInputException(
          site.subject()
              + ": judges each class by itself, so that probabilities of classes do not add up;"
              + " expected scores of which the largest wins");
    }
    if (classes.grid() != Grid.LOGITS_BILINEAR) {
      throw new BadInputException(
          site.subject()
              + ": under grid "
              + classes.grid().key()
              + " labels are repeated, and no score belongs to a pixel; say grid: "
              + Grid.LOGITS_BILINEAR.key());
    }
    this.site = site;
    this.logits = form == Form.LOGITS;
    this.last = classes.channelsLast();
    this.codes =
        channels.classes().stream()
            .mapToInt(c -> c == Channels.BEYOND ? LabelSpace.VOID : classes.mapping().of(c))
            .toArray();
  }

  /**
   * The confidences of a frame.
   *
   * @param output the scores, float32 as the session gives them, from index 0 on
   * @param labels what they were decoded to, on the frame's grid
   * @return one a pixel, row by row, 0 to {@value #MOST}
   * @throws BadInputException if scores are no finite numbers, or no probabilities
   */
  public char[] of(FloatBuffer output, LabelMap labels) {
    Shape shape = site.output();
    int h = shape.extent(last ? 1 : 2);
    int w = shape.extent(last ? 2 : 3);
    BilinearPlane grid =
        new BilinearPlane(
            h, w, site.rowShare(), site.columnShare(), labels.height(), labels.width());
    byte[] pixels = labels.pixels();
    int n = pixels.length;
    float[] plane = new float[Math.multiplyExact(h, w)];
    float[] scores = new float[n];
    float[] largest = new float[n];
    Arrays.fill(largest, logits ? Float.NEGATIVE_INFINITY : 0);
    for (int k = 0; k < codes.length && logits; k++) {
      read(output, k, plane);
      grid.fill(plane, 0, labels.height(), scores);
      for (int i = 0; i < n; i++) {
        largest[i] = Math.max(largest[i], scores[i]);
      }
    }
    double[] all = new double[n];
    double[] own = new double[n];
    for (int k = 0; k < codes.length; k++) {
      read(output, k, plane);
      grid.fill(plane, 0, labels.height(), scores);
      for (int i = 0; i < n; i++) {
        double chance = logits ? StrictMath.exp((double) scores[i] - largest[i]) : scores[i];
        all[i] += chance;
        own[i] += codes[k] == (pixels[i] & 0xFF) ? chance : 0;
      }
    }
    char[] out = new char[n];
    for (int i = 0; i < n; i++) {
      out[i] = level(logits ? own[i] / all[i] : own[i], i, labels.width());
    }
    return out;
  }

  private char level(double probability, int pixel, int width) {
    if (!(probability >= -ROUNDING && probability <= 1 + ROUNDING)) {
      throw new BadInputException(
          site.subject()
              + ": at row "
              + pixel / width
              + ", column "
              + pixel % width
              + " the probability of the predicted class is "
              + probability
              + ", expected 0 to 1"
              + (logits ? "" : "; where the output is logits, say so in the model file"));
    }
    return (char) Math.round(MOST * Math.max(0, Math.min(1, probability)));
  }

  private void read(FloatBuffer output, int channel, float[] plane) {
    if (!last) {
      output.get(channel * plane.length, plane);
      return;
    }
    for (int i = 0; i < plane.length; i++) {
      plane[i] = output.get(i * codes.length + channel);
    }
  }
}
