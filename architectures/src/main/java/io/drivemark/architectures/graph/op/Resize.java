package io.drivemark.architectures.graph.op;

import java.util.List;

/** A map scaled by factors: output extent = floor(extent·scale). */
public record Resize(ResizeMode mode, double scaleH, double scaleW) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Resize");
    Shape x = inputs.get(0);
    return List.of(
        x.hasRank()
            ? Shape.of(
                x.extent(0),
                x.channels(),
                Shapes.times(x.height(), scaleH),
                Shapes.times(x.width(), scaleW))
            : x);
  }
}
