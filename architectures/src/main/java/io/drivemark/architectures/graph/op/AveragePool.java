package io.drivemark.architectures.graph.op;

import java.util.List;

/** Mean over a window; with {@code countPadding} padded zeros count in the divisor. */
public record AveragePool(
    Extent kernel, Extent stride, Padding padding, boolean ceil, boolean countPadding)
    implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "AveragePool");
    Shape x = inputs.get(0);
    if (!x.hasRank()) {
      return List.of(Shape.unknown());
    }
    Shapes.requireMap(x, "AveragePool");
    Shape y =
        Shape.of(
            x.extent(0),
            x.channels(),
            Shapes.window(
                x.height(), kernel.h(), stride.h(), 1, padding.top() + padding.bottom(), ceil),
            Shapes.window(
                x.width(), kernel.w(), stride.w(), 1, padding.left() + padding.right(), ceil));
    return List.of(y);
  }
}
