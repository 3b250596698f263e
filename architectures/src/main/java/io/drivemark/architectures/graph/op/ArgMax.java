package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * The index of the largest value along an axis, the lowest index on a tie; int64, the axis kept as
 * extent 1 where {@code keepAxis}.
 */
public record ArgMax(int axis, boolean keepAxis) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "ArgMax");
    Shape x = inputs.get(0);
    if (!x.hasRank() || keepAxis) {
      return List.of(x.hasRank() ? x.with(axis, 1) : x);
    }
    int at = axis < 0 ? x.rank() + axis : axis;
    int[] out = new int[x.rank() - 1];
    for (int i = 0; i < out.length; i++) {
      out[i] = x.extent(i < at ? i : i + 1);
    }
    return List.of(Shape.of(out));
  }
}
