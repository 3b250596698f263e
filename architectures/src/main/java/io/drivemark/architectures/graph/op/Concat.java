package io.drivemark.architectures.graph.op;

import java.util.List;

/** Tensors joined along an axis; for maps axis 1 joins channels. */
public record Concat(int axis) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.require(!inputs.isEmpty(), "Concat takes at least one input");
    Shape out = inputs.get(0);
    for (Shape next : inputs.subList(1, inputs.size())) {
      if (!out.hasRank() || !next.hasRank()) {
        return List.of(Shape.unknown());
      }
      Shapes.require(out.rank() == next.rank(), "Concat of %s and %s", out, next);
      int at = axis < 0 ? out.rank() + axis : axis;
      int[] joined = new int[out.rank()];
      for (int i = 0; i < joined.length; i++) {
        joined[i] =
            i != at
                ? Shapes.same(out.extent(i), next.extent(i), "extents", out, next)
                : out.extent(i) == Shape.UNKNOWN || next.extent(i) == Shape.UNKNOWN
                    ? Shape.UNKNOWN
                    : sum(out, next, i);
      }
      out = Shape.of(joined);
    }
    return List.of(out);
  }

  private static int sum(Shape a, Shape b, int axis) {
    long sum = (long) a.extent(axis) + b.extent(axis);
    Shapes.require(sum <= Integer.MAX_VALUE, "Concat of %s and %s is too large", a, b);
    return (int) sum;
  }
}
