package io.drivemark.architectures.graph.op;

import java.util.List;

/** Dimensions in another order. */
public record Transpose(List<Integer> order) implements Op {
  public Transpose {
    order = List.copyOf(order);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Transpose");
    Shape x = inputs.get(0);
    return List.of(x.hasRank() ? Shape.of(order.stream().mapToInt(x::extent).toArray()) : x);
  }
}
