package io.drivemark.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One split of a driving dataset: an ordered list of sample ids and a way to load each. Opening a
 * dataset lists files and reads no pixel. Safe to call from several threads.
 */
public interface Dataset {
  /** The dataset's name as the command line and reports use it, for example {@code camvid}. */
  String name();

  /** The split, for example {@code val}. */
  String split();

  /**
   * Whether its frames have labels. Those of a split without can be predicted and nothing else:
   * their truth is void throughout.
   */
  default boolean labelled() {
    return true;
  }

  /** What the truth's class indices mean. */
  LabelSpace labels();

  /**
   * Sample ids in the order of {@link io.drivemark.datasets.files.NaturalOrder}; position in this
   * list is the sample's index.
   */
  List<String> ids();

  /**
   * The ids of all samples that the split has, those included that a limit left out of {@link
   * #ids()}; sorted.
   */
  default List<String> idsOfSplit() {
    return ids();
  }

  /**
   * A digest of what this split is: changes whenever an image's or a label's bytes may have changed
   * (file names, sizes and content digests; generator version, seed and size for SynthDrive).
   */
  String digest();

  /**
   * Canonical text of all that results depend on besides what {@link #digest()} covers: classes
   * with their flags, coding, attributes of every frame with its sequence, rules of objects and
   * distances. A dataset that has further such facts adds them.
   */
  default String description() {
    return DatasetDescription.of(this).toString();
  }

  /**
   * Loads one sample, image and all.
   *
   * @param index position in {@link #ids()}
   * @throws io.drivemark.problem.BadInputException if a file is missing, damaged, of the wrong
   *     size, or holds a label value the dataset does not declare; the message names file and pixel
   */
  Sample load(int index);

  /**
   * Loads the labels alone, for scoring predictions; images are not read. Errors as {@link #load}.
   */
  default LabelMap loadTruth(int index) {
    return load(index).truth();
  }

  /**
   * As {@link #loadTruth(int)}, for many samples after each other.
   *
   * @param arrays where the labels may go; they are gone with the next frame
   */
  default LabelMap loadTruth(int index, PixelArrays arrays) {
    return loadTruth(index);
  }

  /**
   * Loads the object numbers alone, where the dataset has them; images are not read. Errors as
   * {@link #load}.
   */
  default Optional<Instances> loadInstances(int index) {
    return load(index).instances();
  }

  /**
   * As {@link #loadInstances(int)} for a caller that has the sample's labels already, so that no
   * label file is decoded twice.
   *
   * @param truth the sample's labels as {@link #loadTruth} gave them
   */
  default Optional<Instances> loadInstances(int index, LabelMap truth) {
    return loadInstances(index);
  }

  /**
   * As {@link #loadInstances(int, LabelMap)}, for many samples after each other.
   *
   * @param arrays where the numbers may go; they are gone with the next frame
   */
  default Optional<Instances> loadInstances(int index, LabelMap truth, PixelArrays arrays) {
    return loadInstances(index, truth);
  }

  /**
   * Loads the distances alone, where the dataset has them; images are not read. Errors as {@link
   * #load}.
   */
  default Optional<Depth> loadDepth(int index) {
    return load(index).depth();
  }

  /** Whether {@link #loadConfidence} has something for any sample. Reads no file. */
  default boolean hasConfidence() {
    return false;
  }

  /**
   * Loads how sure the annotators were of each label, where the dataset says so: one unsigned
   * 16-bit number a pixel, row by row, 65535 = certain. KITTI-360's own score weighs pixels by it.
   * Errors as {@link #load}.
   *
   * @param truth the sample's labels as {@link #loadTruth} gave them
   */
  default Optional<char[]> loadConfidence(int index, LabelMap truth) {
    return Optional.empty();
  }

  /**
   * How many pixels of a sample's label file hold a value that nobody declared and that counts as
   * void; always 0 where such a value is an error. May read the file again. Errors as {@link
   * #load}.
   */
  default long unknownPixels(int index) {
    return 0;
  }

  /** How raw label files of this dataset are coded: for writing and reading predictions. */
  LabelCoding coding();

  /**
   * Mean size of one object in pixels by class name, where the dataset publishes it (Cityscapes
   * does, for its instance-level IoU); empty elsewhere.
   */
  default Map<String, Double> meanInstancePixels() {
    return Map.of();
  }

  /**
   * Objects without a class of their own that count in the instance-level IoU of their category,
   * where the dataset has such; empty elsewhere.
   */
  default List<UnscoredObject> unscoredObjects() {
    return List.of();
  }

  /**
   * Names of classes that the dataset labels but does not score, so that they are void here, where
   * groups of classes are scored only as a whole (Mapillary Vistas); empty elsewhere.
   */
  default List<String> unscoredClasses() {
    return List.of();
  }

  /**
   * Names of the classes that can be driven on, for errors that take an obstacle for road; empty
   * where the dataset does not say.
   */
  default List<String> drivableClasses() {
    return List.of();
  }

  /**
   * Whether a prediction of sample {@code ID} may be called {@code ID_anything.png} besides {@code
   * ID.png}, as Cityscapes' own tools allow.
   */
  default boolean predictionsMayHaveSuffix() {
    return false;
  }

  /**
   * What is known of a sample beside its pixels, by name: weather, light, city, sequence and the
   * like, each with few values, so that metrics can be cut into slices by it. Reads no file; a
   * loaded {@link Sample#attributes()} has these and may have more.
   */
  default Map<String, String> attributes(int index) {
    return Map.of();
  }

  /** The photograph's file, for timing its decoding; empty where frames lie in no files. */
  default Optional<Path> imageFile(int index) {
    return Optional.empty();
  }
}
