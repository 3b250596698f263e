package io.drivemark.datasets;

import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * One split of a driving dataset: an ordered list of frames, each of which is read when it is
 * asked. Opening a dataset lists files and reads no pixel. Safe to call from several threads.
 */
public interface Dataset {
  /** The dataset's name as the command line and reports use it, for example {@code camvid}. */
  String name();

  /** The split, for example {@code val}. */
  String split();

  /**
   * Whether its frames have labels. The truth of those without is void throughout, or says no more
   * than where a distance is known; they can be judged by no labels.
   */
  default boolean labelled() {
    return true;
  }

  /**
   * The tasks it has truth for: {@link Task#SEGMENTATION} where it is {@link #labelled}, {@link
   * Task#DEPTH} where {@link Frame#depth} of its frames gives distances. Reads no file.
   */
  default Set<Task> tasks() {
    return labelled() ? Set.of(Task.SEGMENTATION) : Set.of();
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
   * One of its frames. Reads no file.
   *
   * @param index position in {@link #ids()}
   * @throws IndexOutOfBoundsException if there is none
   */
  Frame frame(int index);

  /**
   * How many pictures a second a camera took of a sequence, where that is known. Times of frames
   * ({@link Frame#seconds}) are multiples of its inverse; whether there is a frame at each of them
   * is another question.
   *
   * @param sequence as {@link Frame#sequence} names it
   */
  default OptionalDouble rate(String sequence) {
    return OptionalDouble.empty();
  }

  /**
   * What else the same scenes can be seen under, by attribute: values of weather or light, the
   * plain one first. Empty where there is one photograph of each scene. Reads no file.
   */
  default Map<String, List<String>> conditions() {
    return Map.of();
  }

  /**
   * The same frames under other weather or light: ids and truth are the same, so that whatever
   * differs is the condition's doing.
   *
   * @param values by names of {@link #conditions()}; attributes that are not named stay
   * @throws BadInputException if it has no such condition; the message lists those it has
   */
  default Dataset under(Map<String, String> values) {
    throw new BadInputException(
        "dataset "
            + name()
            + " has one photograph of each scene, found the condition "
            + new TreeMap<>(values)
            + "; synthdrive can be drawn under others");
  }

  /** How raw label files of this dataset are coded: for writing and reading predictions. */
  LabelCoding coding();

  /** What metrics go by besides the classes. */
  default LabelFacts facts() {
    return LabelFacts.NONE;
  }
}
