package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * What a node computes: attributes alone, no weights (those are inputs). All operators are records
 * in this package, so that two networks can be compared, and each infers the shapes of its outputs.
 */
public sealed interface Op
    permits Activation,
        AdaptiveAveragePool,
        AdaptiveAveragePoolLike,
        AdaptiveAveragePoolScaled,
        ArgMax,
        AveragePool,
        BatchNorm,
        ChannelShuffle,
        Concat,
        Conv2d,
        ConvTranspose2d,
        CropLike,
        Dropout,
        Elementwise,
        Gate,
        Gather,
        GlobalPool,
        Identity,
        MatMul,
        MaxPool,
        MaxUnpool,
        Opaque,
        PRelu,
        Pad,
        PadToMultiple,
        ReduceMean,
        Reshape,
        Resize,
        ResizeLike,
        ResizeScaled,
        ResizeTo,
        Slice,
        Softmax,
        Split,
        StopGradient,
        Transpose {
  /**
   * The shapes of the outputs, in order.
   *
   * @param inputs shapes of all inputs, weights included; extents may be unknown
   * @throws IllegalArgumentException if the inputs do not fit this operator; the message says which
   *     extents do not agree
   */
  List<Shape> outputShapes(List<Shape> inputs);

  /**
   * Multiply-accumulate operations of one execution: convolutions and matrix products count, all
   * else is 0 (the counting rule of the published comparisons).
   *
   * @param inputs known shapes of all inputs
   * @param outputs known shapes of all outputs
   */
  default long macs(List<Shape> inputs, List<Shape> outputs) {
    return 0;
  }
}
