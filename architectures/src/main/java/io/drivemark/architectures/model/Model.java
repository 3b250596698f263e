package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import java.util.List;
import java.util.Objects;

/**
 * A network and its description. Immutable.
 *
 * @param spec name, input, labels, provenance
 * @param network what is executed
 * @param notes how its file was read where that needed a decision: what was assumed, converted or
 *     left aside; one sentence each, for a person to read; empty where nothing was
 */
public record Model(ModelSpec spec, Network network, List<String> notes) {
  public Model {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(network, "network");
    notes = List.copyOf(notes);
  }

  /** A model about whose reading there is nothing to say. */
  public Model(ModelSpec spec, Network network) {
    this(spec, network, List.of());
  }
}
