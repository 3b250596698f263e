package io.drivemark.architectures.graph.op;

import java.util.List;

/** Mean over axes, kept as extent 1 where {@code keepAxes}. */
public record ReduceMean(List<Integer> axes, boolean keepAxes) implements Op {
  public ReduceMean {
    axes = List.copyOf(axes);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "ReduceMean");
    Shape x = inputs.get(0);
    if (!x.hasRank()) {
      return List.of(x);
    }
    List<Integer> reduced = axes.stream().map(a -> a < 0 ? x.rank() + a : a).toList();
    int[] out =
        java.util.stream.IntStream.range(0, x.rank())
            .filter(i -> keepAxes || !reduced.contains(i))
            .map(i -> reduced.contains(i) ? 1 : x.extent(i))
            .toArray();
    return List.of(Shape.of(out));
  }
}
