package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the values of a dataset's 16-bit distance files mean. Immutable.
 *
 * @param metresPerUnit metres that one step of the stored value stands for
 * @param unknown stored values that say that the distance is not known
 */
public record DepthCoding(double metresPerUnit, SortedSet<Integer> unknown) {
  public DepthCoding {
    unknown = Collections.unmodifiableSortedSet(new TreeSet<>(unknown));
  }

  /**
   * Turns stored values into metres; unknown ones are NaN.
   *
   * @throws BadInputException if the file does not hold one channel of 16 bits, or its size is not
   *     the given one
   */
  public Depth decode(Path file, RawLabels raw, int height, int width) {
    if (raw.bytesPerPixel() != 2) {
      throw new BadInputException(
          file + ": found " + raw.kind() + ", expected distances in one channel of 16 bits");
    }
    if (raw.height() != height || raw.width() != width) {
      throw new BadInputException(
          file
              + ": distances are "
              + raw.height()
              + "x"
              + raw.width()
              + ", but the frame is "
              + height
              + "x"
              + width
              + " (height x width); they must be equal");
    }
    float[] metres = new float[height * width];
    for (int i = 0; i < metres.length; i++) {
      int value = raw.value(i);
      metres[i] = unknown.contains(value) ? Float.NaN : (float) (value * metresPerUnit);
    }
    return Depth.of(height, width, metres);
  }
}
