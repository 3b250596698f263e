package io.drivemark.architectures.graph.op;

import java.util.List;

/** The same elements under other extents; 0 keeps the input's extent, one −1 is worked out. */
public record Reshape(List<Integer> extents) implements Op {
  public Reshape {
    extents = List.copyOf(extents);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Reshape");
    Shape x = inputs.get(0);
    int[] out = new int[extents.size()];
    int open = -1;
    long known = 1;
    for (int i = 0; i < out.length; i++) {
      out[i] = extents.get(i) == 0 ? x.extent(i) : extents.get(i);
      if (extents.get(i) == -1) {
        open = i;
      } else {
        known *= out[i];
      }
    }
    if (x.isKnown() && open >= 0) {
      Shapes.require(
          known > 0 && x.elements() % known == 0, "%s cannot be reshaped to %s", x, extents);
      out[open] = (int) (x.elements() / known);
    } else if (x.isKnown()) {
      Shapes.require(known == x.elements(), "%s cannot be reshaped to %s", x, extents);
    }
    return List.of(Shape.of(out));
  }
}
