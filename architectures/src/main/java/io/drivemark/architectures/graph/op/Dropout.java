package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * In training whole channels are zeroed with this probability and the rest scaled up; at inference
 * the input, unchanged.
 */
public record Dropout(double probability) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Dropout");
    return List.of(inputs.get(0));
  }
}
