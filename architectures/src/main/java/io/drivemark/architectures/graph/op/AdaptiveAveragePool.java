package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Means over a grid of {@code height}×{@code width} cells; cell i covers rows floor(i·H/height) to
 * ceil((i + 1)·H/height), exclusive, as PyTorch's operator of this name does.
 */
public record AdaptiveAveragePool(int height, int width) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "AdaptiveAveragePool");
    Shape x = inputs.get(0);
    return List.of(x.hasRank() ? Shape.of(x.extent(0), x.channels(), height, width) : x);
  }
}
