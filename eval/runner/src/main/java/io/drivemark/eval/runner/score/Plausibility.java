package io.drivemark.eval.runner.score;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Tells confidences from what looks like them: labels, or 8-bit values in files of 16 bits. Two
 * things give them away. The most probable of K classes has a probability of 1/K at least, which is
 * above most labels; and labels leave everything empty between the highest of them and 255.
 * Stateless.
 */
final class Plausibility {
  private static final int EIGHT_BITS = 255;

  private Plausibility() {}

  /**
   * Refuses a file of which more than half cannot be confidences.
   *
   * @param file for the message
   * @param coding of the labels
   * @param pixels by stored value, 256 or 65536 of them; those whose truth or prediction is void
   *     left out
   * @throws BadInputException if more than half of the pixels are less sure than the most probable
   *     class can be, or more than half hold values of labels and all others 255
   */
  public static void require(Path file, LabelCoding coding, long[] pixels) {
    int most = pixels.length - 1;
    int classes = coding.space().size();
    double least = (double) most / classes;
    long all = upTo(pixels, most);
    long unlikely = upTo(pixels, (int) Math.ceil(least - 0.5) - 1); // the others may be rounded
    if (classes > 1 && 2 * unlikely > all) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: %.0f %% of its pixels hold less than %.0f of %d, but the most probable of %d"
                  + " classes has a probability of 1/%d or more; %s. %s",
              file,
              100.0 * unlikely / all,
              Math.ceil(least - 0.5),
              most,
              classes,
              classes,
              PredictedConfidence.EXPECTED,
              hint(coding, pixels)));
    }
    int highest = highestLabel(coding);
    if (most == EIGHT_BITS && highest < EIGHT_BITS) {
      long labels = upTo(pixels, highest);
      if (2 * labels > all && labels + pixels[EIGHT_BITS] == all) {
        throw new BadInputException(
            file
                + ": no pixel holds a value above "
                + highest
                + " but those of 255, as in a file of labels; "
                + PredictedConfidence.EXPECTED
                + ". If these are confidences, write them in 16 bits, where labels look different");
      }
    }
  }

  private static String hint(LabelCoding coding, long[] pixels) {
    int highest = pixels.length - 1;
    while (highest > 0 && pixels[highest] == 0) {
      highest--;
    }
    if (pixels.length - 1 > EIGHT_BITS && highest <= EIGHT_BITS && highest > highestLabel(coding)) {
      return "Its values go up to " + highest + ": 255p belongs in 8 bits";
    }
    return "Is it a file of labels?";
  }

  private static long upTo(long[] pixels, int value) {
    long sum = 0;
    for (int v = 0; v <= value; v++) {
      sum += pixels[v];
    }
    return sum;
  }

  /** The highest value of a label file, as class index or as the dataset stores it, but 255. */
  private static int highestLabel(LabelCoding coding) {
    int indices = coding.space().size() - 1;
    if (coding.kind() == LabelCoding.Kind.COLOR) {
      return indices;
    }
    int stored = coding.rawToIndex().keySet().stream().mapToInt(v -> v).max().orElse(0);
    int ignored = coding.voidValues().headSet(EIGHT_BITS).stream().mapToInt(v -> v).max().orElse(0);
    return Math.max(indices, Math.max(stored, ignored));
  }
}
