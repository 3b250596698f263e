package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Each channel of a map multiplied by its entry of a mask. Inputs: map [N, C, H, W], mask [C]. This
 * is where pruning masks and learned gates sit.
 */
public record Gate() implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "Gate");
    if (inputs.get(0).hasRank() && inputs.get(1).hasRank()) {
      Shapes.same(inputs.get(0).channels(), inputs.get(1).extent(-1), "channels and gates");
    }
    return List.of(inputs.get(0));
  }
}
