package io.drivemark.eval.runner.record;

import io.drivemark.eval.runner.record.detail.Lineage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What is known of a judged model. Immutable.
 *
 * @param name how the study calls it
 * @param architecture the zoo's name of its structure, or {@code foreign}
 * @param technique dense, filter, layer, joint, dynamic, or cue where cues are around a network
 * @param parent the {@code name} of the model it was pruned from, or that is inside its cues
 * @param criterion what decided what was removed
 * @param labels name of the label space of its outputs
 * @param digest SHA-256 of graph and weights, hexadecimal
 * @param options the architecture's options, sorted by key
 * @param provenance training facts and where it came from, free keys, sorted
 * @param lineage how it was pruned; absent if it was not, or the record is older than this
 * @param reading how its network is used, a line each, see {@link
 *     io.drivemark.architectures.model.Reading}; empty if the record is older than this
 * @param storedPrecision how its file keeps the learned values: {@code fp32}, {@code fp16}, {@code
 *     int8}, {@code mixed (…)} or {@code unknown}; absent if the record is older than this
 * @param storedBytes what the learned values take in its file, without the file's other fields and
 *     without compression; absent where that is not known, or the record is older than this
 */
public record ModelFacts(
    String name,
    String architecture,
    String technique,
    Optional<String> parent,
    Optional<String> criterion,
    String labels,
    String digest,
    Map<String, String> options,
    Map<String, String> provenance,
    Optional<Lineage> lineage,
    List<String> reading,
    Optional<String> storedPrecision,
    OptionalLong storedBytes) {
  /** The technique of a network with cues around it. */
  public static final String CUE = "cue";

  /** A model of which it is not said how it is read. */
  public ModelFacts(
      String name,
      String architecture,
      String technique,
      Optional<String> parent,
      Optional<String> criterion,
      String labels,
      String digest,
      Map<String, String> options,
      Map<String, String> provenance,
      Optional<Lineage> lineage) {
    this(
        name,
        architecture,
        technique,
        parent,
        criterion,
        labels,
        digest,
        options,
        provenance,
        lineage,
        List.of(),
        Optional.empty(),
        OptionalLong.empty());
  }

  /** A model of which no lineage is known. */
  public ModelFacts(
      String name,
      String architecture,
      String technique,
      Optional<String> parent,
      Optional<String> criterion,
      String labels,
      String digest,
      Map<String, String> options,
      Map<String, String> provenance) {
    this(
        name,
        architecture,
        technique,
        parent,
        criterion,
        labels,
        digest,
        options,
        provenance,
        Optional.empty());
  }

  public ModelFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(technique, "technique");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(criterion, "criterion");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(digest, "digest");
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    Objects.requireNonNull(lineage, "lineage");
    reading = List.copyOf(reading);
    Objects.requireNonNull(storedPrecision, "storedPrecision");
    Objects.requireNonNull(storedBytes, "storedBytes");
  }

  /** Whether it is a network with cues around it: nothing was removed from the one inside. */
  public boolean hasCues() {
    return technique.equals(CUE);
  }

  /** The same read so. */
  public ModelFacts withReading(List<String> lines) {
    return with(lines, storedPrecision, storedBytes);
  }

  /** The same with its learned values kept so. */
  public ModelFacts withStoredPrecision(String precision) {
    return with(reading, Optional.of(precision), storedBytes);
  }

  /** The same with its learned values taking so many bytes. */
  public ModelFacts withStoredBytes(long bytes) {
    return with(reading, storedPrecision, OptionalLong.of(bytes));
  }

  private ModelFacts with(List<String> lines, Optional<String> precision, OptionalLong bytes) {
    return new ModelFacts(
        name,
        architecture,
        technique,
        parent,
        criterion,
        labels,
        digest,
        options,
        provenance,
        lineage,
        lines,
        precision,
        bytes);
  }

  /**
   * Whether its weights were learned: the fact {@code weights} says so where they are random.
   * Random weights have no accuracy.
   */
  public boolean trained() {
    return !provenance.getOrDefault("weights", "").startsWith("random");
  }
}
