package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Batch normalisation: (x − mean)/√(variance + epsilon)·gamma + beta a channel. Inputs: map, gamma
 * [C], beta [C], running mean [C], running variance [C]. In training the batch's own statistics are
 * used.
 */
public record BatchNorm(double epsilon) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 5, 5, "BatchNorm");
    Shape x = inputs.get(0);
    if (x.hasRank()) {
      for (Shape p : inputs.subList(1, 5)) {
        Shapes.same(x.channels(), p.extent(0), "channels and normalisation parameters");
      }
    }
    return List.of(x);
  }
}
