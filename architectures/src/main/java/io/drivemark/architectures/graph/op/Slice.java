package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Part of a tensor: for each listed axis the elements from start (inclusive) to end (exclusive),
 * step 1. An end beyond the extent means the extent; negative numbers count from the end.
 */
public record Slice(List<Integer> axes, List<Integer> starts, List<Integer> ends) implements Op {
  public Slice {
    axes = List.copyOf(axes);
    starts = List.copyOf(starts);
    ends = List.copyOf(ends);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Slice");
    Shape out = inputs.get(0);
    if (!out.hasRank()) {
      return List.of(out);
    }
    for (int i = 0; i < axes.size(); i++) {
      int size = out.extent(axes.get(i));
      if (size != Shape.UNKNOWN) {
        int from = Math.min(starts.get(i) < 0 ? size + starts.get(i) : starts.get(i), size);
        int to = Math.min(ends.get(i) < 0 ? size + ends.get(i) : ends.get(i), size);
        out = out.with(axes.get(i), Math.max(0, to - from));
      }
    }
    return List.of(out);
  }
}
