package io.drivemark.architectures.graph.op;

import java.util.List;

/** Two tensors combined element by element, NumPy broadcasting. */
public record Elementwise(Kind kind) implements Op {
  /** Which combination. */
  public enum Kind {
    ADD,
    SUB,
    MUL,
    DIV
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "Elementwise");
    return List.of(Shapes.broadcast(inputs.get(0), inputs.get(1)));
  }
}
