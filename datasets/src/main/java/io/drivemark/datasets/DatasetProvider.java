package io.drivemark.datasets;

import java.util.List;
import java.util.Set;

/**
 * Adds a dataset that a YAML declaration cannot describe, for example a generated one. Found by
 * {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/io.drivemark.datasets.DatasetProvider}. It needs a public constructor without
 * parameters that does no work.
 */
public interface DatasetProvider {
  /** The dataset's name; two providers or declarations with one name are an error. */
  String name();

  /** One line for {@code drivemark list datasets}. */
  String description();

  /** The splits it has, for example {@code [train, val]}. */
  List<String> splits();

  /** What its class indices mean. */
  LabelSpace labels();

  /** The tasks that its splits have truth for. */
  default Set<Task> tasks() {
    return Set.of(Task.SEGMENTATION);
  }

  /** What else a page about it says, one line each; for example which options it takes. */
  default List<String> notes() {
    return List.of();
  }

  /** Whether it reads files below {@link DatasetRequest#root()}. */
  boolean needsRoot();

  /**
   * Opens one split.
   *
   * @throws io.drivemark.problem.BadInputException if the split, an option or a file is wrong; an
   *     option it does not know is an error that names the nearest
   */
  Dataset open(DatasetRequest request);
}
