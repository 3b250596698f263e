package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * Channels seen as [groups, C/groups] and transposed, so that the next grouped convolution mixes
 * them.
 */
public record ChannelShuffle(int groups) implements Op {
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "ChannelShuffle");
    Shape x = inputs.get(0);
    Shapes.require(
        !x.hasRank() || x.channels() == Shape.UNKNOWN || x.channels() % groups == 0,
        "%s channels do not divide into %s groups",
        x.channels(),
        groups);
    return List.of(x);
  }
}
