package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Maximum over a window; padding never wins. With {@code indices} there is a second output, the
 * position of each maximum, to be read by {@link MaxUnpool}; the first position wins a tie.
 */
public record MaxPool(Extent kernel, Extent stride, Padding padding, boolean ceil, boolean indices)
    implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "MaxPool");
    Shape x = inputs.get(0);
    if (!x.hasRank()) {
      return indices ? List.of(Shape.unknown(), Shape.unknown()) : List.of(Shape.unknown());
    }
    Shapes.requireMap(x, "MaxPool");
    Shape y =
        Shape.of(
            x.extent(0),
            x.channels(),
            Shapes.window(
                x.height(), kernel.h(), stride.h(), 1, padding.top() + padding.bottom(), ceil),
            Shapes.window(
                x.width(), kernel.w(), stride.w(), 1, padding.left() + padding.right(), ceil));
    return indices ? List.of(y, y) : List.of(y);
  }
}
