package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Zeros appended at the bottom and right of a map until height and width are multiples: the padding
 * rule of networks whose decoder only restores multiples. {@link CropLike} undoes it at the end.
 */
public record PadToMultiple(int multiple) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "PadToMultiple");
    Shape x = inputs.get(0);
    return List.of(
        x.hasRank() ? Shape.of(x.extent(0), x.channels(), up(x.height()), up(x.width())) : x);
  }

  private int up(int size) {
    return size == Shape.UNKNOWN ? size : (size + multiple - 1) / multiple * multiple;
  }
}
