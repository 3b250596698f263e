package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Two-dimensional convolution (cross-correlation). Inputs: map [N, I, H, W], weight [O, I/groups,
 * kH, kW], optionally bias [O]. Output: [N, O, H', W'].
 */
public record Conv2d(Extent stride, Padding padding, Extent dilation, int groups) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 3, "Conv2d");
    Shape x = inputs.get(0);
    Shape weight = inputs.get(1);
    if (!x.hasRank() || !weight.hasRank()) {
      return List.of(Shape.unknown());
    }
    Shapes.requireMap(x, "Conv2d");
    Shapes.requireMap(weight, "Conv2d's weight");
    if (weight.extent(1) != Shape.UNKNOWN) {
      Shapes.same(x.channels(), weight.extent(1) * groups, "input channels and weight's");
    }
    return List.of(
        Shape.of(
            x.extent(0),
            weight.extent(0),
            Shapes.window(
                x.height(),
                weight.extent(2),
                stride.h(),
                dilation.h(),
                padding.top() + padding.bottom(),
                false),
            Shapes.window(
                x.width(),
                weight.extent(3),
                stride.w(),
                dilation.w(),
                padding.left() + padding.right(),
                false)));
  }

  @Override
  public long macs(List<Shape> inputs, List<Shape> outputs) {
    Shape weight = inputs.get(1);
    return outputs.get(0).elements() * weight.extent(1) * weight.extent(2) * weight.extent(3);
  }
}
