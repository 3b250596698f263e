package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Op;
import java.util.List;
import java.util.Objects;

/**
 * One operator of a network and the values it reads and makes. Immutable.
 *
 * @param name unique in the network, for example {@code level1.conv}
 * @param op what it computes
 * @param inputs names of values: network inputs, weights, outputs of earlier nodes
 * @param outputs names of the values it makes
 */
public record Node(String name, Op op, List<String> inputs, List<String> outputs) {
  public Node {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(op, "op");
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("node " + name + " makes no value");
    }
  }

  /** The first output, the only one of most operators. */
  public String output() {
    return outputs.get(0);
  }
}
