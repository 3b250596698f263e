package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Matrix product over the last two dimensions, leading ones broadcast. Inputs: [..., M, K], [...,
 * K, N].
 */
public record MatMul() implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "MatMul");
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    if (!a.hasRank() || !b.hasRank()) {
      return List.of(Shape.unknown());
    }
    Shapes.require(a.rank() >= 2 && b.rank() >= 2, "MatMul of %s and %s", a, b);
    Shapes.same(a.extent(-1), b.extent(-2), "inner extents", a, b);
    Shape batch = Shapes.broadcast(a.with(-1, 1).with(-2, 1), b.with(-1, 1).with(-2, 1));
    return List.of(batch.with(-2, a.extent(-2)).with(-1, b.extent(-1)));
  }

  @Override
  public long macs(List<Shape> inputs, List<Shape> outputs) {
    return outputs.get(0).elements() * inputs.get(0).extent(-1);
  }
}
