package io.drivemark.architectures.engine;

import java.util.List;
import java.util.Objects;

/**
 * How long one operator of an opened network takes. Runtimes fuse operators and add some of their
 * own, so one time may stand for several nodes of the network, or for none. Immutable.
 *
 * @param name what the runtime calls it, without its decorations
 * @param operator what the runtime says it computes, for example {@code Conv}
 * @param nodes names of the network's nodes it stands for, in the network's order
 * @param ms median over the runs, milliseconds
 */
public record OperatorTime(String name, String operator, List<String> nodes, double ms) {
  public OperatorTime {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(operator, "operator");
    nodes = List.copyOf(nodes);
    if (!(ms >= 0)) {
      throw new IllegalArgumentException("operator " + name + " took " + ms + " ms");
    }
  }
}
