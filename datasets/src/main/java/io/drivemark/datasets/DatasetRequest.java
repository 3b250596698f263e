package io.drivemark.datasets;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which part of which dataset is wanted. Immutable; start with {@link #of} and refine.
 *
 * <pre>{@code
 * DatasetRequest.of("camvid", "val").withRoot(Path.of("data/camvid")).withLimit(10)
 * }</pre>
 *
 * @param name a dataset's name, or the path of a YAML file that declares one
 * @param root the folder its files lie in, where it has files
 * @param split for example {@code val}
 * @param limit take the first so many samples only
 * @param options what else a generated dataset takes, for example {@code seed=1}; sorted by key
 * @param labelsOnly whether photographs are neither looked for nor needed (scoring predictions)
 * @param labelsOptional whether a split that has no labels at all may be opened, to be predicted
 * @param where attributes that the wanted frames have, by name; the limit counts among these;
 *     sorted by key
 */
public record DatasetRequest(
    String name,
    Optional<Path> root,
    String split,
    OptionalInt limit,
    Map<String, String> options,
    boolean labelsOnly,
    boolean labelsOptional,
    Map<String, String> where) {

  /** A request for frames that have labels. */
  public DatasetRequest(
      String name,
      Optional<Path> root,
      String split,
      OptionalInt limit,
      Map<String, String> options,
      boolean labelsOnly) {
    this(name, root, split, limit, options, labelsOnly, false, Map.of());
  }

  public DatasetRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(limit, "limit");
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    where = Collections.unmodifiableSortedMap(new TreeMap<>(where));
    if (limit.isPresent() && limit.getAsInt() < 1) {
      throw new IllegalArgumentException("limit is " + limit.getAsInt() + ", expected at least 1");
    }
  }

  /** All of one split, no root, no options. */
  public static DatasetRequest of(String name, String split) {
    return new DatasetRequest(name, Optional.empty(), split, OptionalInt.empty(), Map.of(), false);
  }

  public DatasetRequest withRoot(Path newRoot) {
    return new DatasetRequest(
        name, Optional.of(newRoot), split, limit, options, labelsOnly, labelsOptional, where);
  }

  public DatasetRequest withLimit(int newLimit) {
    return new DatasetRequest(
        name, root, split, OptionalInt.of(newLimit), options, labelsOnly, labelsOptional, where);
  }

  /** The same with one option set or replaced. */
  public DatasetRequest withOption(String key, String value) {
    Map<String, String> all = new TreeMap<>(options);
    all.put(key, value);
    return new DatasetRequest(name, root, split, limit, all, labelsOnly, labelsOptional, where);
  }

  /** The same for labels alone: photographs need not be there and cannot be read. */
  public DatasetRequest withLabelsOnly() {
    return new DatasetRequest(name, root, split, limit, options, true, labelsOptional, where);
  }

  /** The same where labels need not be there: a split without any is one to predict. */
  public DatasetRequest withLabelsOptional() {
    return new DatasetRequest(name, root, split, limit, options, labelsOnly, true, where);
  }

  /** The same for the frames that have these attributes. */
  public DatasetRequest withWhere(Map<String, String> attributes) {
    return new DatasetRequest(
        name, root, split, limit, options, labelsOnly, labelsOptional, attributes);
  }

  /** The same for all frames: whatever their attributes, as many as there are. */
  public DatasetRequest whole() {
    return new DatasetRequest(
        name, root, split, OptionalInt.empty(), options, labelsOnly, labelsOptional, Map.of());
  }
}
