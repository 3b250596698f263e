package io.drivemark.eval.runner.study;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.eval.runner.study.use.DatasetUse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * One dataset of a study. Immutable.
 *
 * @param name a dataset's name or the path of its YAML declaration
 * @param root the folder its files lie in, where it has files
 * @param split for example {@code val}
 * @param limit take the first so many frames only
 * @param options what a generated dataset takes, for example {@code count=20}; sorted by key
 * @param where attributes that the frames have, for example {@code light=dusk}; sorted by key
 * @param use what of the study meets it
 */
public record DatasetSpec(
    String name,
    Optional<Path> root,
    String split,
    OptionalInt limit,
    Map<String, String> options,
    Map<String, String> where,
    DatasetUse use) {
  /** Frames that all of a study meets. */
  public DatasetSpec(
      String name,
      Optional<Path> root,
      String split,
      OptionalInt limit,
      Map<String, String> options,
      Map<String, String> where) {
    this(name, root, split, limit, options, where, DatasetUse.ALL);
  }

  /** All frames, whatever their attributes. */
  public DatasetSpec(
      String name,
      Optional<Path> root,
      String split,
      OptionalInt limit,
      Map<String, String> options) {
    this(name, root, split, limit, options, Map.of());
  }

  public DatasetSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(limit, "limit");
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    where = Collections.unmodifiableMap(new TreeMap<>(where));
    Objects.requireNonNull(use, "use");
  }

  /** The same for this of a study. */
  public DatasetSpec withUse(DatasetUse other) {
    return new DatasetSpec(name, root, split, limit, options, where, other);
  }

  /** The request that opens it. */
  public DatasetRequest request() {
    return new DatasetRequest(name, root, split, limit, options, false).withWhere(where);
  }
}
