package io.drivemark.eval.gauge;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelSpace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One way of judging predictions: what it counts on a frame, and which figures follow from the
 * counts of many frames. The runner, evidence files, records, reports, {@code require:} and {@code
 * score} loop over all gauges; none of them knows one by name.
 *
 * <p>A gauge is found through {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/io.drivemark.eval.gauge.Gauge}. Implementations have a public constructor
 * without parameters, no state, and are safe to share between threads.
 *
 * <p>Counts are whole numbers that add: the counts of a split are the sum of its frames', whatever
 * the order and the number of threads. What is no such number in itself (a distance, a probability)
 * is counted in units of a small fraction.
 */
public interface Gauge {

  /** When a gauge judges without being asked for. */
  enum Occasion {
    /** In a study's cells. */
    RUN,
    /** In {@code drivemark score}. */
    SCORE
  }

  /** Lower case letters, digits and dashes, for example {@code boundary-iou}; unique. */
  String name();

  /**
   * The version of {@link #read}: raised whenever it would give another number for the same counts.
   * A stored figure is compared with today's only where both are of one version; otherwise both are
   * shown.
   */
  int derivation();

  /** When it judges without being asked for; by default always. */
  default Set<Occasion> occasions() {
    return Set.of(Occasion.values());
  }

  /** What follows from its counts, in the order in which reports show it; ids are unique. */
  List<Figure> figures();

  /**
   * The names of its counts; they depend on nothing but the classes. A gauge that counts nothing of
   * its own and reads the confusion counts has none ({@link Columns#NONE}).
   */
  Columns columns(LabelSpace space);

  /**
   * Prepares for the frames of a dataset.
   *
   * @return empty where it does not apply: the dataset lacks what it needs, or the network gives no
   *     such output
   * @throws io.drivemark.problem.BadInputException if it was asked for and can never apply; the
   *     message says what to do
   */
  Optional<Counter> counter(Subject subject);

  /**
   * A digest of what it reads of a dataset besides what {@link Dataset#digest} and {@link
   * Dataset#description} cover, the cameras of frames for example; part of a cell's key. Empty, as
   * by default, where it reads nothing else.
   */
  default Optional<String> furtherData(Dataset dataset) {
    return Optional.empty();
  }

  /** What it reads of each frame besides photograph and labels and is costly to read again. */
  default Set<FrameCache.Part> parts() {
    return Set.of();
  }

  /**
   * How many frames before and how many after a frame of the split take part in what it counts for
   * that frame: 0 where each frame is judged by itself. A cell's frames are spread over machines
   * only where this is known of all its gauges; a machine then goes through as many frames around
   * its own. Empty, as by default, where it is not known.
   */
  default OptionalInt neighbours() {
    return OptionalInt.empty();
  }

  /**
   * The figures of a pool of frames; called with all frames of a split and with those of each
   * slice. Gives the same for the same pool, to the bit.
   *
   * @return a value for each of {@link #figures()}, by id
   */
  Reading read(Pool pool);
}
