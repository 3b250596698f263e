package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import java.util.Objects;

/**
 * A network and its description. Immutable.
 *
 * @param spec name, input, labels, provenance
 * @param network what is executed
 */
public record Model(ModelSpec spec, Network network) {
  public Model {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(network, "network");
  }
}
