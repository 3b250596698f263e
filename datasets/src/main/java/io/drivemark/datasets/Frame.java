package io.drivemark.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One frame of a split: what the dataset knows about it, read when it is asked for. Made by {@link
 * Dataset#frame}; making one reads nothing, and it keeps no pixels. Where many frames are read
 * after each other, the caller's {@link PixelArrays} take the pixels; they are gone with the next
 * frame. Safe to share between threads, the arrays are not.
 *
 * <p>Only {@link #id} and {@link #sample} must be written for a new dataset. A dataset that can
 * read one part without the others says so by the other methods.
 *
 * @see Sample all of it at once
 */
public interface Frame {
  /** The name of the attribute that says which drive or clip a frame is from. */
  String SEQUENCE = "sequence";

  /**
   * A frame of which only the whole sample can be had.
   *
   * @param sample makes it anew, or gives the same one, each time
   */
  static Frame of(String id, Supplier<Sample> sample) {
    return new Frame() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public Sample sample() {
        return sample.get();
      }
    };
  }

  /** File stem without the dataset's suffix; unique in its split. */
  String id();

  /**
   * Reads all that there is of the frame at once, and checks that the parts fit each other. Without
   * labels the truth is void throughout.
   *
   * @throws io.drivemark.problem.BadInputException if a file is missing, damaged, of the wrong
   *     size, or holds a label value the dataset does not declare; the message names file and pixel
   */
  Sample sample();

  /** Reads the photograph alone. Errors as {@link #sample}. */
  default RgbImage image() {
    return sample().image();
  }

  /** As {@link #truth(PixelArrays)}, into arrays of its own. */
  default LabelMap truth() {
    return truth(new PixelArrays());
  }

  /**
   * Reads the labels alone, for scoring predictions; the photograph is not read. Errors as {@link
   * #sample}; a frame without labels is one.
   *
   * @param arrays where the labels may go
   */
  default LabelMap truth(PixelArrays arrays) {
    return sample().truth();
  }

  /** As {@link #objects(LabelMap, PixelArrays)}, reading the labels too where they are needed. */
  default Optional<Instances> objects() {
    return sample().instances();
  }

  /**
   * Reads the object numbers alone, where the dataset has them. Errors as {@link #sample}.
   *
   * @param truth the frame's labels as {@link #truth} gave them, so that no file is decoded twice
   * @param arrays where the numbers may go
   */
  default Optional<Instances> objects(LabelMap truth, PixelArrays arrays) {
    return objects();
  }

  /** Reads the distances alone, where the dataset has them. Errors as {@link #sample}. */
  default Optional<Depth> depth() {
    return sample().depth();
  }

  /**
   * Reads how sure the annotators were of each label, where the dataset says so: one unsigned
   * 16-bit number a pixel, row by row, 65535 = certain. KITTI-360's own score weighs pixels by it.
   * Errors as {@link #sample}.
   *
   * @param truth the frame's labels as {@link #truth} gave them
   */
  default Optional<char[]> confidence(LabelMap truth) {
    return Optional.empty();
  }

  /**
   * How many pixels of the frame's label file hold a value that nobody declared and that counts as
   * void; always 0 where such a value is an error. May read the file again. Errors as {@link
   * #sample}.
   */
  default long unknownPixels() {
    return 0;
  }

  /**
   * What is known of the frame beside its pixels, by name: weather, light, city, sequence and the
   * like, each with few values, so that metrics can be cut into slices by it. Reads no file of this
   * frame; {@link Sample#attributes()} has these and may have more.
   */
  default Map<String, String> attributes() {
    return Map.of();
  }

  /**
   * The drive or clip this frame is from, where known: frames of one sequence resemble each other.
   */
  default Optional<String> sequence() {
    return Optional.ofNullable(attributes().get(SEQUENCE));
  }

  /** Time within the sequence, where known. */
  default Optional<Double> seconds() {
    return Optional.empty();
  }

  /**
   * The labels a little later, between this frame and the next, where the dataset can say them.
   * Errors as {@link #sample}.
   *
   * @param nanos after this frame, at least 0 and less than the time to the next one
   */
  default Optional<LabelMap> truthAfter(long nanos) {
    return Optional.empty();
  }

  /**
   * Pictures that were taken right before this one at the {@link Dataset#rate} and have no labels,
   * the nearest first, each read when it is asked; none where the dataset has no such. Errors as
   * {@link #sample}.
   */
  default List<Supplier<RgbImage>> before() {
    return List.of();
  }

  /**
   * Whether {@link #camera()} answers something; a dataset with files of cameras does better than
   * this default, which reads one.
   */
  default boolean hasCamera() {
    return camera().isPresent();
  }

  /**
   * The camera that took the photograph, at this moment, in pixels of the photograph, where known.
   */
  default Optional<Camera> camera() {
    return Optional.empty();
  }

  /**
   * The same in pixels of a grid of another size over the whole photograph. This default reads the
   * photograph for its size.
   */
  default Optional<Camera> camera(int height, int width) {
    return camera()
        .map(
            camera -> {
              RgbImage image = image();
              return camera.scaled(
                  (double) height / image.height(), (double) width / image.width());
            });
  }

  /** How fast the car with the camera drove at this moment, in metres a second, where known. */
  default Optional<Double> metresPerSecond() {
    return Optional.empty();
  }

  /**
   * The photograph's camera and the one to its right, where there is one, in pixels of the
   * photograph. At most the photograph's size is read, where a dataset does better than this
   * default, which reads {@link #right}.
   */
  default Optional<CameraPair> cameras() {
    return right().map(view -> new CameraPair(view.focalPixels(), view.baselineMetres()));
  }

  /**
   * Reads what a second camera to the right saw at this moment, where there was one. Errors as
   * {@link #sample}.
   */
  default Optional<RightView> right() {
    return Optional.empty();
  }

  /** The photograph's file, for timing its decoding; empty where frames lie in no files. */
  default Optional<Path> imageFile() {
    return Optional.empty();
  }
}
