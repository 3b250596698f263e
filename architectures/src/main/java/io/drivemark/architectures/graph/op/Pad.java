package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * A tensor surrounded by a constant value. {@code before} and {@code after} have one entry a
 * dimension.
 */
public record Pad(List<Integer> before, List<Integer> after, double value) implements Op {
  public Pad {
    before = List.copyOf(before);
    after = List.copyOf(after);
    if (before.size() != after.size()) {
      throw new IllegalArgumentException("pads before and after differ in rank");
    }
  }

  /** Zeros appended to the channels of a map. */
  public static Pad channels(int more) {
    return new Pad(List.of(0, 0, 0, 0), List.of(0, more, 0, 0), 0);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Pad");
    Shape x = inputs.get(0);
    if (!x.hasRank()) {
      return List.of(x);
    }
    Shapes.require(x.rank() == before.size(), "Pad of rank %s on %s", before.size(), x);
    int[] out = x.extents();
    for (int i = 0; i < out.length; i++) {
      out[i] = Shapes.plus(out[i], before.get(i) + after.get(i));
    }
    return List.of(Shape.of(out));
  }
}
