package io.drivemark.architectures.graph.op;

import java.util.List;

/** Mean or maximum over each whole channel: [N, C, H, W] to [N, C, 1, 1]. */
public record GlobalPool(Kind kind) implements Op {
  /** Which statistic. */
  public enum Kind {
    AVERAGE,
    MAX
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "GlobalPool");
    Shape x = inputs.get(0);
    return List.of(x.hasRank() ? Shape.of(x.extent(0), x.channels(), 1, 1) : x);
  }
}
