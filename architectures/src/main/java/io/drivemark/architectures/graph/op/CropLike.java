package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * The top-left part of a map that has the height and width of another value. Inputs: map, the other
 * value (only its size matters).
 */
public record CropLike() implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "CropLike");
    Shape x = inputs.get(0);
    Shape like = inputs.get(1);
    if (!x.hasRank()) {
      return List.of(x);
    }
    if (x.isKnown() && like.isKnown()) {
      Shapes.require(
          x.height() >= like.height() && x.width() >= like.width(),
          "cannot crop %s to the larger %s",
          x,
          like);
    }
    return List.of(
        Shape.of(
            x.extent(0),
            x.channels(),
            like.hasRank() ? like.height() : Shape.UNKNOWN,
            like.hasRank() ? like.width() : Shape.UNKNOWN));
  }
}
