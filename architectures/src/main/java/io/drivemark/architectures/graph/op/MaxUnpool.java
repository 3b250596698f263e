package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Puts each value back to the position its maximum came from, zeros elsewhere. Inputs: map, indices
 * of the {@link MaxPool} that made it. Output extent: (H − 1)·stride + kernel.
 */
public record MaxUnpool(Extent kernel, Extent stride) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "MaxUnpool");
    Shape x = inputs.get(0);
    if (!x.hasRank()) {
      return List.of(x);
    }
    int h =
        x.height() == Shape.UNKNOWN ? Shape.UNKNOWN : (x.height() - 1) * stride.h() + kernel.h();
    int w = x.width() == Shape.UNKNOWN ? Shape.UNKNOWN : (x.width() - 1) * stride.w() + kernel.w();
    return List.of(Shape.of(x.extent(0), x.channels(), h, w));
  }
}
