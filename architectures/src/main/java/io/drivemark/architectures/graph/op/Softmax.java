package io.drivemark.architectures.graph.op;

import java.util.List;

/** exp(x)/Σ exp(x) along an axis. */
public record Softmax(int axis) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Softmax");
    return List.of(inputs.get(0));
  }
}
