package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * {@link AdaptiveAveragePool} to a size that follows from the map's own, rounded up: see {@link
 * ScaledExtent}.
 */
public record AdaptiveAveragePoolScaled(ScaledExtent size) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "AdaptiveAveragePoolScaled");
    Shape x = inputs.get(0);
    return List.of(
        x.hasRank()
            ? Shape.of(x.extent(0), x.channels(), size.of(x.height()), size.of(x.width()))
            : x);
  }
}
