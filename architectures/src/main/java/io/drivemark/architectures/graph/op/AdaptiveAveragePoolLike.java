package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * {@link AdaptiveAveragePool} to the height and width of another value. Inputs: map, the other
 * value (only its size matters).
 */
public record AdaptiveAveragePoolLike() implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "AdaptiveAveragePoolLike");
    Shape x = inputs.get(0);
    Shape like = inputs.get(1);
    return List.of(
        x.hasRank()
            ? Shape.of(
                x.extent(0),
                x.channels(),
                like.hasRank() ? like.height() : Shape.UNKNOWN,
                like.hasRank() ? like.width() : Shape.UNKNOWN)
            : x);
  }
}
