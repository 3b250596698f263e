package io.drivemark.datasets.catalog;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of one labelled frame. Immutable.
 *
 * @param id the frame's id
 * @param image its photograph; empty where only labels were asked for
 * @param truth its labels
 * @param instances its object numbers, where the dataset has them
 * @param depth its distances, where the dataset has them
 * @param right the photograph of a second camera to the right, where the dataset has it
 * @param confidence how sure its labels are, where the dataset says so
 * @param camera what is known of its camera, where the dataset has such files
 * @param before pictures without labels that were taken right before it, the nearest first
 * @param attributes what else is known of it, for example its city; sorted by name
 */
public record FrameFiles(
    String id,
    Optional<Path> image,
    Path truth,
    Optional<Path> instances,
    Optional<Path> depth,
    Optional<Path> right,
    Optional<Path> confidence,
    Optional<Path> camera,
    List<Path> before,
    Map<String, String> attributes) {
  public FrameFiles {
    before = List.copyOf(before);
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** All of its files. */
  public List<Path> files() {
    Stream<Path> own =
        Stream.of(image, Optional.of(truth), instances, depth, right, confidence, camera)
            .flatMap(Optional::stream);
    return Stream.concat(own, before.stream()).toList();
  }
}
