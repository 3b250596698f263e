package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Leaky ReLU with a learned slope a channel. Inputs: map [N, C, H, W], slope [C] (or [1] for all).
 */
public record PRelu() implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "PRelu");
    Shape slope = inputs.get(1);
    if (inputs.get(0).hasRank() && slope.hasRank() && slope.extent(0) != 1) {
      Shapes.same(inputs.get(0).channels(), slope.extent(0), "channels and slopes");
    }
    return List.of(inputs.get(0));
  }
}
