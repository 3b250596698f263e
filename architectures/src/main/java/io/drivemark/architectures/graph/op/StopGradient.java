package io.drivemark.architectures.graph.op;

import java.util.List;

/** The same values, through which no gradient flows back. Input and output: any shape. */
public record StopGradient() implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "StopGradient");
    return List.of(inputs.get(0));
  }
}
