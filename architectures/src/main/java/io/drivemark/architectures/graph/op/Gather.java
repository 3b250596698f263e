package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Entries of a tensor along an axis, picked by an int64 index vector. Inputs: data, indices [K].
 */
public record Gather(int axis) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "Gather");
    Shape x = inputs.get(0);
    Shape indices = inputs.get(1);
    return List.of(
        x.hasRank() && indices.hasRank() && indices.rank() == 1
            ? x.with(axis, indices.extent(0))
            : Shape.unknown());
  }
}
