package io.drivemark.architectures.graph.op;

import java.util.List;

/** A map scaled to a fixed size. */
public record ResizeTo(ResizeMode mode, int height, int width) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "ResizeTo");
    Shape x = inputs.get(0);
    return List.of(x.hasRank() ? Shape.of(x.extent(0), x.channels(), height, width) : x);
  }
}
