package io.drivemark.datasets;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One driving frame with what the dataset knows about it. Immutable.
 *
 * @param id file stem without the dataset's suffix; unique in its split
 * @param image the photograph
 * @param truth the labels, at the photograph's size
 * @param depth distances, where the dataset has them
 * @param instances object numbers, where the dataset has them
 * @param sequence the drive or clip this frame is from, where known
 * @param seconds time within the sequence, where known
 * @param attributes what else is known, for example {@code weather=rain}; sorted by key
 */
public record Sample(
    String id,
    RgbImage image,
    LabelMap truth,
    Optional<Depth> depth,
    Optional<Instances> instances,
    Optional<String> sequence,
    Optional<Double> seconds,
    Map<String, String> attributes) {
  public Sample {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(instances, "instances");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(seconds, "seconds");
    attributes = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(attributes));
    if (image.height() != truth.height() || image.width() != truth.width()) {
      throw new IllegalArgumentException(
          "sample "
              + id
              + ": image is "
              + image.height()
              + "x"
              + image.width()
              + " but its labels are "
              + truth.height()
              + "x"
              + truth.width());
    }
  }

  /** A frame of which only image and labels are known. */
  public static Sample of(String id, RgbImage image, LabelMap truth) {
    return new Sample(
        id,
        image,
        truth,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** The same with these object numbers. */
  public Sample withObjects(Optional<Instances> numbers) {
    return new Sample(id, image, truth, depth, numbers, sequence, seconds, attributes);
  }

  /** The same with these distances. */
  public Sample withDepth(Optional<Depth> metres) {
    return new Sample(id, image, truth, metres, instances, sequence, seconds, attributes);
  }
}
