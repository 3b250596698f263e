package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Each channel of a map multiplied by its entry of a mask. Inputs: map [N, C, H, W], mask [C], or
 * [N, C, 1, 1] with a mask for each image. This is where pruning masks and learned gates sit.
 */
public record Gate() implements Op {
  private static final int MAP_RANK = 4;

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 2, 2, "Gate");
    Shape map = inputs.get(0);
    Shape mask = inputs.get(1);
    if (map.hasRank() && mask.hasRank()) {
      boolean each = mask.rank() == MAP_RANK;
      Shapes.require(each || mask.rank() == 1, "Gate's mask is %s", mask);
      Shapes.same(map.channels(), each ? mask.channels() : mask.extent(0), "channels and gates");
      if (each) {
        Shapes.same(map.extent(0), mask.extent(0), "images and their gates");
        Shapes.same(mask.height(), 1, "rows of Gate's mask");
        Shapes.same(mask.width(), 1, "columns of Gate's mask");
      }
    }
    return List.of(map);
  }
}
