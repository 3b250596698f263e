package io.drivemark.datasets.view;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetDescription;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.files.Digests;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dataset seen differently: it passes on what another one answers, but for what a subclass
 * changes. Its digest and its description name the change with all settings, so that its results
 * never share a key with those of the dataset itself or of another view. Thread-safe if the dataset
 * is.
 */
public abstract class DatasetView implements Dataset {
  private static final String VERSION = "drivemark-dataset-view/1";

  private final Dataset origin;
  private final String kind;
  private final SortedMap<String, String> settings;

  /**
   * @param origin what is seen
   * @param kind the word for what is changed, for example {@code gaussian-noise}
   * @param settings all that the change depends on besides the dataset, by name
   */
  protected DatasetView(Dataset origin, String kind, Map<String, String> settings) {
    this.origin = Objects.requireNonNull(origin, "origin");
    this.kind = Objects.requireNonNull(kind, "kind");
    this.settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    if (kind.isBlank()) {
      throw new IllegalArgumentException("a view of " + origin.name() + " has no kind");
    }
  }

  /** What is seen. */
  protected final Dataset origin() {
    return origin;
  }

  /** The dataset's name and the change: {@code camvid+gaussian-noise(seed=1,sigma=10.0)}. */
  @Override
  public String name() {
    return origin.name()
        + "+"
        + kind
        + settings.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(",", "(", ")"));
  }

  /** Follows from the dataset's digest and the change; differs from that of any other view. */
  @Override
  public final String digest() {
    return Digests.of(
        VERSION + "\n" + DatasetDescription.line("of", origin.digest()) + changeLine());
  }

  /** The dataset's description and a line that names the change. */
  @Override
  public final String description() {
    return origin.description() + changeLine();
  }

  private String changeLine() {
    Stream<String> values = settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue());
    return DatasetDescription.line(
        "view", Stream.concat(Stream.of(kind), values).toArray(String[]::new));
  }

  @Override
  public String split() {
    return origin.split();
  }

  @Override
  public boolean labelled() {
    return origin.labelled();
  }

  @Override
  public Set<Task> tasks() {
    return origin.tasks();
  }

  @Override
  public LabelSpace labels() {
    return origin.labels();
  }

  @Override
  public List<String> ids() {
    return origin.ids();
  }

  @Override
  public List<String> idsOfSplit() {
    return origin.idsOfSplit();
  }

  @Override
  public Frame frame(int index) {
    return origin.frame(index);
  }

  @Override
  public OptionalDouble rate(String sequence) {
    return origin.rate(sequence);
  }

  @Override
  public LabelCoding coding() {
    return origin.coding();
  }

  /** None: what a view changes is of the photographs that there are. */
  @Override
  public Map<String, List<String>> conditions() {
    return Map.of();
  }

  @Override
  public Dataset under(Map<String, String> values) {
    return Dataset.super.under(values);
  }

  @Override
  public LabelFacts facts() {
    return origin.facts();
  }
}
