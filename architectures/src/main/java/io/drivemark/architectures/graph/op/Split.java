package io.drivemark.architectures.graph.op;

import java.util.List;

/** A tensor cut along an axis into pieces of the given sizes; as many outputs as sizes. */
public record Split(int axis, List<Integer> sizes) implements Op {
  public Split {
    sizes = List.copyOf(sizes);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Split");
    Shape x = inputs.get(0);
    if (!x.hasRank()) {
      return sizes.stream().map(s -> Shape.unknown()).toList();
    }
    int total = sizes.stream().mapToInt(Integer::intValue).sum();
    Shapes.same(x.extent(axis), total, "extent and sum of split sizes");
    return sizes.stream().map(s -> x.with(axis, s)).toList();
  }
}
