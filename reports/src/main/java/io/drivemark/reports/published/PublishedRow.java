package io.drivemark.reports.published;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A row of a published table. Immutable.
 *
 * @param network what it is about, as the publication calls it
 * @param provenance where it was read
 * @param architectures names that the same network has here; empty where it is not in the zoo
 * @param note what a reader must know of this row
 * @param values by the columns' keys, texts as they were printed; a column that is not here was not
 *     printed
 */
public record PublishedRow(
    String network,
    Provenance provenance,
    List<String> architectures,
    Optional<String> note,
    Map<String, String> values) {
  public PublishedRow {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(provenance, "provenance");
    architectures = List.copyOf(architectures);
    Objects.requireNonNull(note, "note");
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** What was printed in a column; empty where nothing was. */
  public Optional<String> value(PublishedColumn column) {
    return Optional.ofNullable(values.get(column.key()));
  }

  boolean isOneOf(Set<String> names) {
    return architectures.stream().anyMatch(names::contains);
  }
}
