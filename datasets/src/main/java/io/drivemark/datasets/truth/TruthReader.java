package io.drivemark.datasets.truth;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.ImageInfo;
import io.drivemark.datasets.image.RawLabels;
import java.nio.file.Path;
import java.util.Optional;

/** Gives the stored values of a dataset's label files. Implementations are thread-safe. */
public interface TruthReader {
  /**
   * The stored values of one file.
   *
   * @param arrays where the values may go; they are gone with the next frame
   * @throws io.drivemark.problem.BadInputException if the file is missing, damaged or of another
   *     kind; the message names the file and the object or pixel
   */
  RawLabels read(Path file, PixelArrays arrays);

  /** What a file says about itself, without its values. Errors as {@link #read}. */
  ImageInfo info(Path file);

  /**
   * An object number for each pixel, row by row, 0 = no single object, where the label files tell
   * objects apart; empty where they do not. Errors as {@link #read}.
   *
   * @param truth the file's labels
   */
  default Optional<int[]> objects(Path file, LabelMap truth, PixelArrays arrays) {
    return Optional.empty();
  }

  /** Whether {@link #objects} gives numbers. */
  default boolean hasObjects() {
    return false;
  }
}
