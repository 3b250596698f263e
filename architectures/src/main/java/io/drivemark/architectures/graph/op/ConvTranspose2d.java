package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Transposed convolution. Inputs: map [N, I, H, W], weight [I, O/groups, kH, kW], optionally bias
 * [O]. Output extent: (H − 1)·stride − padding + dilation·(k − 1) + outputPadding + 1.
 * Multiply-accumulates are counted at the input: H·W·k·k·I·O/groups.
 */
public record ConvTranspose2d(
    Extent stride, Padding padding, Extent outputPadding, Extent dilation, int groups)
    implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 3, "ConvTranspose2d");
    Shape x = inputs.get(0);
    Shape weight = inputs.get(1);
    if (!x.hasRank() || !weight.hasRank()) {
      return List.of(Shape.unknown());
    }
    Shapes.requireMap(x, "ConvTranspose2d");
    Shapes.same(x.channels(), weight.extent(0), "input channels and weight's");
    int h =
        x.height() == Shape.UNKNOWN
            ? Shape.UNKNOWN
            : (x.height() - 1) * stride.h()
                - padding.top()
                - padding.bottom()
                + dilation.h() * (weight.extent(2) - 1)
                + outputPadding.h()
                + 1;
    int w =
        x.width() == Shape.UNKNOWN
            ? Shape.UNKNOWN
            : (x.width() - 1) * stride.w()
                - padding.left()
                - padding.right()
                + dilation.w() * (weight.extent(3) - 1)
                + outputPadding.w()
                + 1;
    return List.of(Shape.of(x.extent(0), weight.extent(1) * groups, h, w));
  }

  @Override
  public long macs(List<Shape> inputs, List<Shape> outputs) {
    Shape weight = inputs.get(1);
    return inputs.get(0).elements() * weight.extent(1) * weight.extent(2) * weight.extent(3);
  }
}
