package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Port;
import java.util.List;
import java.util.Objects;

/**
 * The borders of a network as its file has them, and what was decided about them. Immutable.
 *
 * @param inputs what it takes
 * @param outputs what it answers with
 * @param taken index of the output that becomes labels
 * @param why it was taken, in words
 * @param inputAxes where the file has the image's channels
 * @param outputAxes where the file has the channels of the output taken
 */
public record Signature(
    List<Port> inputs, List<Port> outputs, int taken, String why, Axes inputAxes, Axes outputAxes) {
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    Objects.checkIndex(taken, outputs.size());
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(inputAxes, "inputAxes");
    Objects.requireNonNull(outputAxes, "outputAxes");
  }
}
