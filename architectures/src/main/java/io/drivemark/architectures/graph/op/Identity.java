package io.drivemark.architectures.graph.op;

import java.util.List;

/** The input, unchanged. */
public record Identity() implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Identity");
    return List.of(inputs.get(0));
  }
}
